// One row of the sheet: its cells' words and marks, written only where they changed.

import * as columns from './columns.js';
import { el } from './dom.js';
import * as outbox from './outbox.js';
import * as selections from './selection.js';
import * as stores from './store.js';
import * as words from './words.js';

export function blank() {
  const number = el('div.cell number', { role: 'rowheader', 'aria-colindex': 1 });
  // One thing that stays in sight, not two: each is a layer of its own to the browser.
  const node = el('div.row', el('div.frozen', number, { role: 'presentation' }), { role: 'row' });
  return Object.assign(node, { cells: new Map(), number });
}

// While only the place of the sheet changes, what is on the screen already is left as it is.
export function row(view, node, index, shown) {
  const fresh = arrange(view, node, shown);
  const look = `${index}/${view.version}`;
  if (node.look !== look) whole(view, node, index, shown);
  else cells(view, node, index, fresh);
  node.look = look;
}

function whole(view, node, index, shown) {
  const { store, selection } = view.grid;
  const id = stores.idAt(store, index);
  const range = selections.range(selection);
  const state = rowState(store, id);
  write(node, `row ${state}${index % 2 ? ' odd' : ''}`);
  attribute(node, 'aria-rowindex', index + 2);
  node.style.width = `${view.layout.total}px`;
  number(view, node, index, id, index >= range.top && index <= range.bottom);
  cells(view, node, index, shown);
}

function cells(view, node, index, some) {
  const { store, selection } = view.grid;
  const id = stores.idAt(store, index);
  const range = selections.range(selection);
  const inside = index >= range.top && index <= range.bottom;
  for (const i of some) {
    const chosen = inside && i >= range.left && i <= range.right;
    const active = index === selection.row && i === selection.col;
    cell(store, node.cells.get(i), { id, index, i, chosen, active });
  }
}

function rowState(store, id) {
  if (!id) return 'loading';
  if (id === store.blank) return 'empty';
  if (outbox.deleting(store.box, store.register, id)) return 'leaving';
  return outbox.adding(store.box, store.register, id) ? 'draft' : '';
}

function number(view, node, index, id, inside) {
  const { number: box } = node;
  const text = id === view.grid.store.blank ? '＋' : String(index + 1);
  if (box.textContent !== text) box.textContent = text;
  box.style.width = `${view.layout.number}px`;
  box.dataset.row = index;
  write(box, `cell number${inside ? ' chosen' : ''}`);
}

// The elements for exactly the columns in sight: those of columns that went serve those that came,
// which are returned.
function arrange(view, node, shown) {
  const known = node.layout === view.layout;
  if (known && node.shown === view.shown) return [];
  Object.assign(node, { shown: view.shown, layout: view.layout });
  const left = [...node.cells].filter(([i]) => !shown.includes(i));
  left.forEach(([i]) => node.cells.delete(i));
  const fresh = shown.filter((i) => !known || !node.cells.has(i));
  for (const i of fresh) {
    const box = node.cells.get(i) || left.pop()?.[1] || node.appendChild(el('div', { role: 'gridcell' }));
    node.cells.set(i, box);
    settle(view, box, i);
  }
  left.forEach(([, box]) => box.remove());
  if (!known && node.cells.has(0)) node.number.after(node.cells.get(0));
  return fresh;
}

function settle(view, box, i) {
  const column = view.grid.store.about.columns[i];
  Object.assign(box, { column, was: null });
  box.dataset.col = i;
  box.dataset.name = column.name;
  attribute(box, 'aria-colindex', i + 2);
  box.style.width = `${view.layout.widths[i]}px`;
  box.style.left = `${i ? view.layout.lefts[i] : view.layout.number}px`;
}

function cell(store, box, { id, index, i, chosen, active }) {
  const { column } = box;
  const { value, entry } = id ? stores.cell(store, id, column.name) : { value: null, entry: null };
  const text = shown(store, id, column, value, entry, i);
  if (box.was !== text) {
    box.textContent = text;
    box.was = text;
  }
  const place = `${id}/${column.name}`;
  const mark = markOf(store, id, column, entry, place);
  const talk = store.comments.get(place);
  const seat = store.seats.get(place);
  const said = [talk !== undefined && words.commented(talk), seat && words.isHere(seat)];
  const title = [mark.title, ...said].filter(Boolean).join('，');
  write(box, kinds(column, i, chosen, active, mark, talk, seat));
  attribute(box, 'data-who', seat && words.label(seat));
  attribute(box, 'aria-label', title && `${text}，${title}`);
  attribute(box, 'aria-selected', chosen ? 'true' : 'false');
  attribute(box, 'aria-invalid', mark.kind === 'refused' || mark.kind === 'conflict' ? 'true' : null);
  attribute(box, 'title', title);
  attribute(box, 'id', active ? 'active-cell' : null);
  box.dataset.row = index;
}

function shown(store, id, column, value, entry, i) {
  if (id === store.blank) return i === 0 ? words.blank : '';
  if (entry?.kind === 'cell' && entry.lookup) return entry.text;
  return columns.show(column, value, store.labels);
}

const kinds = (column, i, chosen, active, mark, talk, seat) =>
  [
    'cell',
    i ? '' : 'name',
    column.editor === 'number' ? 'figure' : '',
    column.readonly ? 'fixed' : '',
    column.masked ? 'masked' : '',
    chosen ? 'chosen' : '',
    active ? 'active' : '',
    mark.kind,
    talk === undefined ? '' : talk ? 'talk' : 'talk done',
    seat ? 'seat' : '',
  ].filter(Boolean).join(' ');

const NO_MARK = { kind: '', title: '' };

function markOf(store, id, column, entry, place) {
  const flash = store.flashes.get(place);
  if (entry?.kind === 'add') return addMark(entry, column);
  if (entry?.state === 'refused') return { kind: 'refused', title: entry.reason };
  if (entry?.state === 'conflict') {
    return { kind: 'conflict', title: words.changedBy(entry.by?.who, entry.by?.when) };
  }
  if (entry) return { kind: 'saving', title: '' };
  if (flash) return { kind: 'flash', title: flash.mine ? '' : words.changedBy(flash.who) };
  const add = id && outbox.adding(store.box, store.register, id);
  return add ? addMark(add, column) : NO_MARK;
}

// In a new row: what is still to be filled in, or what it was refused for.
function addMark(entry, column) {
  const { name } = column;
  const lacking = entry.required.some((one) => one.name === name) && columns.missing(entry.values[name]);
  if (entry.state === 'refused' && (entry.field === name || !entry.field)) {
    return { kind: 'refused', title: entry.reason };
  }
  if (lacking) return { kind: 'lacking', title: '' };
  return entry.state === 'waiting' && name in entry.values ? { kind: 'saving', title: '' } : NO_MARK;
}

function write(node, className) {
  if (node.className !== className) node.className = className;
}

function attribute(node, name, value) {
  const text = value || value === 0 ? String(value) : null;
  if (node.getAttribute(name) === text) return;
  if (text === null) node.removeAttribute(name);
  else node.setAttribute(name, text);
}
