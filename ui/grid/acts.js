// What a person does becomes an entry of the queue: a cell typed, a row begun, a row deleted.

import * as columns from './columns.js';
import * as ids from './ids.js';
import * as outbox from './outbox.js';
import * as sender from './sender.js';

// One cell as typed: {register, area, id, name, value, text, before, seen, batch, said}; with
// `reference` its value is the id of another row, with `lookup` a name to be found by the server.
// `upon` is the entry whose value the typist saw when he opened the cell, if it was one of his.
export function write(box, { upon, ...cell }) {
  const add = outbox.adding(box, cell.register, cell.id);
  if (add && !(add.state === 'waiting' && add.sent)) return amend(box, add, cell);
  const last = outbox.ofCell(box, cell.register, cell.id, cell.name).at(-1);
  if (last?.state === 'conflict') {
    Object.assign(last, { value: cell.value, text: cell.text, lookup: cell.lookup });
    return outbox.save(box, last);
  }
  const fresh = { ...cell, ...upon?.stored?.(cell.name), kind: 'cell', op: ids.make(), state: 'waiting' };
  if (last?.state === 'refused') {
    // The typist saw his own refused text, so what he means to replace is what it stood on.
    Object.assign(fresh, { before: last.before, seen: last.seen });
    outbox.drop(box, last);
    if (columns.alike(fresh.value, last.before)) return undefined;
  }
  outbox.put(box, fresh);
  return sender.kick(box);
}

// A further cell of a row that the server does not know yet.
function amend(box, add, cell) {
  const values = { ...add.values, [cell.name]: cell.value };
  const lookups = { ...add.lookups, [cell.name]: cell.lookup ? cell.text : undefined };
  const picked = cell.reference && !cell.lookup && cell.value !== null;
  const shown = picked ? { ...add.shown, [cell.value]: cell.text } : add.shown;
  const said = { ...add.said, row: cell.said.row };
  outbox.renew(box, add, { values, lookups, shown, said, state: readiness(add, values) });
  sender.kick(box);
}

const readiness = (add, values) => (outbox.lacking({ ...add, values }).length ? 'draft' : 'waiting');

// A new row: {register, area, id, values, lookups, required: [{name, label}], batch, said}.
export function add(box, row) {
  const state = readiness(row, row.values);
  outbox.put(box, { ...row, kind: 'add', op: ids.make(), state });
  sender.kick(box);
}

// A deletion: {register, id, before, seen, batch, said}. What was never stored just goes.
export function remove(box, row) {
  const add = outbox.adding(box, row.register, row.id);
  const never = add && !(add.state === 'waiting' && add.sent);
  for (const entry of outbox.ofRow(box, row)) {
    if (!never && entry.state === 'waiting') continue;
    outbox.drop(box, entry);
    outbox.tell(box, { kind: 'dropped', entry, batch: row.batch });
  }
  if (never) return;
  outbox.put(box, { ...row, kind: 'delete', op: ids.make(), state: 'waiting' });
  sender.kick(box);
}

// What an undo took out of the queue goes back into it.
export function again(box, entry, batch) {
  const state = entry.kind === 'add' ? readiness(entry, entry.values) : 'waiting';
  outbox.put(box, { ...entry, op: ids.make(), batch, state, sent: false });
  sender.kick(box);
}
