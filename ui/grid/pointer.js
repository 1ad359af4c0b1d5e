// The mouse selects as it goes down and drags; a finger selects with the first tap, opens with
// the second, and scrolls in between.

import * as editors from './editor.js';
import * as fill from './fill.js';
import * as gestures from './gesture.js';
import * as looks from './look.js';
import * as menus from './menu.js';
import * as selections from './selection.js';
import * as stores from './store.js';

export function listen(grid) {
  const { pane } = grid.view;
  pane.addEventListener('pointerdown', (event) => {
    grid.finger = event.pointerType !== 'mouse';
    if (event.pointerType !== 'mouse' || event.button !== 0 || onScrollbar(pane, event)) return;
    event.preventDefault(); // the pen keeps the focus
    press(grid, event);
  });
  grid.handle.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    settle(grid);
    grid.dragging = { handle: true };
    grid.handle.setPointerCapture(event.pointerId);
  });
  const release = () => {
    const from = grid.dragging?.fill;
    grid.dragging = null;
    if (grid.gesture) gestures.end(grid);
    if (from) fill.over(grid, from, selections.range(grid.selection));
  };
  for (const node of [pane, grid.handle]) {
    node.addEventListener('pointermove', (event) => {
      if (grid.gesture) gestures.move(grid, event);
      else if (grid.dragging) drag(grid, event);
    });
    node.addEventListener('pointerup', release);
    node.addEventListener('pointercancel', release);
  }
  pane.addEventListener('dblclick', (event) => {
    if (grid.finger) return; // its second tap may be on another cell, scrolled here meanwhile
    // What was pressed: the pointer is captured, so that the event itself says nothing.
    const at = grid.pressed || event.target;
    if (!at.closest('.head')) editors.edit(grid.editor);
    else if (at.matches('.edge')) looks.fit(grid, grid.store.about.columns[at.parentNode.dataset.col]);
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
  if (node.closest('.head')) return { header: true, corner: node.matches('.corner'), node };
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
  grid.pressed = event.target;
  if (!place) return;
  if (place.header) return onHeader(grid, place, event);
  const { selection } = grid;
  selection.home = null;
  if (place.col === null) {
    const from = event.shiftKey ? selection.row : place.row;
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
  if (grid.dragging.handle) fill.drag(grid, place.row, place.col ?? 0);
  else if (grid.dragging.whole) selections.rows(grid.selection, grid.dragging.from, place.row);
  else selections.goto(grid.selection, place.row, place.col ?? 0, true);
  grid.show();
}

function onHeader(grid, { corner, node }, event) {
  if (event.target.matches('.more')) return; // a button: it hears its own click
  if (!corner && event.pointerType === 'mouse') return gestures.begin(grid, event, node);
  if (!corner) return menus.open(grid, node.dataset.col);
  selections.everything(grid.selection);
  grid.show();
}

function tap(grid, event) {
  const place = hit(event);
  if (!place) return;
  const { selection, editor } = grid;
  const again = place.row === selection.row && place.col === selection.col && grid.tapped;
  if (!again) settle(grid);
  if (place.header) return onHeader(grid, place, event);
  grid.tapped = true;
  if (place.col === null) selections.rows(selection, place.row, place.row);
  else selections.goto(selection, place.row, place.col);
  editors.tap(editor, again && stores.lines(grid.store) > place.row);
  grid.show();
}
