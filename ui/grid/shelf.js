// Unsaved edits on this machine, written before anything is sent: those of one turn of the browser
// under one key, as a paste is thousands of them. Keys of their own keep two tabs of one person out
// of each other's way; sending an edit from both does no harm, as the server does each op once.

import * as ids from './ids.js';

const PREFIX = 'sanshe.unsaved.';
const MOST = 500; // edits under one key

export function open(user) {
  const shelf = {
    prefix: `${PREFIX}${encodeURIComponent(user)}/`,
    news: new Map(), // op → entry, or null where it is settled
    packs: new Map(), // key → Map of op → entry
    homes: new Map(), // op → key
    lost: new Set(), // keys for which there is no room: they live in this page alone, and are tried again
  };
  return Object.assign(shelf, {
    load: () => load(shelf),
    save: (entry) => note(shelf, entry.op, entry),
    remove: (op) => note(shelf, op, null),
    watch: (tell) => window.addEventListener('storage', (event) => heard(shelf, event, tell)),
  });
}

function note(shelf, op, entry) {
  if (!shelf.news.size) queueMicrotask(() => write(shelf)); // before what is queued to send them
  shelf.news.set(op, entry);
}

function write(shelf) {
  const touched = new Set();
  let pack;
  for (const [op, entry] of shelf.news) {
    let key = shelf.homes.get(op);
    if (!key && !entry) continue;
    if (!key) {
      if (!pack || shelf.packs.get(pack).size >= MOST) pack = begin(shelf, op);
      shelf.homes.set(op, (key = pack));
    }
    if (entry) shelf.packs.get(key).set(op, entry);
    else leave(shelf, key, op);
    touched.add(key);
  }
  shelf.news.clear();
  [...touched, ...shelf.lost].forEach((key) => keep(shelf, key));
}

function begin(shelf, op) {
  const key = shelf.prefix + op;
  shelf.packs.set(key, new Map());
  return key;
}

function leave(shelf, key, op) {
  shelf.packs.get(key).delete(op);
  shelf.homes.delete(op);
}

function keep(shelf, key) {
  const entries = [...(shelf.packs.get(key)?.values() || [])];
  shelf.lost.delete(key);
  if (entries.length) {
    if (!attempt(() => localStorage.setItem(key, JSON.stringify(entries)) || true)) shelf.lost.add(key);
  } else {
    shelf.packs.delete(key);
    attempt(() => localStorage.removeItem(key));
  }
}

function load(shelf) {
  const keys = attempt(() => Object.keys(localStorage)) || [];
  for (const key of keys.filter((one) => one.startsWith(shelf.prefix))) {
    const entries = parsed(attempt(() => localStorage.getItem(key)));
    if (entries.length) shelf.packs.set(key, new Map(entries.map((entry) => [entry.op, entry])));
    entries.forEach(({ op }) => shelf.homes.set(op, key));
  }
  const all = [...shelf.packs.values()].flatMap((pack) => [...pack.values()]);
  all.sort((one, other) => (one.op < other.op ? -1 : 1));
  if (all.length) ids.follow(all.at(-1).op);
  return all;
}

// What another tab of the same person did: (op, entry or null) for each that both hold.
function heard(shelf, { key, newValue }, tell) {
  const pack = shelf.packs.get(key);
  if (!pack) return;
  const there = new Map(parsed(newValue).map((entry) => [entry.op, entry]));
  // What went there goes here as well, and with it what this tab may have written since.
  for (const op of [...pack.keys()]) tell(op, there.get(op) || null);
}

function parsed(text) {
  const found = [attempt(() => JSON.parse(text))].flat();
  return found.filter((entry) => entry?.op && entry.register && entry.id);
}

// The storage may be full or switched off, and what is in it may be anybody's.
function attempt(deed) {
  try {
    return deed();
  } catch {
    return null;
  }
}
