// The menu of a column: sort, filter, place and width; and the panel with all columns.

import { button, buttons, el } from './dom.js';
import * as filters from './filter.js';
import * as headers from './headers.js';
import * as looks from './look.js';
import * as popups from './popup.js';
import * as words from './words.js';

export function open(grid, col) {
  const column = grid.store.about.columns[col];
  if (!column) return false;
  const anchor = grid.view.head.querySelector(`[data-col="${col}"]`) || grid.view.head;
  popups.open(grid, column.label, anchor,
    (close) => (column.sortable ? sorting(grid, column, close) : []),
    (close) => (column.masked ? el('p', words.maskedColumn) : filters.form(grid, column, close)),
    (close) => placing(grid, column, Number(col), close));
  return true;
}

const group = (label, ...parts) => buttons({ role: 'group', 'aria-label': label }, ...parts);

function sorting(grid, { name }, close) {
  const { sort } = grid.store;
  const parts = headers.parts(sort);
  const among = el('input', { type: 'checkbox', checked: parts.includes(name) });
  const act = (label, turn) => button(label, () => {
    close();
    grid.sortBy(headers.put(sort, name, turn, among.checked));
  }, '', { 'aria-pressed': parts.includes(turn) });
  const others = parts.some((one) => headers.bare(one) !== name);
  return group(words.sort, act(words.up, name), act(words.down, `-${name}`), act(words.unsorted, ''),
    others ? el('label.option', among, words.among) : []);
}

function placing(grid, column, col, close) {
  const act = (label, deed) => button(label, () => {
    close();
    deed();
    grid.show();
  });
  const wider = (label, by) => button(label, () => looks.widen(grid, column, column.width + by));
  return group(words.columns,
    act(words.toLeft, () => looks.move(grid, col, col - 1)),
    act(words.toRight, () => looks.move(grid, col, col + 1)),
    wider(words.narrower, -24), wider(words.wider, 24),
    act(words.fit, () => looks.fit(grid, column)),
    act(words.hide, () => looks.show(grid, column, false)));
}

// All columns, those in sight ticked.
export function all(grid, anchor) {
  const { store } = grid;
  const option = (column) => {
    const box = el('input', { type: 'checkbox', checked: looks.shown(store, column) });
    box.onchange = () => {
      looks.show(grid, column, box.checked);
      box.checked = looks.shown(store, column); // the last one stays
    };
    return el('label.option', box, column.label);
  };
  const list = el('div.values', { role: 'group', 'aria-label': words.columns }, store.about.all.map(option));
  const usual = (close) => buttons(button(words.usual, () => {
    close();
    looks.reset(grid);
  }));
  popups.open(grid, words.columns, anchor, () => list, usual);
}
