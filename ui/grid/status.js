// One line that says whether everything is saved, and the voice for those who cannot see it.

import { button, el } from './dom.js';
import * as outbox from './outbox.js';
import * as stores from './store.js';
import * as words from './words.js';

const MOMENT = 4000; // ms for which a passing remark stays

export function make(grid) {
  const state = el('span', { className: 'state' });
  const act = el('span', { className: 'act' });
  const remark = el('span', { className: 'remark' });
  const total = el('span', { className: 'total' });
  const live = el('div', { className: 'live', role: 'status', 'aria-live': 'polite' });
  const line = el('div', { className: 'status' }, state, act, remark, total);
  const status = { grid, line, live, state, act, remark, total, word: '' };
  status.say = (text) => say(status, text);
  return status;
}

function say(status, text) {
  status.remark.textContent = text;
  status.live.textContent = text;
  clearTimeout(status.timer);
  status.timer = setTimeout(() => (status.remark.textContent = ''), MOMENT);
}

// What others changed just now, for those who do not see it flash.
export function others(status, cells) {
  const who = new Set(cells.map((cell) => cell.who));
  const row = stores.indexOf(status.grid.store, cells[0].id) + 1;
  say(status, words.changedCells([...who].join('、'), cells.length, row, cells[0].column.label));
}

export function draw(status) {
  const { store, problems } = status.grid;
  const counts = outbox.counts(store.box);
  const { kind, text, actions } = sentence(status.grid, counts);
  if (status.word !== text) {
    // What goes wrong is spoken; that each cell is saved is not, it would never be silent.
    if (kind === 'bad' || status.kind === 'bad') status.live.textContent = text;
    Object.assign(status, { word: text, kind });
    status.state.textContent = text;
    status.line.dataset.kind = kind;
    status.act.replaceChildren(...actions(problems));
  }
  const { about } = store;
  if (!about || !store.asOf) return;
  const part = Object.keys(store.filters).length ? words.ofTotal(store.whole, about.unit) : '';
  status.total.textContent = words.total(stores.length(store), about.unit) + part;
}

const none = () => [];
const details = (problems) => [button(words.details, () => problems.toggle(), { className: 'link' })];
const reload = () => [button(words.reload, () => location.reload(), { className: 'link' })];

function sentence({ store, data }, counts) {
  const { box } = store;
  const bad = counts.refused + counts.conflict + box.notices.length;
  const open = counts.waiting + counts.refused + counts.conflict;
  // Before all else: the other sentences say that everything lies on this machine.
  if (box.shelf.lost.size) return { kind: 'bad', text: words.full, actions: none };
  if (box.link === 'signin') {
    const back = encodeURIComponent(location.pathname + location.search);
    const href = `${data.sign_in}?next=${back}`;
    const link = () => [el('a', { href, className: 'link', textContent: words.signInLink })];
    return { kind: 'bad', text: words.signIn(open + counts.draft), actions: link };
  }
  if (box.link === 'forbidden' && counts.waiting) {
    return { kind: 'bad', text: words.forbidden(counts.waiting, box.why), actions: reload };
  }
  if (box.link === 'offline') return { kind: 'bad', text: words.offline(counts.waiting), actions: none };
  if (bad) return { kind: 'bad', text: words.unsaved(bad, causes(counts, box.notices)), actions: details };
  if (counts.waiting) return { kind: 'busy', text: words.saving(counts.waiting), actions: none };
  if (counts.draft) return { kind: 'draft', text: drafts(box, counts.draft), actions: details };
  return { kind: 'good', text: words.saved, actions: none };
}

function causes(counts, notices) {
  const said = [];
  if (counts.refused) said.push(words.refusedCount(counts.refused));
  if (counts.conflict) said.push(words.conflictCount(counts.conflict));
  if (notices.length) said.push(words.keptCount(notices.length));
  return said.join('，');
}

function drafts(box, count) {
  const missing = new Set();
  for (const entry of box.entries.values()) {
    if (entry.state === 'draft') outbox.lacking(entry).forEach((label) => missing.add(label));
  }
  return words.drafts(count, [...missing].map((label) => `“${label}”`).join('、'));
}
