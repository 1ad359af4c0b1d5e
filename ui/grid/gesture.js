// The mouse on the header: a click sorts, a drag moves the column, its edge makes it wider.

import * as headers from './headers.js';
import * as looks from './look.js';

const STILL = 6; // pixels: less is a click

export function begin(grid, event, node) {
  const { pane } = grid.view;
  const col = Number(node.dataset.col);
  const column = grid.store.about.columns[col];
  const width = event.target.closest('.edge') ? column.width : 0;
  grid.gesture = { col, to: col, column, width, x: event.clientX, among: event.shiftKey, moved: false };
  pane.setPointerCapture(event.pointerId);
}

export function move(grid, { clientX }) {
  const { gesture, view } = grid;
  const far = clientX - gesture.x;
  gesture.moved ||= Math.abs(far) >= STILL;
  if (gesture.width) return far && looks.widen(grid, gesture.column, gesture.width + far);
  if (!gesture.moved) return undefined;
  const { left, right, top } = view.pane.getBoundingClientRect();
  if (clientX > right - 24) view.pane.scrollLeft += 24;
  if (clientX < left + 24) view.pane.scrollLeft -= 24;
  const under = view.pane.getRootNode().elementFromPoint(clientX, top + 8)?.closest('.head [data-col]');
  if (under) gesture.to = Number(under.dataset.col);
  return mark(view, gesture.to);
}

function mark({ head }, to) {
  for (const node of head.children) node.classList.toggle('target', node.dataset.col === String(to));
}

export function end(grid) {
  const { col, to, column, width, among, moved } = grid.gesture;
  grid.gesture = null;
  mark(grid.view, -1);
  if (width) return;
  if (moved) looks.move(grid, col, to);
  else if (column.sortable) grid.sortBy(headers.next(grid.store.sort, column.name, among));
}
