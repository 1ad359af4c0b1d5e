// The header: names of the columns, what is required, by what rows are sorted and filtered.

import { button, el } from './dom.js';
import * as menus from './menu.js';
import * as words from './words.js';

export function draw(view, shown) {
  const { head, layout, grid } = view;
  const corner = el('div', { className: 'cell number corner', role: 'columnheader', textContent: words.number });
  corner.style.width = `${layout.number}px`;
  corner.setAttribute('aria-colindex', 1);
  head.replaceChildren(corner, ...shown.map((i) => header(view, grid.store.about.columns[i], i)));
  head.style.width = `${layout.total}px`;
}

function header(view, column, i) {
  const { layout, grid } = view;
  const { sort, filters } = grid.store;
  const sorted = parts(sort).findIndex((one) => bare(one) === column.name);
  const down = parts(sort)[sorted] !== column.name;
  const node = el('div', {
    className: `cell${i ? '' : ' name'}${column.sortable ? ' sortable' : ''}`,
    role: 'columnheader',
    title: column.help || column.label,
    'aria-colindex': i + 2,
    'aria-sort': sorted ? 'none' : down ? 'descending' : 'ascending', // of several only the first
  });
  node.dataset.sort = column.sortable ? column.name : '';
  node.dataset.col = i;
  const sign = (className, text, more) => node.append(el('span', { className, textContent: text, ...more }));
  sign('label', column.label);
  if (column.required) sign('must', '*', { 'aria-label': '必填' });
  if (sorted >= 0) sign('order', (down ? '▼' : '▲') + (parts(sort)[1] ? sorted + 1 : ''));
  const filtered = filters[column.name]?.said;
  const more = button(filtered ? words.isFiltered : '▾', () => menus.open(grid, i), {
    className: `more${filtered ? ' order' : ''}`, tabIndex: -1, 'aria-label': words.menu(filtered),
  });
  node.append(more, el('span', { className: 'edge' }));
  node.style.width = `${layout.widths[i]}px`;
  node.style.left = `${i ? layout.lefts[i] : layout.number}px`;
  return node;
}

export const parts = (sort) => sort.split(',').filter(Boolean);
export const bare = (one) => one.replace('-', '');

// The order with another part for a column, alone or among those that there are.
export function put(sort, name, part, among) {
  const all = among ? parts(sort) : [];
  const at = all.findIndex((one) => bare(one) === name);
  all.splice(at < 0 ? all.length : at, 1, ...(part ? [part] : []));
  return all.join();
}

// After a click on a column: up, down, as it was.
export function next(sort, name, among) {
  const own = among || !sort.includes(',') ? parts(sort).find((one) => bare(one) === name) : '';
  return put(sort, name, own === name ? `-${name}` : own ? '' : name, among);
}
