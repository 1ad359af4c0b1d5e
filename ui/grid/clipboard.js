// Copy, cut and paste of blocks by the browser's own events: plain http has nothing else.

import * as actions from './actions.js';
import * as columns from './columns.js';
import * as ids from './ids.js';
import * as pages from './pages.js';
import * as selections from './selection.js';
import * as stores from './store.js';
import * as tsv from './tsv.js';
import * as words from './words.js';

export function listen(grid) {
  const { pen } = grid.editor;
  const handle = (name, act) =>
    pen.addEventListener(name, (event) => {
      if (grid.editor.open || !grid.store.about) return; // the text area does it itself
      event.preventDefault();
      act(event);
    });
  handle('copy', (event) => copy(grid, event));
  handle('cut', async (event) => (await copy(grid, event)) && actions.clear(grid));
  handle('paste', (event) => paste(grid, event.clipboardData.getData('text/plain')));
}

async function copy(grid, event) {
  const { store, selection, status } = grid;
  const range = selections.range(selection);
  range.bottom = Math.min(range.bottom, stores.length(store) - 1);
  const { top, bottom, left, right } = range;
  const count = (bottom - top + 1) * (right - left + 1);
  if (count > actions.CELLS) return status.say(words.tooMany(actions.CELLS));
  if (pages.there(store, top, bottom)) {
    const rows = texts(store, range);
    event.clipboardData.setData('text/plain', tsv.write(rows));
    event.clipboardData.setData('text/html', tsv.markup(rows));
  } else if (!(await later(grid, range))) return false;
  status.say(words.copied(count));
  return count > 0;
}

function texts(store, { top, bottom, left, right }) {
  const shown = store.about.columns.slice(left, right + 1);
  return Array.from({ length: bottom - top + 1 }, (_, i) =>
    shown.map((column) => {
      const { value } = stores.cell(store, stores.idAt(store, top + i), column.name);
      return columns.show(column, value, store.labels);
    }),
  );
}

// The browser takes what is copied at once, or a promise of it where the address is a safe one.
async function later(grid, range) {
  const { store, status } = grid;
  status.say(words.loading);
  const ready = pages.all(store, range.top, range.bottom);
  const blob = (type, write) =>
    ready.then((all) => (all ? new Blob([write(texts(store, range))], { type }) : Promise.reject()));
  try {
    const [plain, html] = [blob('text/plain', tsv.write), blob('text/html', tsv.markup)];
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': plain, 'text/html': html })]);
    return true;
  } catch {
    status.say((await ready) ? words.copyAgain : words.notNow);
    return false;
  }
}

export async function paste(grid, text) {
  if (!text) return undefined;
  const block = spread(tsv.parse(text), selections.range(grid.selection));
  const size = block.reduce((sum, row) => sum + row.length, 0);
  if (size > actions.CELLS) return grid.status.say(words.tooMany(actions.CELLS));
  const lines = await target(grid, block.length);
  if (!lines) return grid.status.say(words.notNow);
  const { edits, skipped } = gather(grid, block, lines);
  const fresh = lines.filter((id) => !stores.known(grid.store, id)).length;
  const tell = (n) => words.pasted(n, fresh) + (skipped ? words.skipped(skipped) : '');
  const laid = actions.putAll(grid, edits, tell);
  mark(grid, block, lines);
  return laid;
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
      const edit = column && read(grid, lines[i], column, text);
      if (edit === undefined) skipped += text.trim() ? 1 : 0;
      else if (edit) edits.push(edit);
    }),
  );
  return { edits, skipped };
}

// An edit, null where it would change nothing, undefined where it is not allowed.
export function read(grid, id, column, text) {
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
  const wide = block.reduce((most, row) => Math.max(most, row.length), 1);
  const top = stores.indexOf(store, lines[0]);
  const bottom = stores.indexOf(store, lines[lines.length - 1]);
  if (top < 0) return;
  selections.goto(selection, top, left);
  selections.goto(selection, bottom < 0 ? top : bottom, left + wide - 1, true);
}
