// Copy, cut and paste of blocks by the browser's own events: plain http has nothing else.

import * as actions from './actions.js';
import * as columns from './columns.js';
import * as ids from './ids.js';
import * as pages from './pages.js';
import * as selections from './selection.js';
import * as stores from './store.js';
import * as tsv from './tsv.js';
import { words } from './words.js';

const CELLS = 20000; // in one copy or paste

export function listen(grid) {
  const { pen } = grid.editor;
  const handle = (name, act) =>
    pen.addEventListener(name, (event) => {
      if (grid.editor.open || !grid.store.about) return; // the text area does it itself
      event.preventDefault();
      act(event);
    });
  handle('copy', (event) => copy(grid, event));
  handle('cut', (event) => copy(grid, event) && actions.clear(grid));
  handle('paste', (event) => paste(grid, event.clipboardData.getData('text/plain')));
}

function copy(grid, event) {
  const { store, selection } = grid;
  const { top, bottom, left, right } = selections.range(selection);
  const end = Math.min(bottom, stores.length(store) - 1);
  const rows = [];
  if ((end - top + 1) * (right - left + 1) > CELLS) return grid.status.say(words.tooMany(CELLS));
  for (let row = top; row <= end; row += 1) {
    const id = stores.idAt(store, row);
    if (!id) {
      pages.all(store, top, end); // the browser takes what is copied at once or not at all
      return grid.status.say(words.notLoaded);
    }
    rows.push(
      store.about.columns.slice(left, right + 1).map((column) =>
        columns.show(column, stores.cell(store, id, column.name).value, store.labels),
      ),
    );
  }
  event.clipboardData.setData('text/plain', tsv.write(rows));
  event.clipboardData.setData('text/html', tsv.markup(rows));
  grid.status.say(words.copied(rows.length * (right - left + 1)));
  return rows.length > 0;
}

export async function paste(grid, text) {
  if (!text) return undefined;
  const block = spread(tsv.parse(text), selections.range(grid.selection));
  const size = block.length * Math.max(...block.map((row) => row.length));
  if (size > CELLS) return grid.status.say(words.tooMany(CELLS));
  const lines = await target(grid, block.length);
  if (!lines) return grid.status.say(words.notNow);
  const { edits, skipped } = gather(grid, block, lines);
  const fresh = lines.filter((id) => !stores.known(grid.store, id)).length;
  if (edits.length) actions.put(grid, edits);
  const said = words.pasted(edits.length, grid.store.about.may.add ? fresh : 0);
  grid.status.say(said + (skipped ? words.skipped(skipped) : ''));
  mark(grid, block, lines);
  return grid.refresh();
}

// One copied cell fills the whole selection.
function spread(block, { top, bottom, left, right }) {
  if (block.length > 1 || block[0].length > 1) return block;
  const row = Array(right - left + 1).fill(block[0][0]);
  return Array.from({ length: bottom - top + 1 }, () => row);
}

// The ids of the lines to paste into: those there are, loaded first, and new ones past the end.
async function target(grid, count) {
  const { store, selection } = grid;
  const { top } = selections.range(selection);
  const anchor = stores.idAt(store, top);
  const last = Math.min(top + count, stores.length(store)) - 1;
  if (last >= top && !stores.idAt(store, last)) grid.status.say(words.loading);
  if (last >= top && !(await pages.all(store, top, last))) return null;
  const from = Math.max(anchor ? stores.indexOf(store, anchor) : top, 0);
  const lines = [];
  for (let i = 0; i < count; i += 1) {
    const index = from + i;
    lines.push(index <= stores.length(store) ? stores.idAt(store, index) : ids.make());
  }
  return lines;
}

function gather(grid, block, lines) {
  const { left } = selections.range(grid.selection);
  const edits = [];
  let skipped = 0;
  block.forEach((texts, i) =>
    texts.forEach((text, j) => {
      const column = grid.store.about.columns[left + j];
      const edit = column && editOf(grid, lines[i], column, text);
      if (edit === undefined) skipped += text.trim() ? 1 : 0;
      else if (edit) edits.push(edit);
    }),
  );
  return { edits, skipped };
}

// An edit, null where it would change nothing, undefined where it is not allowed.
function editOf(grid, id, column, text) {
  const { store } = grid;
  const may = stores.known(store, id) ? id : store.blank;
  if (actions.forbids(grid, may, column)) return undefined;
  const value = columns.read(column, text);
  const standing = stores.cell(store, id, column.name).value;
  const shown = columns.show(column, standing, store.labels);
  if (columns.alike(value, standing) || shown === text.trim()) return null;
  const lookup = column.editor === 'reference' && value !== null;
  return actions.editOf(grid, id, column, value, text.trim(), lookup);
}

// What was pasted is selected, as in a spreadsheet.
function mark(grid, block, lines) {
  const { store, selection } = grid;
  const { left } = selections.range(selection);
  const wide = Math.max(...block.map((row) => row.length));
  const top = stores.indexOf(store, lines[0]);
  const bottom = stores.indexOf(store, lines[lines.length - 1]);
  if (top < 0) return;
  selections.goto(selection, bottom < 0 ? top : bottom, left + wide - 1);
  selections.goto(selection, top, left, true);
}
