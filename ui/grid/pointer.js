// The mouse selects as it goes down and drags; a finger selects with the first tap, opens with
// the second, and scrolls in between.

import * as editors from './editor.js';
import * as headers from './headers.js';
import * as selections from './selection.js';
import * as stores from './store.js';

export function listen(grid) {
  const { pane } = grid.view;
  pane.addEventListener('pointerdown', (event) => {
    if (event.pointerType !== 'mouse' || event.button !== 0 || onScrollbar(pane, event)) return;
    event.preventDefault(); // the pen keeps the focus
    press(grid, event);
  });
  pane.addEventListener('pointermove', (event) => grid.dragging && drag(grid, event));
  const release = () => (grid.dragging = null);
  pane.addEventListener('pointerup', release);
  pane.addEventListener('pointercancel', release);
  pane.addEventListener('dblclick', (event) => {
    if (!hit(event)?.header) editors.edit(grid.editor);
  });
  pane.addEventListener('click', (event) => {
    if (event.pointerType !== 'mouse' && event.detail) tap(grid, event);
  });
  pane.addEventListener('focus', () => editors.focus(grid.editor));
}

const onScrollbar = (pane, { clientX, clientY }) => {
  const { left, top } = pane.getBoundingClientRect();
  return clientX - left > pane.clientWidth || clientY - top > pane.clientHeight;
};

function hit(event) {
  const node = event.target.closest?.('.cell');
  if (!node) return null;
  if (node.closest('.head')) return { header: true, corner: node.matches('.corner'), sort: node.dataset.sort };
  return { row: Number(node.dataset.row), col: node.dataset.col === undefined ? null : Number(node.dataset.col) };
}

// What was open is stored before the selection goes elsewhere; a composition is ended first, as
// its text would otherwise wander along to the next cell.
function settle({ editor }) {
  if (editor.composing) editor.pen.blur();
  editors.commit(editor);
}

function press(grid, event) {
  const place = hit(event);
  settle(grid);
  editors.focus(grid.editor);
  if (!place) return;
  if (place.header) return onHeader(grid, place);
  const { selection } = grid;
  selection.home = null;
  if (place.col === null) {
    const from = event.shiftKey ? selection.anchorRow : place.row;
    selections.rows(selection, from, place.row);
  } else {
    selections.goto(selection, place.row, place.col, event.shiftKey);
  }
  grid.dragging = { whole: place.col === null, from: place.row };
  grid.view.pane.setPointerCapture(event.pointerId);
  grid.show();
}

function drag(grid, event) {
  const { pane } = grid.view;
  const box = pane.getBoundingClientRect();
  const x = Math.max(box.left + 1, Math.min(event.clientX, box.left + pane.clientWidth - 2));
  const y = Math.max(box.top + grid.view.height + 1, Math.min(event.clientY, box.top + pane.clientHeight - 2));
  const place = hit({ target: pane.getRootNode().elementFromPoint(x, y) || pane });
  if (!place || place.header) return;
  if (grid.dragging.whole) selections.rows(grid.selection, grid.dragging.from, place.row);
  else selections.goto(grid.selection, place.row, place.col ?? 0, true);
  grid.show();
}

function onHeader(grid, place) {
  if (place.corner) selections.everything(grid.selection);
  else if (place.sort) grid.sortBy(headers.next(grid.store.sort, place.sort));
  grid.show();
}

function tap(grid, event) {
  const place = hit(event);
  if (!place) return;
  const { selection, editor } = grid;
  const again = place.row === selection.row && place.col === selection.col && grid.tapped;
  if (!again) settle(grid);
  if (place.header) return onHeader(grid, place);
  grid.tapped = true;
  if (place.col === null) selections.rows(selection, place.row, place.row);
  else selections.goto(selection, place.row, place.col);
  editors.tap(editor, again && stores.lines(grid.store) > place.row);
  grid.show();
}
