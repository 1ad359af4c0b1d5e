// The grid's parts on the page: bar, stage with the sheet, tools, status; and how high it is.

import { button, el, set } from './dom.js';
import { css } from './grid.css';
import * as pages from './pages.js';
import * as stores from './store.js';
import * as problems from './problems.js';
import * as words from './words.js';

const LEAST = 320; // pixels
const BELOW = 16; // pixels kept free under a grid that fills the window

export function build(grid, parent) {
  const { root, view, editor, bar, status } = grid;
  grid.slate = el('div.slate', { hidden: true });
  grid.stage = el('div.stage', view.pane, grid.slate, grid.handle, editor.pen, editor.list.node, editor.calendar.node,
    grid.problems.note, grid.problems.node, grid.panel.node);
  bar.node.append(bar.people, bar.buttons);
  root.append(el('style', css), bar.node, grid.stage, status.line, status.live);
  parent.append(root);
  view.pane.addEventListener('scroll', () => problems.place(grid.problems), { passive: true });
}

// As high as asked, or down to the foot of the window.
export function fit(grid) {
  const { root, data } = grid;
  if (typeof data.height === 'number') {
    root.style.height = `${data.height}px`;
    return;
  }
  const top = root.getBoundingClientRect().top + scrolled(root);
  const left = window.innerHeight - top - BELOW;
  root.style.height = `${Math.max(left > LEAST ? left : window.innerHeight * 0.8, LEAST)}px`;
}

// How far the page around is scrolled, whichever element it is that scrolls.
function scrolled(node) {
  let far = window.scrollY;
  for (let at = node; at; at = at.parentElement || at.getRootNode().host) far += at.scrollTop || 0;
  return far;
}

// What stands where there are no rows to show.
export function slate(grid) {
  const { store } = grid;
  const text = sentence(store);
  grid.slate.hidden = !text;
  set(grid.view.sheet, {
    'aria-label': store.about ? words.grid(store.about.label) : words.loading, 'aria-busy': !store.asOf,
  });
  if (grid.slate.dataset.text === text) return;
  grid.slate.dataset.text = text;
  const again = store.failure ? [button(words.retry, () => pages.retry(store))] : [];
  grid.slate.replaceChildren(el('p', text), ...again);
}

function sentence(store) {
  const ready = store.about && store.asOf;
  if (store.failure && !ready) return words.failed(store.failure.reason);
  if (!ready) return words.loading;
  if (stores.length(store)) return '';
  if (stores.narrowed(store)) return words.noneFound;
  return store.about.may.add ? words.empty : words.emptyReadonly;
}
