// What becomes of an entry when the server has answered, and of those queued behind it.

import * as outbox from './outbox.js';
import * as columns from './columns.js';
import * as sender from './sender.js';
import * as words from './words.js';

const PATIENCE = 5; // answers that may leave an entry out before it counts as refused

export function take(box, sent, answer) {
  const results = new Map(answer.results.map((result) => [result.op, result]));
  for (const entry of sent) {
    // Settled in another tab or given up meanwhile: what came of it arrives with the feed.
    if (box.entries.get(entry.op) !== entry) continue;
    const result = results.get(entry.op);
    if (result) judge(box, entry, result, answer);
    else if ((entry.tries = (entry.tries || 0) + 1) >= PATIENCE) refuse(box, entry, words.noAnswer);
  }
  outbox.tell(box, { kind: 'labels', labels: answer.labels || {} });
}

function judge(box, entry, result, answer) {
  if (result.status === 'applied') applied(box, entry, result, result.seq ?? answer.seq);
  else if (result.status === 'conflict') conflicting(box, entry, result, answer.seq);
  else refuse(box, entry, result.reason, result.field);
}

function applied(box, entry, result, seq) {
  const values = result.values || {};
  const own = entry.kind === 'add' ? entry.values : { [entry.name]: entry.value };
  // Kept with the entry: a cell that is open at this moment was opened over this value.
  entry.stored = (name) => ({ before: (name in values ? values : own)[name] ?? null, seen: seq });
  outbox.tell(box, { kind: 'applied', entry, values, seq });
  for (const later of behind(box, entry)) {
    if (later.kind === 'cell') Object.assign(later, entry.stored(later.name));
    else later.before = { ...later.before, ...kept(later.before, { ...own, ...values }) };
    outbox.save(box, later);
  }
  if (entry.kind === 'delete') outbox.ofRow(box, entry).forEach((other) => outbox.drop(box, other));
  outbox.drop(box, entry);
}

// Of the values that are stored now, those that a deletion speaks of.
const kept = (before, values) =>
  Object.fromEntries(Object.entries(values).filter(([name]) => name in before));

function conflicting(box, entry, result, seq) {
  const theirs = result.theirs || {};
  if (entry.kind === 'cell' && columns.alike(theirs[entry.name], entry.value)) {
    return applied(box, entry, { values: theirs }, seq);
  }
  const same = behind(box, entry).filter((later) => later.kind === entry.kind);
  const last = same.at(-1);
  if (last) Object.assign(entry, { value: last.value, text: last.text, lookup: last.lookup });
  same.forEach((later) => outbox.drop(box, later));
  const by = result.by?.[entry.name] || Object.values(result.by || {})[0] || {};
  Object.assign(entry, { state: 'conflict', theirs, by, answered: seq });
  outbox.save(box, entry);
  return outbox.tell(box, { kind: 'conflict', entry });
}

// The author's word on a conflict: his own value over what he has now seen, or theirs.
export function settle(box, entry, mine) {
  if (!mine) return outbox.drop(box, entry);
  const before = entry.kind === 'delete' ? {} : entry.theirs[entry.name] ?? null;
  outbox.renew(box, entry, { before, seen: entry.answered, state: 'waiting' });
  return sender.kick(box);
}

export function refuse(box, entry, reason, field = null) {
  const later = behind(box, entry).filter((other) => entry.kind === 'add' || other.kind === 'cell');
  if (entry.kind === 'add' && later.length) return merge(box, entry, later);
  if (entry.kind === 'cell' && later.length) {
    // Corrected already: what was refused is forgotten, the correction stands on the same ground.
    Object.assign(later[0], { before: entry.before, seen: entry.seen });
    outbox.save(box, later[0]);
    return outbox.drop(box, entry);
  }
  Object.assign(entry, { state: 'refused', reason, field });
  outbox.save(box, entry);
  return outbox.tell(box, { kind: 'refused', entry });
}

// A new row was refused while more of it was typed: it is tried again as it stands now.
function merge(box, entry, later) {
  const values = { ...entry.values };
  const lookups = { ...entry.lookups };
  for (const cell of later.filter((one) => one.kind === 'cell')) {
    values[cell.name] = cell.value;
    lookups[cell.name] = cell.lookup ? cell.text : undefined;
  }
  later.forEach((one) => outbox.drop(box, one));
  if (later.some((one) => one.kind === 'delete')) return outbox.drop(box, entry);
  return outbox.renew(box, entry, { values, lookups, state: 'waiting' });
}

// The entries queued behind this one that stand on it: those of the same cell and the deletion of
// its row; for a new row, all of that row.
function behind(box, entry) {
  const { kind, register, id, name } = entry;
  if (kind === 'delete' || box.rows.get(`${register}/${id}`) === 1) return [];
  if (kind === 'add') return outbox.ofRow(box, entry).filter((other) => other !== entry);
  const same = outbox.ofCell(box, register, id, name);
  return same.slice(same.indexOf(entry) + 1).concat(outbox.ofCell(box, register, id, '-'));
}
