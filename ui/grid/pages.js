// Fetches rows page by page as they come into sight, all as of the first answer.

import * as looks from './look.js';
import * as outbox from './outbox.js';
import * as sender from './sender.js';
import { Failure } from './server.js';
import * as stores from './store.js';

const PAGE = 100;
const MOST = 5; // pages in a request
const AT_ONCE = 2; // requests; a browser has six connections to a server in all

// The question asked anew: after a search, a sort, or to begin with. What is on the screen stays
// there until the answer has come.
export async function open(store) {
  const turn = (store.turn += 1);
  store.opening = true;
  try {
    const about = store.about || store.server.get('/columns', scope(store));
    const first = store.server.get('/rows', question(store, 0, ''));
    const [told, answer] = await Promise.all([about, first]);
    if (turn !== store.turn) return;
    store.about = told;
    looks.apply(store);
    stores.reset(store);
    take(store, 0, answer);
    nameUnsaved(store);
  } catch (error) {
    if (turn === store.turn) fail(store, error);
  }
  store.opening = turn !== store.turn;
  stores.tell(store, 'order');
}

const scope = ({ register, area }) => ({ register, area });

function question(store, offset, asOf, limit = PAGE) {
  const asked = { ...scope(store), q: store.q, sort: store.sort, offset, limit };
  if (stores.asked(store).length) asked.where = JSON.stringify(stores.asked(store));
  // Counting a million rows anew for each page would cost more than reading it.
  if (asOf && !stores.narrowed(store)) asked.known_total = store.total;
  if (asOf) asked.as_of = asOf;
  return asked;
}

function take(store, offset, answer) {
  sender.connected(store.box);
  store.failure = null;
  store.pages.add(offset);
  if (!store.asOf) {
    Object.assign(store, { asOf: answer.as_of, total: answer.total, since: answer.seq });
  }
  stores.take(store, answer.rows, answer.seq, answer.labels);
  stores.remark(store, answer.comments);
  stores.place(store, offset, answer.rows);
  stores.tell(store, 'order');
}

async function page(store, offset, limit) {
  const turn = store.turn;
  const offsets = [];
  for (let at = offset; at < offset + (limit || 1); at += PAGE) offsets.push(at);
  offsets.forEach((at) => store.pages.add(at));
  try {
    const answer = await store.server.get('/rows', question(store, offset, store.asOf, limit));
    if (turn !== store.turn) return;
    // Rows were edited out of the filter: those behind moved up, and some would never be read.
    if (stores.narrowed(store) && answer.total !== store.total) await open(store);
    else take(store, offset, answer);
  } catch (error) {
    if (turn === store.turn) offsets.forEach((at) => store.pages.delete(at));
    throw error;
  }
}

function fail(store, error) {
  if (!(error instanceof Failure)) throw error;
  store.failure = error;
  if (error.status !== 422) sender.disconnected(store.box, error); // a question that cannot be asked
  stores.tell(store, 'rows');
}

// The pages that hold these lines and are not there yet.
function wanted(store, first, last) {
  const listed = store.total - store.holes.length;
  if (first >= listed) return [];
  const from = stores.position(store, Math.max(first, 0));
  const to = stores.position(store, Math.min(last, listed - 1));
  const offsets = [];
  for (let at = from - (from % PAGE); at <= to; at += PAGE) {
    if (!store.pages.has(at)) offsets.push(at);
  }
  return offsets;
}

// What is in sight: the latest wish counts, those scrolled past are not fetched.
export function need(store, first, last) {
  store.wish = [first, last];
  fetchWish(store);
}

async function fetchWish(store) {
  if ((store.fetching || 0) >= AT_ONCE || store.opening || !store.asOf || store.failure) return;
  const [offset] = wanted(store, ...store.wish);
  if (offset === undefined) return;
  store.fetching = (store.fetching || 0) + 1;
  try {
    await page(store, offset);
  } catch (error) {
    fail(store, error);
  } finally {
    store.fetching -= 1;
  }
  fetchWish(store);
}

// Every line from first to last, for a paste or a copy; false where they cannot be had.
export async function all(store, first, last) {
  try {
    const missing = wanted(store, first, last);
    const next = async () => {
      while (missing.length) {
        const many = missing.findIndex((at, i) => at !== missing[0] + i * PAGE);
        const some = missing.splice(0, Math.min(many < 0 ? MOST : many, MOST));
        await page(store, some[0], some.length * PAGE);
      }
    };
    await Promise.all([next(), next()]); // while one is read here, the other is under way
  } catch (error) {
    fail(store, error);
    return false;
  }
  // Some pages may be under way on behalf of the screen: they are waited for a little.
  for (let tries = 0; tries < 100; tries += 1) {
    if (there(store, first, last)) return true;
    await new Promise((done) => setTimeout(done, 50));
  }
  return false;
}

export function there(store, first, last) {
  for (let i = first; i <= last; i += 1) if (!stores.idAt(store, i)) return false;
  return true;
}

export function retry(store) {
  if (!store.failure) return;
  store.failure = null;
  if (store.about && store.asOf) fetchWish(store);
  else open(store);
}

// A row that a problem is about or that was restored, wherever it stands.
export async function bring(store, id) {
  if (stores.indexOf(store, id) >= 0) return true;
  try {
    const { seq, rows, labels, comments } = await store.server.get('/rows/by-id', {
      register: store.register, ids: id,
    });
    stores.take(store, rows, seq, labels);
    stores.remark(store, comments);
    if (!rows.length) return false;
  } catch {
    return false;
  }
  stores.bring(store, id);
  stores.tell(store, 'order');
  return true;
}

// References chosen and not yet stored: their names lie with the entries, not with the rows.
function nameUnsaved(store) {
  for (const entry of outbox.all(store.box)) {
    if (entry.register !== store.register) continue;
    if (entry.reference && !entry.lookup && entry.text) store.labels[entry.value] ??= entry.text;
    Object.assign(store.labels, entry.shown || {});
  }
}
