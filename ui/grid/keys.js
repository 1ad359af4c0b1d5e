// The keyboard: what each key does on a selected cell and in an open one.

import * as actions from './actions.js';
import * as editors from './editor.js';
import * as lists from './list.js';
import * as selections from './selection.js';
import * as stores from './store.js';
import * as views from './view.js';
import { words } from './words.js';

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

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

// — in an open cell —

function writing(grid, event) {
  const { editor } = grid;
  const { key, altKey, shiftKey } = event;
  if (lists.shown(editor.list) && choosing(editor, event)) return true;
  if (key === 'Escape') return done(grid, () => editors.cancel(editor));
  if (key === 'Enter' && altKey && editor.open.column.multiline) return newline(editor);
  if (key === 'Enter') return leave(grid, () => selections.enter(grid.selection, shiftKey));
  if (key === 'Tab') return leave(grid, () => selections.tab(grid.selection, shiftKey));
  const typing = editor.open.mode === 'type';
  if (typing && ARROWS[key] && !shiftKey) return leave(grid, () => step(grid, ARROWS[key], false));
  return false;
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
  return done(grid, move);
}

function done(grid, move) {
  move();
  grid.show();
  return true;
}

// — on a selected cell —

function moving(grid, event) {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  if (ctrlKey || metaKey) return command(grid, event);
  if (altKey) return key === 'ArrowDown' && open(grid);
  if (ARROWS[key]) return done(grid, () => step(grid, ARROWS[key], shiftKey));
  if (key === 'Tab') return leaveByTab(grid, shiftKey);
  grid.leaving = false;
  const act = PLAIN[key];
  if (act) return act(grid, shiftKey) !== false;
  if (key === ' ') return space(grid);
  if (key.length === 1) prepare(grid);
  return false;
}

const PLAIN = {
  Enter: (grid, shift) => done(grid, () => selections.enter(grid.selection, shift)),
  F2: (grid) => open(grid),
  Escape: (grid) => escape(grid),
  Delete: (grid) => actions.clear(grid),
  Backspace: (grid) => actions.clear(grid),
  Home: (grid, shift) => jump(grid, grid.selection.row, 0, shift),
  End: (grid, shift) => jump(grid, grid.selection.row, Infinity, shift),
  PageUp: (grid, shift) => jump(grid, grid.selection.row - views.pageful(grid.view), grid.selection.col, shift),
  PageDown: (grid, shift) => jump(grid, grid.selection.row + views.pageful(grid.view), grid.selection.col, shift),
};

function command(grid, { key, shiftKey }) {
  const { row, col } = grid.selection;
  const ends = {
    ArrowUp: [0, col], ArrowDown: [Infinity, col], ArrowLeft: [row, 0], ArrowRight: [row, Infinity],
    Home: [0, 0], End: [Infinity, Infinity],
  };
  if (ends[key]) return jump(grid, ...ends[key], shiftKey);
  const act = {
    a: () => done(grid, () => selections.everything(grid.selection)),
    z: () => actions.step(grid, shiftKey),
    y: () => actions.step(grid, true),
    f: () => grid.bar.search.focus(),
    s: () => grid.status.say(grid.status.word),
  }[key.toLowerCase()];
  if (act) act();
  return Boolean(act);
}

function jump(grid, row, col, extend) {
  const last = stores.lines(grid.store) - 1;
  const { home } = grid.selection;
  return done(grid, () => {
    selections.goto(grid.selection, Math.min(row, last), col === Infinity ? 1e6 : col, extend);
    grid.selection.home = col === grid.selection.col ? home : null;
  });
}

function step(grid, [down, right], extend) {
  const { selection } = grid;
  selections.goto(selection, selection.row + down, selection.col + right, extend);
  selection.home = null;
}

function open(grid) {
  editors.edit(grid.editor);
  grid.refresh();
  return true;
}

function escape(grid) {
  if (!grid.problems.node.hidden) grid.problems.toggle();
  selections.goto(grid.selection, grid.selection.row, grid.selection.col);
  grid.leaving = true;
  grid.status.say(words.leaving);
  grid.show();
}

// Tab walks the cells; after Escape it walks on out of the grid, so that nobody is caught in it.
function leaveByTab(grid, back) {
  if (grid.leaving) return (grid.leaving = false);
  return done(grid, () => selections.tab(grid.selection, back));
}

function space(grid) {
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
