// What a person has written and the server has not yet taken: one queue a person.
//
// An entry is one edit: kind `cell` (name, before, value, seen), `add` (values) or `delete`
// (before). Its state: `draft` (a new row that still lacks something), `waiting`, `refused`
// or `conflict`. Entries are pinned to row ids, never to places on the screen.

import * as columns from './columns.js';
import * as ids from './ids.js';
import * as sender from './sender.js';
import * as shelves from './shelf.js';

const ORPHAN = 30000; // ms after which an edit of another tab may have lost its tab
const boxes = new Map(); // by person: it outlives the pages, so that a switch of page loses nothing

export function of(user, server) {
  for (const box of boxes.values()) box.stopped = box.user !== user;
  if (!boxes.has(user)) boxes.set(user, open(user, server));
  const box = boxes.get(user);
  box.server.csrf = server.csrf;
  sender.kick(box);
  return box;
}

function open(user, server) {
  const box = {
    user,
    server,
    shelf: shelves.open(user),
    entries: new Map(), // op → entry, in the order of typing
    cells: new Map(), // place → entries of that cell, in the order of typing
    rows: new Map(), // register/id → number of entries
    listeners: new Set(),
    flying: new Set(), // ops in the request that is under way
    notices: [], // what an undo left alone, to be read and put away
    link: 'ok', // ok | offline | signin | forbidden
    why: '',
    stopped: false,
    failures: 0, // requests in a row without an answer
    sore: false, // the server answers, but not to edits
  };
  box.shelf.load().forEach((entry) => index(box, entry));
  box.shelf.watch((op, entry) => elsewhere(box, op, entry));
  setInterval(() => adopt(box), ORPHAN);
  return box;
}

export const place = (register, id, name) => `${register}/${id}/${name}`;
const nameOf = (entry) => ({ add: '+', delete: '-' })[entry.kind] || entry.name;
const placeOf = (entry) => place(entry.register, entry.id, nameOf(entry));

function index(box, entry) {
  box.entries.set(entry.op, entry);
  const at = placeOf(entry);
  box.cells.set(at, [...(box.cells.get(at) || []), entry]);
  const row = `${entry.register}/${entry.id}`;
  box.rows.set(row, (box.rows.get(row) || 0) + 1);
}

export function put(box, entry) {
  index(box, entry);
  box.shelf.save(entry);
  tell(box, { kind: 'changed' });
}

export function save(box, entry) {
  if (box.entries.get(entry.op) !== entry) return; // dropped meanwhile: it must not come back
  box.shelf.save(entry);
  tell(box, { kind: 'changed' });
}

export function drop(box, entry) {
  if (!box.entries.delete(entry.op)) return;
  const at = placeOf(entry);
  const left = box.cells.get(at).filter((other) => other !== entry);
  if (left.length) box.cells.set(at, left);
  else box.cells.delete(at);
  const row = `${entry.register}/${entry.id}`;
  if (box.rows.get(row) > 1) box.rows.set(row, box.rows.get(row) - 1);
  else box.rows.delete(row);
  box.shelf.remove(entry.op);
  tell(box, { kind: 'changed' });
}

// What has been sent under an op may be known to the server: other content needs another op.
export function renew(box, entry, changes) {
  drop(box, entry);
  const fresh = { ...entry, reason: '', field: null, theirs: null, by: null, tries: 0, ...changes };
  put(box, { ...fresh, op: ids.make(), sent: false });
}

// Events of one turn of the browser are told together: a paste is thousands of them.
export function tell(box, event) {
  if (!box.told) {
    box.told = [];
    queueMicrotask(() => {
      const events = box.told;
      box.told = null;
      box.listeners.forEach((listener) => listener(events));
    });
  }
  if (event.kind !== 'changed' || !box.told.length) box.told.push(event);
}

export const all = (box) => [...box.entries.values()];
export const ofCell = (box, register, id, name) => box.cells.get(place(register, id, name)) || [];
export const adding = (box, register, id) => ofCell(box, register, id, '+')[0];
export const deleting = (box, register, id) => ofCell(box, register, id, '-')[0];
export const ofRow = (box, { register, id }) =>
  touches(box, register, id)
    ? all(box).filter((one) => one.register === register && one.id === id)
    : [];
export const touches = (box, register, id) => box.rows.has(`${register}/${id}`);

// The latest entry that says what stands in a cell: {entry, value}, or null.
export function pending(box, register, id, name) {
  if (!touches(box, register, id)) return null;
  const entry = ofCell(box, register, id, name).at(-1);
  if (entry) return { entry, value: entry.value };
  const add = adding(box, register, id);
  return add && name in add.values ? { entry: add, value: add.values[name] } : null;
}

export const additions = (box, register, area) =>
  all(box).filter((e) => e.kind === 'add' && e.register === register && e.area === area);

export const problems = (box) =>
  all(box).filter((e) => e.state === 'refused' || e.state === 'conflict');

// The labels of what a new row must have and has not.
export const lacking = (add) =>
  add.required.filter(({ name }) => columns.missing(add.values[name])).map(({ label }) => label);

export function counts(box) {
  const found = { waiting: 0, refused: 0, conflict: 0, draft: 0 };
  for (const entry of all(box)) found[entry.state] += 1;
  return found;
}

// What a tab left that was closed before its edits were taken; should it be there still, both send
// them, and the server does each op once.
function adopt(box) {
  if (box.stopped) return;
  for (const entry of box.shelf.load()) {
    if (!box.entries.has(entry.op) && ids.madeAt(entry.op) < Date.now() - ORPHAN) index(box, entry);
  }
  tell(box, { kind: 'changed' });
  sender.kick(box);
}

// Another tab of the same person settled or changed an entry that this one holds too.
function elsewhere(box, op, entry) {
  const mine = box.entries.get(op);
  if (!mine || box.flying.has(op)) return;
  if (entry) Object.assign(mine, entry);
  else drop(box, mine);
  tell(box, { kind: 'changed' });
}
