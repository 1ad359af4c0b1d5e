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
      const kept = attempt(() => localStorage.setItem(prefix + entry.op, JSON.stringify(entry)) || true);
      shelf.full = !kept;
    },
    remove: (op) => attempt(() => localStorage.removeItem(prefix + op)),
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
  const keys = attempt(() => Object.keys(localStorage)) || [];
  const own = keys.filter((key) => key.startsWith(prefix));
  const entries = own.map((key) => parsed(localStorage.getItem(key))).filter(Boolean);
  entries.sort((one, other) => (one.op < other.op ? -1 : 1));
  if (entries.length) ids.follow(entries[entries.length - 1].op);
  return entries;
}

function parsed(text) {
  const entry = attempt(() => JSON.parse(text));
  return entry?.op && entry.register && entry.id ? entry : null;
}

// The storage may be full or switched off, and what is in it may be anybody's.
function attempt(deed) {
  try {
    return deed();
  } catch {
    return null;
  }
}
