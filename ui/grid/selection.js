// The active cell and the range around it. Lines move when others add and delete: the ids of
// both ends are kept, so that the selection stays on its rows.

import * as stores from './store.js';

export function make(store) {
  return { store, row: 0, col: 0, anchorRow: 0, anchorCol: 0, id: null, anchorId: null, home: null };
}

const clamp = (n, low, high) => Math.max(low, Math.min(n, high));
export const columnsOf = (selection) => selection.store.about?.columns || [];
export const active = (selection) => columnsOf(selection)[selection.col];

export function goto(selection, row, col, extend = false) {
  selection.row = clamp(row, 0, Math.max(stores.lines(selection.store) - 1, 0));
  selection.col = clamp(col, 0, Math.max(columnsOf(selection).length - 1, 0));
  if (!extend) Object.assign(selection, { anchorRow: selection.row, anchorCol: selection.col });
  pin(selection);
}

function pin(selection) {
  selection.id = stores.idAt(selection.store, selection.row) ?? null;
  selection.anchorId = stores.idAt(selection.store, selection.anchorRow) ?? null;
}

// After the order changed: back onto the rows it was on.
export function follow(selection) {
  const { store } = selection;
  const find = (id, row) => {
    const at = id ? stores.indexOf(store, id) : -1;
    return clamp(at < 0 ? row : at, 0, Math.max(stores.lines(store) - 1, 0));
  };
  selection.row = find(selection.id, selection.row);
  selection.anchorRow = find(selection.anchorId, selection.anchorRow);
  pin(selection);
}

export function range(selection) {
  const { row, col, anchorRow, anchorCol } = selection;
  return {
    top: Math.min(row, anchorRow),
    bottom: Math.max(row, anchorRow),
    left: Math.min(col, anchorCol),
    right: Math.max(col, anchorCol),
  };
}

// Whole rows, from one line to another; the active cell stays in the first column.
export function rows(selection, from, to) {
  goto(selection, from, columnsOf(selection).length - 1);
  goto(selection, to, 0, true);
}

export function everything(selection) {
  goto(selection, stores.length(selection.store) - 1, columnsOf(selection).length - 1);
  goto(selection, 0, 0, true);
}

// Ids of the selected rows; those not loaded are undefined, the empty line is left out.
export function idsIn(selection) {
  const { top, bottom } = range(selection);
  const found = [];
  for (let row = top; row <= Math.min(bottom, stores.length(selection.store) - 1); row += 1) {
    found.push(stores.idAt(selection.store, row));
  }
  return found;
}

// One step with Tab: past the last column it goes on in the next line.
export function tab(selection, back) {
  const last = columnsOf(selection).length - 1;
  const home = selection.home ?? selection.col;
  let { row, col } = selection;
  col += back ? -1 : 1;
  if (col > last && row < stores.lines(selection.store) - 1) [row, col] = [row + 1, 0];
  if (col < 0 && row > 0) [row, col] = [row - 1, last];
  goto(selection, row, col);
  selection.home = home;
}

// Enter after a run of Tabs goes back to the column where the run began, as in a spreadsheet.
export function enter(selection, up) {
  goto(selection, selection.row + (up ? -1 : 1), selection.home ?? selection.col);
  selection.home = null;
}
