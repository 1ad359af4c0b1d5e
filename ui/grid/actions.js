// What keys, buttons, paste and the pen do to the rows.

import * as acts from './acts.js';
import * as columns from './columns.js';
import * as ids from './ids.js';
import * as outbox from './outbox.js';
import * as pages from './pages.js';
import * as selections from './selection.js';
import * as stores from './store.js';
import * as undos from './undo.js';
import * as words from './words.js';

export const CELLS = 100000; // in one copy, paste or fill
const AT_ONCE = 2000; // edits laid down in one turn of the browser

// Why a cell may not be edited, or an empty text.
export function forbids({ store }, id, column) {
  if (!id || !column) return words.loading;
  if (column.readonly) return words.readonlyColumn(column.label);
  if (id === store.blank) return store.about.may.add ? '' : words.noAdd;
  if (outbox.adding(store.box, store.register, id)) return '';
  return store.about.may.change ? '' : words.readonlyGrid;
}

// The name by which people know a row: what stands in its first column, also where that is hidden.
export function nameOf({ store }, id) {
  const [first] = store.about.all;
  const { value } = stores.cell(store, id, first.name);
  return columns.show(first, value, store.labels) || words.newRow;
}

// An edit: what was seen (value, before, seen) and what it shall be (value, text, lookup).
export function type(grid, open, value, text, lookup) {
  const { store } = grid;
  const unchanged = lookup
    ? text === columns.show(open.column, open.value, store.labels)
    : columns.alike(value, open.value);
  if (unchanged) return;
  // The empty line may have become another while it was being typed on.
  put(grid, [{ ...open, value, text, lookup }]);
  grid.refresh();
}

// Any number of edits as one batch, some at a time so that nobody's typing waits; `tell` says how
// many it were.
export async function putAll(grid, edits, tell) {
  const batch = ids.make();
  for (let at = 0, end; at < edits.length; at = end) {
    end = Math.min(at + AT_ONCE, edits.length);
    while (edits[end]?.id === edits[end - 1].id) end += 1; // a new row goes whole
    put(grid, edits.slice(at, end), batch);
    if (end === edits.length) break;
    grid.status.say(words.pasting(end, edits.length));
    grid.refresh();
    await new Promise((done) => setTimeout(done, 20));
  }
  grid.status.say(tell(edits.length));
  grid.refresh();
}

// Edits of one batch: what is undone together.
export function put(grid, edits, together) {
  const { store, undo } = grid;
  const first = outbox.adding(store.box, store.register, edits[0].id);
  const batch = together || (edits.length === 1 && first && !first.sent ? first.batch : ids.make());
  const fresh = new Map();
  undos.note(undo, batch);
  for (const edit of edits) {
    if (edit.column.editor === 'reference' && !edit.lookup && edit.value !== null) {
      store.labels[edit.value] = edit.text;
    }
    if (stores.known(store, edit.id)) acts.write(store.box, cellOf(grid, edit, batch));
    else fresh.set(edit.id, [...(fresh.get(edit.id) || []), edit]);
  }
  for (const [id, some] of fresh) begin(grid, id, some, batch);
  if (fresh.size) stores.tell(store, 'order');
}

function cellOf(grid, { id, column, value, text, before, seen, lookup, upon }, batch) {
  const { store } = grid;
  const { name, label, masked } = column;
  const row = name === store.about.all[0].name && text ? text : nameOf(grid, id);
  return {
    register: store.register, area: store.area, id, name, value, text, before, seen, batch, lookup, upon, masked,
    reference: column.editor === 'reference',
    said: said(grid, row, label),
  };
}

// How an entry is spoken of, also on the page of another register.
export const said = ({ store }, row, column) => ({ register: store.about.label, row, column });

function begin(grid, id, edits, batch) {
  const { store } = grid;
  const filled = edits.filter(({ value }) => value !== null);
  if (!filled.length) return;
  const values = Object.fromEntries(filled.map(({ column, value }) => [column.name, value]));
  const lookups = Object.fromEntries(filled.filter((e) => e.lookup).map((e) => [e.column.name, e.text]));
  const picked = filled.filter(({ column, lookup }) => column.editor === 'reference' && !lookup);
  stores.begin(store, id);
  acts.add(store.box, {
    register: store.register, area: store.area, id, values, lookups, batch,
    shown: Object.fromEntries(picked.map(({ value, text }) => [value, text])),
    required: columns.required(store.about.all).map(({ name, label }) => ({ name, label })),
    said: said(grid, values[store.about.all[0].name] || words.newRow, words.newRow),
  });
}

// An edit of a cell as it stands now.
export function editOf(grid, id, column, value, text, lookup = false) {
  const { store } = grid;
  return {
    id, column, value, text, lookup,
    before: stores.truth(store, id, column.name),
    seen: stores.seen(store, id, column.name),
  };
}

// Empties the selected cells.
export async function clear(grid) {
  const { store, selection } = grid;
  const { top, bottom, left, right } = selections.range(selection);
  const end = Math.min(bottom, stores.length(store) - 1);
  if ((end - top + 1) * (right - left + 1) > CELLS) return grid.status.say(words.tooMany(CELLS));
  if (!(await pages.all(store, top, end))) return grid.status.say(words.notLoaded);
  const edits = [];
  for (let row = top; row <= end; row += 1) {
    const id = stores.idAt(store, row);
    for (const column of store.about.columns.slice(left, right + 1)) {
      const full = !columns.missing(stores.cell(store, id, column.name).value);
      if (full && !forbids(grid, id, column)) edits.push(editOf(grid, id, column, null, ''));
    }
  }
  const why = forbids(grid, selection.id, selections.active(selection));
  if (!edits.length) return why ? grid.status.say(why) : undefined;
  return putAll(grid, edits, words.cleared);
}

// Space on a yes-or-no cell turns it round.
export function turn(grid) {
  const { store, selection } = grid;
  const column = selections.active(selection);
  const id = stores.idAt(store, selection.row);
  const why = forbids(grid, id, column);
  if (why) return grid.status.say(why);
  const yes = stores.cell(store, id, column.name).value !== true;
  put(grid, [editOf(grid, id, column, yes, yes ? words.yes : words.no)]);
  return grid.refresh();
}

// One step back or forward; then to where it happened.
export async function step(grid, forward) {
  const { store } = grid;
  const { said: told, ids: touched, name, seq } = await undos.step(grid.undo, forward);
  grid.status.say(told);
  sweep(grid, touched);
  if (seq) await grid.look();
  const at = touched.length ? stores.indexOf(store, touched[0]) : -1;
  const col = store.about.columns.findIndex((column) => column.name === name);
  if (at >= 0) grid.goto(at, col < 0 ? grid.selection.col : col);
  if (touched.length) grid.changed(seq);
}

// Drafts that an undo took away leave the sheet, those that a redo brought back enter it.
function sweep(grid, touched) {
  const { store } = grid;
  for (const id of touched) {
    if (outbox.adding(store.box, store.register, id)) stores.bring(store, id);
    else if (store.added.includes(id) && !store.rows.has(id)) stores.remove(store, id);
  }
  stores.tell(store, 'order');
}
