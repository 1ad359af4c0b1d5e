// What can be taken back, batch by batch: by the server once it is stored, here while it is not.

import * as acts from './acts.js';
import * as columns from './columns.js';
import * as ids from './ids.js';
import * as outbox from './outbox.js';
import { Failure } from './server.js';
import * as words from './words.js';

const DEPTH = 200;
const TRIES = 4;
const stacks = new Map(); // by person: it outlives the pages

export function of(box) {
  if (!stacks.has(box.user)) stacks.set(box.user, open(box));
  return stacks.get(box.user);
}

function open(box) {
  const stack = { box, key: `sanshe.undo.${encodeURIComponent(box.user)}`, tail: Promise.resolve() };
  Object.assign(stack, remembered(stack.key));
  box.listeners.add((events) => {
    for (const { kind, entry, batch, values } of events) {
      if (kind === 'applied' && !idle(entry, values)) stored(stack, entry.batch);
      if (kind === 'dropped') lost(stack, batch, entry);
    }
  });
  return stack;
}

function remembered(key) {
  try {
    const { done, undone } = JSON.parse(sessionStorage.getItem(key));
    return { done, undone };
  } catch {
    return { done: [], undone: [] };
  }
}

function remember(stack) {
  const bare = (items) => items.map(({ batch, stored: kept, op }) => ({ batch, stored: kept, op }));
  const undone = bare(stack.undone.filter((item) => item.stored));
  try {
    sessionStorage.setItem(stack.key, JSON.stringify({ done: bare(stack.done), undone }));
  } catch {
    // No room or no storage: undo then ends with this page, which loses no data.
  }
}

// A batch was typed.
export function note(stack, batch) {
  if (stack.done.some((item) => item.batch === batch)) return;
  stack.done = [...stack.done, { batch, stored: false }].slice(-DEPTH);
  stack.undone = [];
  remember(stack);
}

// The same in other words (1956年3月 for 1956-03) leaves nothing to take back. Of what is masked
// that cannot be told.
const idle = ({ kind, name, before, masked }, values) =>
  kind === 'cell' && !masked && name in values && columns.alike(values[name], before);

function stored(stack, batch) {
  const item = stack.done.findLast((one) => one.batch === batch);
  if (!item || item.stored) return;
  item.stored = true;
  remember(stack);
}

// A deletion took what was not stored out of the queue; taking it back brings that again.
function lost(stack, batch, entry) {
  const item = stack.done.findLast((one) => one.batch === batch);
  if (item) (item.lost ||= []).push(entry);
}

// One step back or forward, after those asked for before it; resolves to {said, ids, name},
// where `name` is the column of the first of the rows, if it is about a single cell of it.
export function step(stack, forward) {
  const result = stack.tail.then(() => (forward ? redo(stack) : undo(stack)));
  stack.tail = result.catch(() => {});
  return result;
}

async function undo(stack) {
  const item = stack.done.at(-1);
  if (!item) return { said: words.nothingToUndo, ids: [] };
  if (!(await quiet(stack.box, item.batch))) return { said: words.notNow, ids: [] };
  const kept = outbox.all(stack.box).filter((entry) => entry.batch === item.batch);
  if (!item.stored && !kept.length && !item.lost) {
    // Corrected, given up or settled as another wanted: nothing is left of it to take back.
    stack.done = stack.done.filter((one) => one !== item);
    return undo(stack);
  }
  const answer = item.stored ? await reverse(stack, item) : null;
  if (item.stored && !answer) return { said: words.notNow, ids: [] };
  kept.forEach((entry) => outbox.drop(stack.box, entry));
  (item.lost || []).forEach((entry) => acts.again(stack.box, entry, entry.batch));
  stack.done = stack.done.filter((one) => one !== item);
  stack.undone.push({ batch: answer?.batch || item.batch, stored: item.stored, entries: kept });
  return finish(stack, answer, [...kept, ...(item.lost || [])], words.undone);
}

async function redo(stack) {
  const item = stack.undone.at(-1);
  if (!item) return { said: words.nothingToRedo, ids: [] };
  const answer = item.stored ? await reverse(stack, item) : null;
  if (item.stored && !answer) return { said: words.notNow, ids: [] };
  stack.undone.pop();
  const batch = answer?.batch || item.batch;
  stack.done.push({ batch, stored: item.stored });
  const kept = item.entries || [];
  kept.forEach((entry) => acts.again(stack.box, entry, batch));
  return finish(stack, answer, kept, words.redone);
}

function finish(stack, answer, kept, say) {
  remember(stack);
  const results = answer?.results || [];
  const done = results.filter((result) => result.status === 'applied');
  results.filter((result) => result.status !== 'applied').forEach((r) => notice(stack.box, r));
  const touched = [...done, ...kept];
  const [first] = touched;
  const [name, another] = first?.name ? [first.name] : Object.keys(first?.values || {});
  return { said: say(touched.length), ids: touched.map(({ id }) => id), name: another ? '' : name, seq: answer?.seq };
}

function notice(box, result) {
  const by = Object.values(result.by || {})[0] || {};
  const what = result.reason || words.laterEdit(by.who, by.when);
  box.notices.push({ id: result.id, what: words.kept(what) });
  outbox.tell(box, { kind: 'notice' });
}

// Waits for what of the batch is under way; false where no answer can be had now.
async function quiet(box, batch) {
  const busy = () => outbox.all(box).some(
    (entry) => entry.batch === batch && entry.state === 'waiting' && (entry.sent || box.link === 'ok'),
  );
  for (let waited = 0; busy(); waited += 30) {
    if (box.link !== 'ok' || waited > 10000) return false;
    await new Promise((done) => setTimeout(done, 30));
  }
  return true;
}

// The same op every time, whenever it is asked for again: a lost answer does not undo twice.
async function reverse(stack, item) {
  const { box } = stack;
  const { batch } = item;
  const op = (item.op ||= ids.make());
  remember(stack);
  for (let tries = 1; tries <= TRIES; tries += 1) {
    try {
      return await box.server.post('/undo', { op, batch });
    } catch (error) {
      const final = !(error instanceof Failure) || (error.status >= 400 && error.status < 500);
      if (final || tries === TRIES) return null;
      await new Promise((done) => setTimeout(done, 400 * tries));
    }
  }
  return null;
}
