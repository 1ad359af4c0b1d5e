// The keyboard: what each key does on a selected cell and in an open one.

import * as actions from './actions.js';
import * as calendars from './calendar.js';
import * as editors from './editor.js';
import * as fill from './fill.js';
import * as lists from './list.js';
import * as panels from './panel.js';
import * as menus from './menu.js';
import * as problems from './problems.js';
import * as selections from './selection.js';
import * as steps from './steps.js';
import * as stores from './store.js';
import * as views from './view.js';
import * as words from './words.js';

export function listen(grid) {
  grid.editor.pen.addEventListener('keydown', (event) => {
    // While an input method composes, keys are its own: 229 is how older browsers say so.
    if (event.isComposing || event.keyCode === 229 || !grid.store.about) return;
    const handled = grid.editor.open ? writing(grid, event) : moving(grid, event);
    if (handled) event.preventDefault();
  });
  // Streamlit listens on the document for keys of its own (r, c): they are not for it.
  for (const name of ['keydown', 'keyup', 'keypress']) {
    grid.root.addEventListener(name, (event) => event.stopPropagation());
  }
}

// Undo and redo also where nothing on the page that is written into has the focus, as after a
// switch of register.
export function anywhere(grid, event) {
  const [at] = event.composedPath();
  const undoing = /^[zy]$/i.test(event.key) && (event.ctrlKey || event.metaKey);
  const written = at.closest?.('input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]');
  if (!undoing || written || event.defaultPrevented || !grid.store.about) return;
  event.preventDefault();
  command(grid, event);
  editors.focus(grid.editor);
}

// — in an open cell —

function writing(grid, event) {
  const { editor } = grid;
  const { key, altKey, shiftKey } = event;
  if (lists.shown(editor.list) && choosing(editor, event)) return true;
  if (key === 'F4' || (altKey && key === 'ArrowDown')) return unfold(editor);
  if (!altKey && calendars.shown(editor.calendar) && calendars.key(editor.calendar, event)) return true;
  if (key === 'Escape') return steps.done(grid, () => editors.cancel(editor));
  if (key === 'Enter' && altKey && editor.open.column.multiline) return newline(editor);
  if (key === 'Enter') return leave(grid, () => selections.enter(grid.selection, shiftKey));
  if (key === 'Tab') return leave(grid, () => selections.tab(grid.selection, shiftKey));
  const typing = editor.open.mode === 'type';
  if (typing && steps.ARROWS[key] && !shiftKey) return leave(grid, () => steps.step(grid, steps.ARROWS[key], false));
  return false;
}

function unfold({ open, calendar }) {
  if (open.column.editor === 'date') calendars.show(calendar);
  return true;
}

function choosing(editor, { key }) {
  if (key === 'ArrowDown' || key === 'ArrowUp') {
    lists.move(editor.list, key === 'ArrowDown' ? 1 : -1);
    return true;
  }
  return key === ' ' && lists.toggle(editor.list);
}

function newline({ pen }) {
  pen.setRangeText('\n', pen.selectionStart, pen.selectionEnd, 'end');
  pen.dispatchEvent(new Event('input'));
  return true;
}

function leave(grid, move) {
  editors.commit(grid.editor);
  return steps.done(grid, move);
}

// — on a selected cell —

function moving(grid, event) {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  if (ctrlKey || metaKey) return command(grid, event);
  if (altKey) return key === 'ArrowDown' ? open(grid) : key === 'ArrowUp' && menus.open(grid, grid.selection.col);
  if (steps.ARROWS[key]) return steps.done(grid, () => steps.step(grid, steps.ARROWS[key], shiftKey));
  if (key === 'Tab') return leaveByTab(grid, shiftKey);
  grid.leaving = false;
  const act = PLAIN[key];
  if (act) return act(grid, shiftKey) !== false;
  if (key === ' ') return space(grid, shiftKey);
  if (key.length === 1) prepare(grid);
  return false;
}

const PLAIN = {
  Enter: (grid, shift) => steps.done(grid, () => selections.enter(grid.selection, shift)),
  F2: (grid, shift) => (shift ? grid.side('talk') : open(grid)),
  F4: (grid) => open(grid),
  Escape: (grid) => escape(grid),
  Delete: (grid) => actions.clear(grid),
  Backspace: (grid) => actions.clear(grid),
  Home: (grid, shift) => steps.jump(grid, 0, -Infinity, shift),
  End: (grid, shift) => steps.jump(grid, 0, Infinity, shift),
  PageUp: (grid, shift) => steps.jump(grid, 0 - views.pageful(grid.view), 0, shift),
  PageDown: (grid, shift) => steps.jump(grid, views.pageful(grid.view), 0, shift),
};

function command(grid, { key, shiftKey }) {
  const { selection } = grid;
  if (steps.ARROWS[key]) return steps.toEdge(grid, steps.ARROWS[key], shiftKey);
  const act = {
    Home: () => steps.jump(grid, -Infinity, -Infinity, shiftKey),
    End: () => steps.jump(grid, stores.length(grid.store) - 1 - steps.end(selection, shiftKey)[0], Infinity, shiftKey),
    ' ': () => steps.whole(grid, selections.upright),
    a: () => steps.whole(grid, selections.everything),
    d: () => fill.along(grid, false),
    r: () => fill.along(grid, true),
    z: () => actions.step(grid, shiftKey),
    y: () => actions.step(grid, true),
    f: () => grid.bar.search.focus(),
    h: () => shiftKey && grid.side('cell'),
    s: () => grid.status.say(grid.status.word),
  }[key.length > 1 ? key : key.toLowerCase()];
  if (act) act();
  return Boolean(act);
}

function open(grid) {
  editors.edit(grid.editor);
  grid.refresh();
  return true;
}

function escape(grid) {
  if (!grid.problems.node.hidden) problems.toggle(grid.problems);
  if (!grid.panel.node.hidden) return panels.shut(grid.panel);
  selections.goto(grid.selection, grid.selection.row, grid.selection.col);
  grid.leaving = true;
  grid.status.say(words.leaving);
  grid.show();
}

// Tab walks the cells; after Escape it walks on out of the grid, so that nobody is caught in it.
function leaveByTab(grid, back) {
  if (grid.leaving) return (grid.leaving = false);
  return steps.done(grid, () => selections.tab(grid.selection, back));
}

function space(grid, shifted) {
  const { row, endRow } = grid.selection;
  if (shifted) return steps.whole(grid, (selection) => selections.rows(selection, row, endRow));
  const column = selections.active(grid.selection);
  if (column?.editor === 'yes_no') {
    actions.turn(grid);
    return true;
  }
  prepare(grid);
  return false;
}

// A key that will write: the cell must be in sight, and the pen ready also after a tap.
function prepare(grid) {
  grid.editor.pen.readOnly = false;
  views.reveal(grid.view, grid.selection.row, grid.selection.col);
  editors.place(grid.editor);
}
