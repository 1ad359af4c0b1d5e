// The menu of a column: sort, filter, place and width; and the panel with all columns.

import { button, el } from './dom.js';
import * as filters from './filter.js';
import * as headers from './headers.js';
import * as looks from './look.js';
import * as popups from './popup.js';
import * as words from './words.js';

export function open(grid, col) {
  const column = grid.store.about.columns[col];
  if (!column) return false;
  const anchor = grid.view.head.querySelector(`[data-col="${col}"]`) || grid.view.head;
  const popup = popups.open(grid, column.label, anchor);
  if (column.sortable) popup.body.append(sorting(grid, column, popup));
  if (column.masked) popup.body.append(el('p', { textContent: words.maskedColumn }));
  else popup.body.append(filters.form(grid, column, popup.close));
  popup.body.append(placing(grid, column, col, popup));
  popup.show();
  return true;
}

const group = (label, ...parts) =>
  el('div', { className: 'buttons', role: 'group', 'aria-label': label }, ...parts);

function sorting(grid, { name }, popup) {
  const { sort } = grid.store;
  const among = el('input', { type: 'checkbox', checked: headers.parts(sort).includes(name) });
  const others = headers.parts(sort).some((one) => headers.bare(one) !== name);
  const act = (label, turn) => button(label, () => {
    popup.close();
    grid.sortBy(headers.put(sort, name, turn, among.checked));
  }, { 'aria-pressed': String(turn !== '' && headers.parts(sort).includes(turn)) });
  const node = group(words.sort, act(words.up, name), act(words.down, `-${name}`), act(words.unsorted, ''));
  if (others) node.append(el('label', { className: 'option' }, among, words.among));
  return node;
}

function placing(grid, column, col, popup) {
  const act = (label, deed) => button(label, () => {
    popup.close();
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
  const popup = popups.open(grid, words.columns, anchor);
  const list = el('div', { className: 'values', role: 'group', 'aria-label': words.columns });
  for (const column of store.about.all) {
    const box = el('input', { type: 'checkbox', checked: looks.shown(store, column) });
    box.onchange = () => {
      looks.show(grid, column, box.checked);
      box.checked = looks.shown(store, column); // the last one stays
    };
    list.append(el('label', { className: 'option' }, box, column.label));
  }
  const back = button(words.usual, () => {
    popup.close();
    looks.reset(grid);
  });
  popup.body.append(list, el('div', { className: 'buttons' }, back));
  popup.show();
}
