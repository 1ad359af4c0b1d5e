// The sheet on the screen: only the rows and columns in sight are drawn, as real elements.

import { el } from './dom.js';
import * as headers from './headers.js';
import * as layouts from './layout.js';
import * as painting from './painting.js';
import * as pages from './pages.js';
import * as scale from './scale.js';
import * as stores from './store.js';

const OVER = 6; // rows drawn beyond what is in sight, above and below

export function make(grid) {
  const head = el('div.row head', { role: 'row', 'aria-rowindex': 1 });
  const sheet = el('div.sheet', head, { role: 'grid', 'aria-multiselectable': true });
  const pane = el('div.pane', sheet, { tabIndex: -1 });
  const view = {
    grid, pane, sheet, head, corner: headers.corner(), heads: {}, // by name: the heads of columns
    drawn: new Map(), spare: [], layout: null, shown: '', cut: 0, version: 0, shift: 0,
  };
  pane.addEventListener('scroll', () => {
    scale.moved(view);
    grid.store.scroll = { top: scale.top(view), left: pane.scrollLeft };
    soon(view);
    grid.editor?.follow();
  }, { passive: true });
  return view;
}

export const compact = (view) => view.pane.clientWidth < 600;
export const rowHeight = () => (matchMedia('(pointer: coarse)').matches ? 44 : 34);

// Draws in the next frame, however often it is asked to.
export function soon(view) {
  view.frame ||= requestAnimationFrame(() => {
    view.frame = 0;
    draw(view);
  });
}

export function draw(view) {
  const { grid, pane, sheet } = view;
  const { store } = grid;
  if (!store.about || !pane.clientHeight) return;
  const lines = stores.lines(store);
  measure(view, String(lines).length);
  const height = view.height;
  size(sheet, view, lines);
  const first = Math.max(Math.floor(scale.top(view) / height) - OVER, 0);
  const last = Math.min(first + Math.ceil(pane.clientHeight / height) + 2 * OVER, lines - 1);
  const columns = layouts.visible(view.layout, pane.scrollLeft, pane.clientWidth);
  const shown = `${columns.join()}/${view.cut}`;
  if (shown !== view.shown) {
    view.shown = shown;
    headers.draw(view, columns);
  }
  recycle(view, first, last);
  for (let index = first; index <= last; index += 1) {
    const node = line(view, index);
    // While only the place changes, rows already on the screen are left as they are.
    painting.row(view, node, index, columns);
  }
  view.spare.forEach((node) => node.remove()); // rows left over from a longer list
  pages.need(store, first, last);
}

function measure(view, digits) {
  const roomy = !compact(view);
  if (view.layout && view.roomy === roomy && view.digits === digits) return;
  Object.assign(view, { roomy, digits, height: rowHeight(), cut: view.cut + 1 });
  view.layout = layouts.measure(view.grid.store.about.columns, roomy, digits);
}

function size(sheet, view, lines) {
  const key = `${lines}/${view.layout.total}/${view.height}`;
  if (view.sized === key) return;
  view.sized = key;
  sheet.style.height = `${scale.fit(view, (lines + 1) * view.height)}px`;
  sheet.style.width = `${view.layout.total}px`;
  sheet.style.setProperty('--line', `${view.height}px`);
  sheet.setAttribute('aria-rowcount', lines + 1);
  sheet.setAttribute('aria-colcount', view.layout.widths.length + 1);
}

function recycle(view, first, last) {
  for (const [index, node] of view.drawn) {
    if (index >= first && index <= last) continue;
    view.drawn.delete(index);
    view.spare.push(node);
  }
}

function line(view, index) {
  const node = view.drawn.get(index) || view.spare.pop() || painting.blank();
  if (!node.isConnected) view.sheet.append(node);
  const top = (index + 1) * view.height - view.shift;
  if (node.top !== top) node.style.top = `${(node.top = top)}px`;
  view.drawn.set(index, node);
  return node;
}

// The header and everything else anew: other columns, another sort, another width.
export function redraw(view) {
  Object.assign(view, { shown: '', sized: '', layout: null, cut: view.cut + 1 });
  soon(view);
}

// A cell's box in the stage, that is, relative to the pane's corner.
export function box(view, row, col) {
  const { pane, layout, height } = view;
  if (!layout?.widths.length) return null;
  const left = col === 0 ? layout.number : layout.lefts[col] - pane.scrollLeft;
  return {
    left,
    top: (row + 1) * height - scale.top(view),
    width: layout.widths[col],
    height,
    frozen: col === 0 ? layout.number : layout.frozen,
  };
}

// Scrolls as little as needed to have a cell in sight.
export function reveal(view, row, col) {
  const { pane, layout, height } = view;
  if (!layout?.widths.length) return;
  const top = row * height;
  const room = pane.clientHeight - 2 * height;
  const at = scale.top(view);
  if (top < at) scale.to(view, top);
  else if (top > at + room) scale.to(view, top - room);
  if (col === 0) return;
  const left = layout.lefts[col] - layout.frozen;
  const right = layout.lefts[col] + layout.widths[col] - pane.clientWidth;
  if (left < pane.scrollLeft) pane.scrollLeft = left;
  else if (right > pane.scrollLeft) pane.scrollLeft = Math.min(right, left);
}

// Beside a cell: below it, or above it where there is more room; never out of the stage.
export function beside(node, stage, cell, least) {
  const below = stage.clientHeight - cell.top - cell.height;
  const up = below < least && cell.top > below;
  node.style.maxHeight = `${Math.max(Math.min(up ? cell.top : below, 320) - 4, 90)}px`;
  node.style.top = up ? 'auto' : `${cell.top + cell.height + 2}px`;
  node.style.bottom = up ? `${stage.clientHeight - cell.top + 2}px` : 'auto';
  node.style.left = `${Math.max(Math.min(cell.left, stage.clientWidth - node.offsetWidth - 4), 4)}px`;
}

// How many lines a page is.
export const pageful = (view) =>
  Math.max(Math.floor(view.pane.clientHeight / (view.height || 34)) - 2, 1);
