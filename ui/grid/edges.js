// Ctrl and an arrow: to the edge of what is filled in, as in a spreadsheet.

import * as columns from './columns.js';
import * as pages from './pages.js';
import * as stores from './store.js';

const STEP = 500; // rows fetched at once on the way down
const FAR = 5000; // rows looked through; further off, the end it is

export const full = ({ store }, row, col) => {
  const id = stores.idAt(store, row);
  const column = store.about.columns[col];
  return column && id && id !== store.blank && !columns.missing(stores.cell(store, id, column.name).value);
};

// The cell to go to from a cell, by steps of [down, right].
export async function find(grid, row, col, [down, right]) {
  const { store } = grid;
  const last = [stores.length(store) - 1, store.about.columns.length - 1];
  if (down > 0 && row >= last[0]) return [stores.lines(store) - 1, col];
  const inside = (y, x) => y >= 0 && x >= 0 && y <= last[0] && x <= last[1];
  let [y, x] = [row + down, col + right];
  if (!inside(y, x)) return [row, col];
  if (!(await near(grid, y, down, last[0]))) return [down > 0 ? last[0] : 0, col];
  const inBlock = full(grid, row, col) && full(grid, y, x);
  for (; inside(y, x); [y, x] = [y + down, x + right]) {
    const far = Math.abs(y - row) > FAR || !(await near(grid, y, down, last[0]));
    if (far) return [down > 0 ? last[0] : 0, col];
    if (full(grid, y, x) !== inBlock) return inBlock ? [y - down, x - right] : [y, x];
  }
  return [y - down, x - right];
}

// Whether a line is there, fetched with those that follow if need be.
function near({ store }, row, down, last) {
  if (!down || stores.idAt(store, row)) return true;
  const end = down > 0 ? Math.min(row + STEP, last) : row;
  return pages.all(store, down > 0 ? row : Math.max(row - STEP, 0), end);
}
