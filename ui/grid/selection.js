// The active cell and the range around it. Lines move when others add and delete: the ids of
// both ends are kept, so that the selection stays on its rows.

import * as stores from './store.js';

export function make(store) {
  return { store, row: 0, col: 0, endRow: 0, endCol: 0, id: null, endId: null, home: null };
}

const clamp = (n, low, high) => Math.max(low, Math.min(n, high));
export const columnsOf = (selection) => selection.store.about?.columns || [];
export const active = (selection) => columnsOf(selection)[selection.col];

// Extended, the active cell stays where it is and the other end of the range goes.
export function goto(selection, row, col, extend = false) {
  selection.endRow = clamp(row, 0, Math.max(stores.lines(selection.store) - 1, 0));
  selection.endCol = clamp(col, 0, Math.max(columnsOf(selection).length - 1, 0));
  if (!extend) Object.assign(selection, { row: selection.endRow, col: selection.endCol });
  pin(selection);
}

function pin(selection) {
  selection.id = stores.idAt(selection.store, selection.row) ?? null;
  selection.endId = stores.idAt(selection.store, selection.endRow) ?? null;
}

// After the order changed: back onto the rows it was on.
export function follow(selection) {
  const { store } = selection;
  const find = (id, row) => {
    const at = id ? stores.indexOf(store, id) : -1;
    return clamp(at < 0 ? row : at, 0, Math.max(stores.lines(store) - 1, 0));
  };
  selection.row = find(selection.id, selection.row);
  selection.endRow = find(selection.endId, selection.endRow);
  pin(selection);
}

export function range(selection) {
  const { row, col, endRow, endCol } = selection;
  return {
    top: Math.min(row, endRow),
    bottom: Math.max(row, endRow),
    left: Math.min(col, endCol),
    right: Math.max(col, endCol),
  };
}

// Whole rows, from one line to another.
export function rows(selection, from, to) {
  goto(selection, from, 0);
  goto(selection, to, columnsOf(selection).length - 1, true);
}

export function upright(selection) {
  const { col, endCol } = selection;
  goto(selection, 0, col);
  goto(selection, stores.length(selection.store) - 1, endCol, true);
}

export function everything(selection) {
  rows(selection, 0, stores.length(selection.store) - 1);
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
