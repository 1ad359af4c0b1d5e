// What others changed, asked for every two seconds while the page is in sight.

import * as ids from './ids.js';
import * as outbox from './outbox.js';
import * as pages from './pages.js';
import * as sender from './sender.js';
import * as columns from './columns.js';
import { Failure } from './server.js';
import * as stores from './store.js';

const EVERY = 2000;
const SLEEP = 5; // of these looks one is taken while the page is out of sight
const SHOWN = 4000; // ms for which a cell changed by another stays marked

let tab; // the name under which others are told of this one

// `seat` says which cell is active, `say` tells what others did.
export function start(store, held, seat, say) {
  const feed = { store, held, seat, say, timer: 0, stopped: false, asking: null, slept: 0 };
  const tick = () => {
    feed.timer = setTimeout(async () => {
      if (!document.hidden || ++feed.slept % SLEEP === 0) await now(feed);
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

async function ask({ store, held, seat, say }) {
  if (store.since === null) return pages.retry(store);
  const { register, area, since, turn } = store;
  try {
    // Who does not look at the page is not there.
    tab ||= ids.make();
    const here = document.hidden ? {} : { tab, ...seat() };
    const answer = await store.server.get('/feed', { register, area, since, ...here });
    if (turn !== store.turn) return undefined;
    back(store);
    if (answer.reset) return pages.open(store); // more has changed than is told row by row
    const moved = take(store, answer, held, say);
    store.since = answer.seq;
    const others = company(store, answer);
    if (moved || others) stores.tell(store, moved || 'rows');
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    sender.disconnected(store.box, error);
  }
  return undefined;
}

function back(store) {
  const { box } = store;
  if (!box.sore && box.link !== 'forbidden') sender.connected(box);
  if (!box.sore && box.resting) sender.wake(box);
  if (store.failure) pages.retry(store);
}

// Who else is here, and what is said of cells; whether anything of it is new.
function company(store, { here = [], comments = {} }) {
  const heard = JSON.stringify(here);
  const talk = Object.keys(comments).length;
  if (heard === store.heard && !talk) return false;
  Object.assign(store, { heard, people: here, seats: new Map(here.map((one) => [one.at, one])) });
  stores.remark(store, comments);
  if (talk) store.talk += 1;
  return true;
}

// `held` says whether a row must stay in sight, because it is being edited.
function take(store, answer, held, say) {
  answer.gone.forEach((id) => store.leaving.add(id));
  if (!answer.rows.length && !store.leaving.size) return '';
  const before = stores.length(store);
  const fresh = answer.rows.filter((row) => !store.rows.has(row.id));
  const changed = answer.rows.flatMap((row) => mark(store, row, answer.by?.[row.id], answer.seq));
  if (changed.length) say(changed);
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
  return !stores.narrowed(store) && ids.madeAt(row.id) > Date.parse(store.asOf);
}

// A row that went stays in sight while it is edited or holds what is not saved.
const holds = (store, id, held) =>
  held(id) || outbox.touches(store.box, store.register, id);

// The cells of a row that others changed: {who, id, column} each.
function mark(store, row, by, seq) {
  const old = store.rows.get(row.id);
  const changed = [];
  if (!old || !by || (store.acked.get(row.id) ?? 0) > seq) return changed;
  for (const column of store.about?.columns || []) {
    const { name } = column;
    if (columns.alike(old[name], row[name]) || stores.cell(store, row.id, name).entry) continue;
    store.flashes.set(`${row.id}/${name}`, { who: by.who, mine: by.mine, until: Date.now() + SHOWN });
    if (!by.mine) changed.push({ who: by.who, id: row.id, column });
  }
  return changed;
}

// Marks whose moment has passed; whether there were any.
export function fade(store) {
  const over = [...store.flashes].filter(([, flash]) => flash.until <= Date.now());
  over.forEach(([key]) => store.flashes.delete(key));
  return over.length > 0;
}
