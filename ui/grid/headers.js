// The header: names of the columns, what is required, by what rows are sorted and filtered.

import { button, el, set } from './dom.js';
import * as menus from './menu.js';
import * as words from './words.js';

export function draw(view, shown) {
  const { head, layout } = view;
  const nodes = [view.corner, ...shown.map((i) => header(view, i))];
  view.corner.style.width = `${layout.number}px`;
  // What stays is not touched: a press on it that began before counts.
  if (String(nodes.map((node) => node.column)) !== head.said) head.replaceChildren(...nodes);
  head.said = String(nodes.map((node) => node.column));
  head.style.width = `${layout.total}px`;
}

export const corner = () => el('div.cell number corner', words.number, { role: 'columnheader', 'aria-colindex': 1 });

function header(view, i) {
  const { layout, grid, heads } = view;
  const { sort, filters, about } = grid.store;
  const column = about.columns[i];
  const node = (heads[column.name] ||= blank(grid, column));
  const sorted = parts(sort).findIndex((one) => bare(one) === column.name);
  const down = parts(sort)[sorted] !== column.name;
  const filtered = filters[column.name]?.said;
  set(node, {
    className: `cell${i ? '' : ' name'}${column.sortable ? ' sortable' : ''}`,
    'aria-colindex': i + 2,
    'aria-sort': sorted ? 'none' : down ? 'descending' : 'ascending', // of several only the first
  });
  node.dataset.col = i;
  node.order.className = sorted < 0 ? '' : 'order';
  node.order.textContent = sorted < 0 ? '' : (down ? '▼' : '▲') + (parts(sort)[1] ? sorted + 1 : '');
  set(node.more, {
    className: `more${filtered ? ' order' : ''}`,
    textContent: filtered ? words.isFiltered : '▾',
    'aria-label': words.menu(filtered),
  });
  node.style.width = `${layout.widths[i]}px`;
  node.style.left = `${i ? layout.lefts[i] : layout.number}px`;
  return node;
}

function blank(grid, column) {
  const must = column.required ? el('span.must', '*', { 'aria-label': words.lacks }) : [];
  const order = el('span');
  const more = button('', () => menus.open(grid, node.dataset.col), '', { tabIndex: -1 });
  const node = el('div', el('span.label', column.label), must, order, more, el('span.edge'), {
    role: 'columnheader', title: column.help || column.label,
  });
  node.dataset.sort = column.sortable ? column.name : '';
  return Object.assign(node, { column: column.name, order, more });
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
