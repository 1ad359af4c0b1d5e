// Unsaved edits on this machine, one key each: written at once, before anything is sent.
// One key an edit keeps two tabs of one person out of each other's way; sending an edit from
// both does no harm, as the server does each op once.

import * as ids from './ids.js';

const PREFIX = 'sanshe.unsaved.';

export function open(user) {
  const prefix = `${PREFIX}${encodeURIComponent(user)}/`;
  const shelf = {
    full: false, // the browser has no room: what is unsaved lives in this page alone
    load: () => load(prefix),
    save: (entry) => {
      try {
        localStorage.setItem(prefix + entry.op, JSON.stringify(entry));
        shelf.full = false;
      } catch {
        shelf.full = true;
      }
    },
    remove: (op) => {
      try {
        localStorage.removeItem(prefix + op);
      } catch {
        shelf.full = true;
      }
    },
    // What another tab of the same person did: (op, entry or null).
    watch: (tell) => {
      const heard = (event) => {
        if (event.key?.startsWith(prefix)) tell(event.key.slice(prefix.length), parsed(event.newValue));
      };
      window.addEventListener('storage', heard);
      return () => window.removeEventListener('storage', heard);
    },
  };
  return shelf;
}

function load(prefix) {
  let keys = [];
  try {
    keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return []; // storage is switched off
  }
  const entries = keys.map((key) => parsed(localStorage.getItem(key))).filter(Boolean);
  entries.sort((one, other) => (one.op < other.op ? -1 : 1));
  if (entries.length) ids.follow(entries[entries.length - 1].op);
  return entries;
}

function parsed(text) {
  try {
    const entry = JSON.parse(text);
    return entry?.op && entry.register && entry.id ? entry : null;
  } catch {
    return null;
  }
}
