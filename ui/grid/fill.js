// Filling: what stands at one end of a range goes over the rest of it, again and again.

import * as actions from './actions.js';
import * as clipboard from './clipboard.js';
import * as columns from './columns.js';
import { el } from './dom.js';
import * as edges from './edges.js';
import * as pages from './pages.js';
import * as selections from './selection.js';
import * as stores from './store.js';
import * as views from './view.js';
import * as words from './words.js';

// The handle at the corner of the selection: dragged it fills, clicked twice it fills down.
export function make(grid) {
  return el('div.handle', { hidden: true, title: words.fill, ondblclick: () => down(grid) });
}

export function place(grid) {
  const { view, selection, handle, store } = grid;
  const { bottom, right } = selections.range(selection);
  const box = store.about?.may.change && views.box(view, bottom, right);
  const x = box && box.left + box.width;
  const y = box && box.top + box.height;
  const { clientWidth, clientHeight } = view.pane;
  handle.hidden =
    !box || grid.editor.open || x < box.frozen || x > clientWidth || y <= view.height || y > clientHeight;
  if (handle.hidden) return;
  Object.assign(handle.style, { left: `${x - 5}px`, top: `${y - 5}px` });
}

// While dragged: the range grows along the side on which the pointer is further away.
export function drag(grid, row, col) {
  const { selection } = grid;
  const from = (grid.dragging.fill ||= selections.range(selection));
  const high = Math.max(row - from.bottom, from.top - row, 0);
  const wide = Math.max(col - from.right, from.left - col, 0);
  const to = { ...from };
  if (high >= wide) [to.top, to.bottom] = [Math.min(row, from.top), Math.max(row, from.bottom)];
  else [to.left, to.right] = [Math.min(col, from.left), Math.max(col, from.right)];
  selections.goto(selection, to.top, to.left);
  selections.goto(selection, to.bottom, to.right, true);
}

// Ctrl+D and Ctrl+R: from the first line, or from the one before where only one is selected.
export function along(grid, sideways) {
  const to = selections.range(grid.selection);
  const [first, last] = sideways ? ['left', 'right'] : ['top', 'bottom'];
  const from = { ...to };
  if (to[first] === to[last]) to[first] = from[first] = Math.max(to[first] - 1, 0);
  from[last] = from[first];
  return over(grid, from, to);
}

// Down to where the column beside ends.
async function down(grid) {
  const { selection } = grid;
  const from = selections.range(selection);
  const beside = from.left ? from.left - 1 : from.right + 1;
  if (![0, 1].every((next) => edges.full(grid, from.bottom + next, beside))) return;
  const [bottom] = await edges.find(grid, from.bottom, beside, [1, 0]);
  selections.goto(selection, from.top, from.left);
  selections.goto(selection, bottom, from.right, true);
  await over(grid, from, { ...from, bottom });
}

export async function over(grid, from, to) {
  const { store, status } = grid;
  const end = Math.min(to.bottom, stores.length(store) - 1);
  if ((to.bottom - to.top + 1) * (to.right - to.left + 1) > actions.CELLS) {
    return status.say(words.tooMany(actions.CELLS));
  }
  if (end >= to.top && !(await pages.all(store, to.top, end))) return status.say(words.notNow);
  const edits = [];
  let skipped = 0;
  for (let row = to.top; row <= to.bottom; row += 1) {
    for (let col = to.left; col <= to.right; col += 1) {
      if (row >= from.top && row <= from.bottom && col >= from.left && col <= from.right) continue;
      const edit = copied(grid, again(row, from.top, from.bottom), again(col, from.left, from.right), row, col);
      if (edit === undefined) skipped += 1;
      else if (edit) edits.push(edit);
    }
  }
  return actions.putAll(grid, edits, (n) => words.filled(n) + (skipped ? words.skipped(skipped) : ''));
}

const again = (at, first, last) => {
  const size = last - first + 1;
  return first + ((((at - first) % size) + size) % size);
};

// An edit, null where it changes nothing, undefined where it is not allowed; a mask is no value.
function copied(grid, fromRow, fromCol, row, col) {
  const { store } = grid;
  const { columns: all } = store.about;
  const id = stores.idAt(store, row);
  const { value } = stores.cell(store, stores.idAt(store, fromRow), all[fromCol].name);
  const text = columns.show(all[fromCol], value, store.labels);
  if (all[fromCol].masked || actions.forbids(grid, id, all[col])) return undefined;
  if (fromCol !== col) return clipboard.read(grid, id, all[col], text);
  if (columns.alike(value, stores.cell(store, id, all[col].name).value)) return null;
  return actions.editOf(grid, id, all[col], value ?? null, text);
}
