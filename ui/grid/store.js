// The rows of one register in one area as the server last told them, and their order.
//
// `order` is the server's order at `asOf`, filled page by page; rows that went meanwhile are
// `holes` in it, rows that came (drafts too) stand after it in `added`. A view index counts
// what is left. Values typed and not yet stored lie in the outbox, over the rows.

import * as ids from './ids.js';
import * as outbox from './outbox.js';

const open = new Map(); // by question: it outlives the pages
const KEPT = 6;

export function of(server, box, scope) {
  const key = JSON.stringify([box.user, scope.register, scope.area, scope.where]);
  const store = open.get(key) || make(server, box, scope);
  open.delete(key); // the latest used is the last: the first goes when there are too many
  open.set(key, store);
  for (const [oldest, other] of open) {
    if (open.size <= KEPT || other.listeners.size) break;
    box.listeners.delete(other.absorb);
    open.delete(oldest);
  }
  return store;
}

function make(server, box, scope) {
  const store = {
    server, box, ...scope, // register, area, where
    about: null, // label, unit, columns, may
    q: '', sort: scope.sort || '',
    filters: {}, // by column: {where, said}, what its menu added to `where`
    turn: 0, // a question, so that late answers to former ones are told apart
    labels: {}, rows: new Map(),
    read: new Map(), // id → seq as of which the whole row was read
    acked: new Map(), // id → seq of the latest answer to an edit of ours
    cells: new Map(), // id/name → seq at which a cell of ours was stored
    flashes: new Map(), // id/name → {who, until}: what others changed just now
    people: [], seats: new Map(), heard: '[]', // who else is here; those on a cell by id/name
    talk: 0, // grows with what is said of cells
    blank: ids.make(), // the id that the empty line will have
    scroll: { top: 0, left: 0 },
    listeners: new Set(),
  };
  reset(store);
  // Also while its page is not in sight: what was sent from here is answered then, too.
  store.absorb = (events) => events.forEach((event) => absorb(store, event));
  box.listeners.add(store.absorb);
  return store;
}

function absorb(store, { kind, entry, values, seq, labels }) {
  if (kind === 'labels') Object.assign(store.labels, labels);
  if (kind !== 'applied' || entry.register !== store.register) return;
  if (entry.kind === 'delete') remove(store, entry.id);
  else if (store.rows.has(entry.id)) acknowledge(store, entry.id, values, seq);
  else if (store.added.includes(entry.id)) acknowledge(store, entry.id, values, seq);
}

export function reset(store) {
  const drafts = outbox.additions(store.box, store.register, store.area);
  Object.assign(store, {
    order: [], at: new Map(), holes: [], gone: new Set(), leaving: new Set(), pages: new Set(),
    added: drafts.map((entry) => entry.id),
    total: 0, asOf: '', since: null, failure: null,
    comments: new Map(), // id/name → how many comments wait, 0 where all are done
  });
}

export const tell = (store, kind) => store.listeners.forEach((listener) => listener(kind));

// — places —

export const length = (store) => store.total - store.holes.length + store.added.length;

// How many lines there are to stand on: the empty one at the end counts.
export const lines = (store) => length(store) + (store.about?.may.add && store.since !== null ? 1 : 0);

export function position(store, index) {
  let at = index;
  for (const hole of store.holes) {
    if (hole > at) break;
    at += 1;
  }
  return at;
}

// The id of a line, or undefined where it is not loaded yet.
export function idAt(store, index) {
  const listed = store.total - store.holes.length;
  if (index < listed) return store.order[position(store, index)];
  return index < listed + store.added.length ? store.added[index - listed] : store.blank;
}

// The line of an id, or -1.
export function indexOf(store, id) {
  const listed = store.total - store.holes.length;
  const later = store.added.indexOf(id);
  if (later >= 0) return listed + later;
  if (id === store.blank) return length(store);
  const at = store.at.get(id);
  if (at === undefined || store.holes.includes(at)) return -1;
  return at - store.holes.filter((hole) => hole < at).length;
}

// — values —

export const column = ({ about }, name) => (about.all || about.columns).find((one) => one.name === name);

// Every filter: the page's own and those of the columns' menus.
export const asked = ({ where, filters }) =>
  [...where, ...Object.values(filters).flatMap((filter) => filter.where)];
export const narrowed = (store) => Boolean(store.q || asked(store).length);

// What stands in a cell: {value, entry}; entry where it is the typist's own, not stored yet.
export function cell(store, id, name) {
  const mine = outbox.pending(store.box, store.register, id, name);
  return mine || { value: store.rows.get(id)?.[name] ?? null, entry: null };
}

export const truth = (store, id, name) => store.rows.get(id)?.[name] ?? null;
export const known = (store, id) =>
  store.rows.has(id) || Boolean(outbox.adding(store.box, store.register, id));

// The seq under which a cell's value was seen: it tells two values behind one mask apart.
export const seen = (store, id, name) =>
  Math.max(store.read.get(id) ?? 0, store.cells.get(`${id}/${name}`) ?? 0) || null;

// — what the server tells —

// A page of rows in the order of the question.
export function place(store, offset, rows) {
  rows.forEach((row, i) => {
    store.order[offset + i] = row.id;
    store.at.set(row.id, offset + i);
    if (store.gone.has(row.id)) dig(store, offset + i);
  });
  const listed = new Set(rows.map((row) => row.id));
  store.added = store.added.filter((id) => !listed.has(id));
}

export function take(store, rows, seq, labels) {
  Object.assign(store.labels, labels);
  for (const row of rows) {
    // Read before our own edit was stored, or before what is here already.
    if (Math.max(store.acked.get(row.id) ?? 0, store.read.get(row.id) ?? 0) > seq) continue;
    store.rows.set(row.id, row);
    store.read.set(row.id, seq);
  }
}

export function remark(store, comments = {}) {
  for (const [key, n] of Object.entries(comments)) {
    if (n === null) store.comments.delete(key);
    else store.comments.set(key, n);
  }
}

// Values of ours that are stored now.
// Values of ours that are stored since `seq`; what was read later may be somebody else's.
export function acknowledge(store, id, values, seq) {
  if ((store.read.get(id) ?? 0) > seq) return;
  store.rows.set(id, { ...(store.rows.get(id) || { id }), ...values });
  store.acked.set(id, seq);
  for (const name of Object.keys(values)) store.cells.set(`${id}/${name}`, seq);
}

function dig(store, at) {
  if (store.holes.includes(at)) return;
  store.holes = [...store.holes, at].sort((one, other) => one - other);
}

export function remove(store, id) {
  store.gone.add(id);
  store.leaving.delete(id);
  store.rows.delete(id);
  store.added = store.added.filter((other) => other !== id);
  if (store.at.has(id)) dig(store, store.at.get(id));
}

// A row that is not in sight: back in its old place, or at the end.
export function bring(store, id) {
  store.gone.delete(id);
  store.leaving.delete(id);
  const at = store.at.get(id);
  if (at === undefined) {
    if (!store.added.includes(id)) store.added = [...store.added, id];
  } else {
    store.holes = store.holes.filter((hole) => hole !== at);
  }
}

// The empty line becomes a row of its own and another empty line stands below it.
export function begin(store, id) {
  if (id === store.blank) store.blank = ids.make();
  if (!store.added.includes(id)) store.added = [...store.added, id];
}
