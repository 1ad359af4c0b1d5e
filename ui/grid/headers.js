// The header: names of the columns, what is required, and the order by which rows are sorted.

import { el } from './dom.js';
import { words } from './words.js';

export function draw(view, shown) {
  const { head, layout, grid } = view;
  const corner = el('div', { className: 'cell number corner', role: 'columnheader', title: words.number });
  corner.style.width = `${layout.number}px`;
  corner.setAttribute('aria-colindex', 1);
  head.replaceChildren(corner, ...shown.map((i) => header(view, grid.store.about.columns[i], i)));
  head.style.width = `${layout.total}px`;
}

function header(view, column, i) {
  const { layout, grid } = view;
  const turned = { [column.name]: 'ascending', [`-${column.name}`]: 'descending' }[grid.store.sort];
  const node = el('div', {
    className: `cell${i ? '' : ' name'}${column.sortable ? ' sortable' : ''}`,
    role: 'columnheader',
    title: column.help || column.label,
    'aria-colindex': i + 2,
    'aria-sort': turned || 'none',
  });
  node.dataset.sort = column.sortable ? column.name : '';
  node.append(el('span', { className: 'label', textContent: column.label }));
  if (column.required) node.append(el('span', { className: 'must', textContent: '*', 'aria-label': '必填' }));
  if (turned) node.append(el('span', { className: 'order', textContent: turned === 'ascending' ? '▲' : '▼' }));
  node.style.width = `${layout.widths[i]}px`;
  node.style.left = `${i ? layout.lefts[i] : layout.number}px`;
  return node;
}

// The next order of a column: up, down, as it was.
export const next = (sort, name) => ({ [name]: `-${name}`, [`-${name}`]: '' })[sort] ?? name;
