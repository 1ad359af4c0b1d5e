// One line that says whether everything is saved, and the voice for those who cannot see it.

import { button, el } from './dom.js';
import * as outbox from './outbox.js';
import * as problems from './problems.js';
import * as stores from './store.js';
import * as words from './words.js';

const MOMENT = 4000; // ms for which a passing remark stays

export function make(grid) {
  const [state, act, remark, total] = ['state', 'act', 'remark', 'total'].map((name) => el(`span.${name}`));
  const live = el('div.live', { role: 'status', 'aria-live': 'polite' });
  const status = { grid, line: el('div.status', state, act, remark, total), live, state, act, remark, total, word: '' };
  status.say = (text) => {
    remark.textContent = live.textContent = text;
    clearTimeout(status.timer);
    status.timer = setTimeout(() => (remark.textContent = ''), MOMENT);
  };
  return status;
}

// What others changed just now, for those who do not see it flash.
export function others({ grid, say }, cells) {
  const who = new Set(cells.map((cell) => cell.who));
  const row = stores.indexOf(grid.store, cells[0].id) + 1;
  say(words.changedCells([...who].join('、'), cells.length, row, cells[0].column.label));
}

export function draw(status) {
  const { grid, line, live, state, act, total } = status;
  const { store } = grid;
  const [kind, text, ...actions] = sentence(grid, outbox.counts(store.box));
  if (status.word !== text) {
    // What goes wrong is spoken; that each cell is saved is not, it would never be silent.
    if (kind === 'bad' || line.dataset.kind === 'bad') live.textContent = text;
    status.word = state.textContent = text;
    line.dataset.kind = kind;
    act.replaceChildren(...actions);
  }
  const { about } = store;
  if (!about || !store.asOf) return;
  const part = Object.keys(store.filters).length ? words.ofTotal(store.whole, about.unit) : '';
  total.textContent = words.total(stores.length(store), about.unit) + part;
}

// Its kind, its text, and what can be done.
function sentence(grid, { waiting, refused, conflict, draft }) {
  const { box } = grid.store;
  const { link, notices, why } = box;
  const bad = refused + conflict + notices.length;
  const details = button(words.details, () => problems.toggle(grid.problems), 'link');
  // Before all else: the other sentences say that everything lies on this machine.
  if (box.shelf.lost.size) return ['bad', words.full];
  if (link === 'signin') {
    const href = `${grid.data.sign_in}?next=${encodeURIComponent(location.pathname + location.search)}`;
    return ['bad', words.signIn(waiting + refused + conflict + draft), el('a.link', words.signInLink, { href })];
  }
  if (link === 'forbidden' && waiting) {
    return ['bad', words.forbidden(waiting, why), button(words.reload, () => location.reload(), 'link')];
  }
  if (link === 'offline') return ['bad', words.offline(waiting)];
  if (bad) return ['bad', words.unsaved(bad, causes(refused, conflict, notices.length)), details];
  if (waiting) return ['busy', words.saving(waiting)];
  return draft ? ['draft', drafts(box, draft), details] : ['good', words.saved];
}

const causes = (refused, conflict, kept) =>
  [
    refused && words.refusedCount(refused),
    conflict && words.conflictCount(conflict),
    kept && words.keptCount(kept),
  ].filter(Boolean).join('，');

function drafts(box, count) {
  const missing = outbox.all(box).filter(({ state }) => state === 'draft').flatMap(outbox.lacking);
  return words.drafts(count, [...new Set(missing)].map((label) => `“${label}”`).join('、'));
}
