// What others changed, asked for every two seconds while the page is in sight.

import * as ids from './ids.js';
import * as outbox from './outbox.js';
import * as pages from './pages.js';
import * as sender from './sender.js';
import * as columns from './columns.js';
import { Failure } from './server.js';
import * as stores from './store.js';

const EVERY = 2000;
const SHOWN = 4000; // ms for which a cell changed by another stays marked

export function start(store, held) {
  const feed = { store, held, timer: 0, stopped: false, asking: null };
  const tick = () => {
    feed.timer = setTimeout(async () => {
      if (!document.hidden) await now(feed);
      if (!feed.stopped) tick();
    }, EVERY);
  };
  tick();
  return feed;
}

export function stop(feed) {
  feed.stopped = true;
  clearTimeout(feed.timer);
}

// One look at a time; whoever asks meanwhile gets a look that begins after the one under way.
export async function now(feed) {
  if (feed.asking) await feed.asking;
  feed.asking = ask(feed);
  await feed.asking;
  feed.asking = null;
}

async function ask({ store, held }) {
  if (store.since === null) return pages.retry(store);
  const { register, area, since, turn } = store;
  try {
    const answer = await store.server.get('/feed', { register, area, since });
    if (turn !== store.turn) return undefined;
    back(store);
    const moved = take(store, answer, held);
    store.since = answer.seq;
    if (moved) stores.tell(store, moved);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    sender.disconnected(store.box, error);
  }
  return undefined;
}

function back(store) {
  const lost = store.box.link !== 'ok';
  if (lost && store.box.link !== 'forbidden') sender.connected(store.box);
  if (store.box.resting) sender.wake(store.box);
  if (store.failure) pages.retry(store);
}

// `held` says whether a row must stay in sight, because it is being edited.
function take(store, answer, held) {
  answer.gone.forEach((id) => store.leaving.add(id));
  if (!answer.rows.length && !store.leaving.size) return '';
  const before = stores.length(store);
  const fresh = answer.rows.filter((row) => !store.rows.has(row.id));
  for (const row of answer.rows) mark(store, row, answer.by?.[row.id], answer.seq);
  stores.take(store, answer.rows, answer.seq, answer.labels);
  const came = fresh.filter((row) => arrived(store, row));
  came.forEach((row) => stores.bring(store, row.id));
  const went = [...store.leaving].filter((id) => !holds(store, id, held));
  went.forEach((id) => stores.remove(store, id));
  return came.length || went.length || stores.length(store) !== before ? 'order' : 'rows';
}

// A row unknown so far is either new, or restored, or an old one further down than was read.
function arrived(store, row) {
  if (store.gone.has(row.id)) return true;
  if (store.at.has(row.id) || store.added.includes(row.id)) return false;
  const narrowed = store.q || store.where?.length;
  return !narrowed && ids.madeAt(row.id) > Date.parse(store.asOf);
}

// A row that went stays in sight while it is edited or holds what is not saved.
const holds = (store, id, held) =>
  held(id) || outbox.touches(store.box, store.register, id);

function mark(store, row, by, seq) {
  const old = store.rows.get(row.id);
  if (!old || !by || (store.acked.get(row.id) ?? 0) > seq) return;
  for (const { name } of store.about?.columns || []) {
    if (columns.alike(old[name], row[name]) || stores.cell(store, row.id, name).entry) continue;
    store.flashes.set(`${row.id}/${name}`, { who: by.who, until: Date.now() + SHOWN });
  }
}

// Marks whose moment has passed; whether there were any.
export function fade(store) {
  const over = [...store.flashes].filter(([, flash]) => flash.until <= Date.now());
  over.forEach(([key]) => store.flashes.delete(key));
  return over.length > 0;
}
