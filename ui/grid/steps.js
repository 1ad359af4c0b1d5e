// From cell to cell: by arrows, to the edges, over all that there is.

import * as edges from './edges.js';
import * as selections from './selection.js';

export const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export function done(grid, move) {
  move();
  grid.show();
  return true;
}

// More than is in sight is selected: the sheet stays where it is.
export function whole(grid, select) {
  select(grid.selection);
  grid.refresh();
  return true;
}

// The end of the range that Shift moves, or the active cell.
export const end = ({ row, col, endRow, endCol }, extend) => (extend ? [endRow, endCol] : [row, col]);

export function toEdge(grid, way, extend) {
  const { selection } = grid;
  const from = end(selection, extend);
  const turn = (grid.turn = {}); // whatever is pressed while rows are fetched comes later
  edges.find(grid, ...from, way).then(([row, col]) => {
    if (grid.turn === turn && end(selection, extend).join() === from.join()) {
      jump(grid, row - from[0], col - from[1], extend);
    }
  });
  return true;
}

export function jump(grid, down, right, extend) {
  const { home } = grid.selection;
  return done(grid, () => {
    step(grid, [down, right], extend);
    if (!right) grid.selection.home = home;
    if (right === -Infinity) grid.view.pane.scrollLeft = 0;
  });
}

export function step(grid, [down, right], extend) {
  const { selection } = grid;
  const [row, col] = end(selection, extend);
  selections.goto(selection, row + down, col + right, extend);
  selection.home = null;
}
