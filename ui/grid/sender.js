// Sends the queue: in order, one request at a time, again and again until it is answered.

import * as answers from './answers.js';
import * as lookup from './lookup.js';
import * as outbox from './outbox.js';
import { Failure } from './server.js';
import * as words from './words.js';

const LARGEST = 2000; // changes a request
const PAUSES = [500, 1000, 2000, 4000, 8000]; // ms between tries while there is no answer

export function kick(box) {
  if (box.busy || box.stopped || box.resting) return;
  box.busy = true;
  // A moment later, so that all cells of one paste are there before the first request leaves.
  queueMicrotask(() => run(box));
}

// The connection is back, or somebody signed in: no need to wait for the next try.
export function wake(box) {
  clearTimeout(box.resting);
  box.resting = 0;
  kick(box);
}

async function run(box) {
  try {
    for (let some = take(box); some.length && !box.stopped; some = take(box)) {
      if (!(await send(box, some))) return;
    }
    box.sore = false; // nothing is left to hurt
  } finally {
    box.busy = false; // in the turn in which the queue was found empty: nothing slips between
  }
}

// The first entries that may travel together: one batch, and no cell twice, because what is
// typed after it has to be set against the answer to what was typed before.
function take(box) {
  const some = [];
  // Fewer after each failure: something on the way may let only small requests through.
  const most = LARGEST >> Math.min(box.failures, 8);
  const places = new Set();
  const rows = new Set();
  for (const entry of outbox.all(box)) {
    if (entry.state !== 'waiting') continue;
    const row = `${entry.register}/${entry.id}`;
    const whole = entry.kind !== 'cell';
    const at = whole ? row : `${row}/${entry.name}`;
    const another = some.length && entry.batch !== some[0].batch;
    if (another || places.has(row) || places.has(at) || (whole && rows.has(row))) break;
    some.push(entry);
    places.add(at);
    rows.add(row);
    if (some.length >= most) break;
  }
  return some;
}

async function send(box, taken) {
  try {
    const some = await lookup.resolve(box, taken);
    if (some.length) await post(box, some);
    Object.assign(box, { failures: 0, sore: false });
    connected(box);
    return true;
  } catch (failure) {
    return failed(box, taken, failure);
  } finally {
    box.flying.clear();
  }
}

async function post(box, some) {
  some.forEach((entry) => {
    box.flying.add(entry.op);
    if (entry.sent) return;
    entry.sent = true; // from here on the server may know this op
    if (entry.kind === 'add') outbox.save(box, entry); // of the others nobody asks after a reload
  });
  const body = { batch: some[0].batch, changes: some.map(change) };
  const answer = await box.server.post('/changes', body);
  if (!Array.isArray(answer?.results)) throw new Failure(502); // somebody between us and the server
  answers.take(box, some, answer);
}

function change(entry) {
  const { op, register, id, name, value, before, seen } = entry;
  const base = { op, register, id, seen: seen ?? null };
  if (entry.kind === 'add') {
    return { ...base, before: null, after: { ...entry.values, area_id: entry.area } };
  }
  if (entry.kind === 'delete') return { ...base, before, after: null };
  return { ...base, before: { [name]: before ?? null }, after: { [name]: value } };
}

export function connected(box) {
  if (box.link === 'ok') return;
  box.link = 'ok';
  box.why = '';
  outbox.tell(box, { kind: 'link' });
}

// Whether to go on with the queue at once.
function failed(box, some, failure) {
  if (!(failure.status >= 0)) throw failure; // a mistake of ours, not of the line
  if (alone(failure)) return blame(box, some, failure);
  box.sore = failure.status > 403; // it is there and wants a rest: asking for news proves nothing
  if (failure.status === 500 && some.length === 1 && box.failures > 4) last(box, some[0]);
  disconnected(box, failure);
  const pause = PAUSES[Math.min(box.failures++, PAUSES.length - 1)];
  box.resting = setTimeout(() => wake(box), pause);
  return false;
}

// What the content of a request brings about, not the line, the session or the load. Our server
// says why; whoever else on the way turns it down for its size is believed, too.
const alone = ({ status, reason }) =>
  status === 413 || (reason && status >= 400 && status < 500 && ![401, 403, 408, 425, 429].includes(status));

// An edit that the server stumbles over again and again lets the others go first.
function last(box, entry) {
  if (outbox.ofRow(box, entry).length > 1) return;
  box.entries.delete(entry.op);
  box.entries.set(entry.op, entry);
}

export function disconnected(box, failure) {
  box.link = { 401: 'signin', 403: 'forbidden' }[failure.status] || 'offline';
  box.why = failure.reason;
  outbox.tell(box, { kind: 'link' });
}

// A request was turned down whole: one edit in it must not hold up the others.
async function blame(box, some, failure) {
  if (some.length === 1) {
    answers.refuse(box, some[0], failure.reason || words.noAnswer);
    return true;
  }
  const half = Math.ceil(some.length / 2);
  return (await send(box, some.slice(0, half))) && send(box, some.slice(half));
}
