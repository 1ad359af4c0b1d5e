// The pen: one text area that always has the focus and lies over the active cell, so that an
// input method composes in it, in place, from the first key on.

import * as actions from './actions.js';
import * as calendars from './calendar.js';
import * as columns from './columns.js';
import { el } from './dom.js';
import * as fill from './fill.js';
import * as lists from './list.js';
import * as outbox from './outbox.js';
import * as selections from './selection.js';
import * as stores from './store.js';
import * as views from './view.js';
import * as words from './words.js';

export function make(grid) {
  // All attributes are set here, before the first focus: changing one while an input method
  // begins to compose resets it, and the first key is lost to it.
  const pen = el('textarea.pen', {
    rows: 1, spellcheck: false, autocomplete: 'off', 'aria-label': words.cell,
    autocapitalize: 'off', enterKeyHint: 'next', 'aria-activedescendant': 'active-cell',
  });
  const editor = { grid, pen, open: null, composing: false, touch: false };
  editor.list = lists.make(editor);
  editor.calendar = calendars.make(editor);
  editor.follow = () => {
    place(editor);
    fill.place(grid);
  };
  pen.addEventListener('compositionstart', () => {
    editor.composing = true;
    editor.settled = pen.value;
    begin(editor, 'type');
  });
  pen.addEventListener('compositionend', () => {
    editor.composing = false;
    typed(editor);
  });
  pen.addEventListener('input', () => typed(editor));
  pen.addEventListener('focus', () => grid.root.classList.add('focused'));
  pen.addEventListener('blur', () => {
    grid.root.classList.remove('focused');
    commit(editor);
  });
  return editor;
}

export const focus = (editor) => editor.pen.focus({ preventScroll: true });

function typed(editor) {
  if (!editor.open && !editor.pen.value) return undefined;
  if (!begin(editor, 'type')) return undefined;
  if (!editor.composing) {
    editor.open.entered ||= editor.pen.value !== '';
    // A composition given up before anything was written must not empty the cell.
    if (!editor.open.entered && editor.open.mode === 'type') return cancel(editor);
    lists.filter(editor.list, editor.pen.value);
    calendars.follow(editor.calendar);
  }
  return place(editor);
}

// Opens the active cell. What is remembered now is what the typist sees now: the feed may change
// the row under an open editor, and an edit must be judged against what was seen.
export function begin(editor, mode) {
  if (editor.open) return true;
  const { grid, pen } = editor;
  const { store, selection } = grid;
  const id = stores.idAt(store, selection.row);
  const column = selections.active(selection);
  const why = actions.forbids(grid, id, column);
  if (why) {
    if (!editor.composing) pen.value = '';
    grid.status.say(why);
    return false;
  }
  selections.goto(selection, selection.row, selection.col);
  const { value, entry } = stores.cell(store, id, column.name);
  const text = columns.opening(column, value, store.labels);
  editor.open = {
    id, column, mode, value, text, upon: entry,
    before: stores.truth(store, id, column.name),
    seen: stores.seen(store, id, column.name),
    blank: id === store.blank,
  };
  if (mode === 'edit') pen.value = text;
  grid.root.classList.add('writing');
  pen.classList.add('open');
  if (columns.listed(column)) lists.show(editor.list, column, value, mode === 'type' ? pen.value : '');
  views.reveal(grid.view, selection.row, selection.col);
  grid.problems.note.hidden = true;
  if (column.masked && value !== null) grid.hint(words.maskedHint);
  place(editor);
  grid.refresh();
  return true;
}

// F2, a double click, a second tap: the cell with its text, the caret at its end.
export function edit(editor) {
  if (!begin(editor, 'edit')) return;
  if (editor.open.column.editor === 'date') calendars.show(editor.calendar);
  place(editor);
  editor.pen.setSelectionRange(editor.pen.value.length, editor.pen.value.length);
}

// On a phone the first tap selects and shows no keyboard; the second comes here.
export function tap(editor, again) {
  const { pen } = editor;
  const column = selections.active(editor.grid.selection);
  const typeable = again && column && !['choice', 'choices', 'yes_no'].includes(column.editor);
  if (pen.readOnly === typeable) {
    pen.blur();
    pen.readOnly = !typeable;
    pen.inputMode = column?.editor === 'number' ? 'decimal' : 'text';
  }
  // Here the browser may scroll: the keyboard is about to cover half the screen.
  if (typeable) pen.focus();
  else focus(editor);
  if (again) edit(editor);
}

// Stores what the open cell says, if it says something new; an open composition counts for nothing.
export function commit(editor) {
  const { open, pen, grid } = editor;
  if (!open) return;
  const text = editor.composing ? editor.settled : pen.value;
  const choice = lists.taken(editor.list, text);
  close(editor);
  if (choice) {
    actions.type(grid, open, choice.value, choice.label, choice.lookup);
  } else if (text !== open.text || open.entered) {
    if (open.column.masked && !text.trim()) return;
    const value = columns.read(open.column, text);
    actions.type(grid, open, value, text.trim(), open.column.editor === 'reference' && value !== null);
  }
}

export function cancel(editor) {
  close(editor);
}

function close(editor) {
  editor.open = null;
  lists.hide(editor.list);
  calendars.hide(editor.calendar);
  editor.pen.value = '';
  editor.pen.classList.remove('open');
  editor.grid.root.classList.remove('writing');
  editor.grid.problems.note.hidden = true;
  place(editor);
}

// The row being edited, if any: it must not go from under the typist.
export const holds = (editor, id) => editor.open?.id === id;

// Where others see this person to be.
export function seat({ grid, open }) {
  const { id } = grid.selection;
  const column = selections.active(grid.selection);
  if (!id || !column) return {};
  return { at: `${id}/${column.name}`, typing: Boolean(open) };
}

// Over the active cell; out of sight it waits at the edge, so that the browser scrolls nothing.
export function place(editor) {
  const { grid, pen } = editor;
  const { view, selection } = grid;
  const box = views.box(view, selection.row, selection.col);
  if (!box) return;
  const room = { width: view.pane.clientWidth, height: view.pane.clientHeight };
  const top = Math.max(view.height, Math.min(box.top, room.height - box.height));
  const left = selection.col ? Math.max(box.frozen, Math.min(box.left, room.width - 40)) : box.left;
  const style = { left: `${left}px`, top: `${top}px`, width: `${box.width}px`, height: `${box.height}px` };
  Object.assign(pen.style, style);
  if (editor.open) grow(pen, box, room, left, top);
  lists.place(editor.list, { ...box, left, top });
  calendars.place(editor.calendar, { ...box, left, top });
}

// Long text gets the room it needs, to the right first and then downwards.
function grow(pen, box, room, left, top) {
  pen.style.whiteSpace = 'pre';
  if (pen.scrollWidth > box.width) pen.style.width = `${Math.min(pen.scrollWidth + 16, room.width - left)}px`;
  pen.style.whiteSpace = '';
  if (pen.scrollHeight > box.height) pen.style.height = `${Math.min(pen.scrollHeight, room.height - top)}px`;
}

// Whether an entry of the outbox stands in the active cell with a problem.
export const trouble = (grid) => {
  const { store, selection } = grid;
  const column = selections.active(selection);
  if (!selection.id || !column) return null;
  const doomed = outbox.deleting(store.box, store.register, selection.id);
  const { entry } = stores.cell(store, selection.id, column.name);
  const add = outbox.adding(store.box, store.register, selection.id);
  return [doomed, entry, add].find((one) => one && ['refused', 'conflict'].includes(one.state)) || null;
};
