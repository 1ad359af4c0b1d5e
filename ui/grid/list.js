// The drop-down under the open cell: choices of a column, or names found by the server.

import * as columns from './columns.js';
import { el } from './dom.js';
import * as editors from './editor.js';
import * as initials from './initials.js';
import * as views from './view.js';
import * as words from './words.js';

const PAUSE = 150; // ms of quiet before the server is asked for names

export function make(editor) {
  const node = el('div.list', { role: 'listbox', id: 'choices', hidden: true, 'aria-label': words.choose });
  const list = { editor, node, column: null, items: [], at: -1, chosen: [], moved: false, turn: 0 };
  // The pen keeps the focus: a press on the list must not take it.
  node.onpointerdown = (event) => event.preventDefault();
  return list;
}

export const shown = (list) => list.column !== null;
const multiple = (list) => list.column?.editor === 'choices';
const remote = (list) => list.column?.editor === 'reference';

export function show(list, column, value, text) {
  Object.assign(list, { column, value, moved: false, dirty: false, at: -1, items: [] });
  list.chosen = column.editor === 'choices' ? columns.parts(value) : [];
  list.node.hidden = false;
  list.node.setAttribute('aria-multiselectable', multiple(list));
  list.editor.pen.setAttribute('aria-controls', 'choices');
  list.query = null;
  filter(list, text);
}

export function hide(list) {
  if (!list.column) return;
  list.column = null;
  list.turn += 1;
  list.node.hidden = true;
  list.editor.pen.setAttribute('aria-activedescendant', 'active-cell');
}

export function filter(list, text) {
  if (!shown(list)) return;
  // The text with which a cell was opened is what stands there, not a search.
  const query = text === list.editor.open?.text ? '' : text.trim();
  if (query === list.query) return;
  list.query = query;
  if (remote(list)) return look(list, query);
  const rank = ({ label }) => initials.rank(label, query);
  const fitting = columns.options(list.column).filter((one) => rank(one) < 3);
  return fill(list, fitting.sort((one, other) => rank(one) - rank(other)));
}

function look(list, query) {
  const turn = (list.turn += 1);
  if (!list.items.length) say(list, words.looking);
  list.at = -1; // what was found for other text must not be taken for this
  clearTimeout(list.timer);
  list.timer = setTimeout(async () => {
    const { store } = list.editor.grid;
    const asked = { register: store.register, field: list.column?.name, area: store.area, q: query };
    try {
      const { choices } = await store.server.get('/choices', asked);
      if (turn === list.turn) fill(list, choices.map(({ id, label }) => ({ value: id, label })));
    } catch {
      if (turn === list.turn) say(list, words.failed());
    }
  }, query ? PAUSE : 0);
}

function fill(list, fitting) {
  const optional = !list.column.required && !columns.missing(list.value) && !list.query;
  list.items = optional && !multiple(list) ? [{ value: null, label: words.clear }, ...fitting] : fitting;
  const current = list.items.findIndex((item) => columns.same(item.value, list.value));
  list.at = list.query ? (fitting.length ? 0 : -1) : Math.max(current, -1);
  if (!list.items.length) return say(list, words.noMatch);
  return paint(list);
}

function say(list, text) {
  list.items = [];
  list.node.replaceChildren(el('div.none', text));
}

function paint(list) {
  list.node.replaceChildren(...list.items.map((item, i) => option(list, item, i)));
  list.node.children[list.at]?.scrollIntoView({ block: 'nearest' });
  const id = list.at >= 0 ? `choice-${list.at}` : 'active-cell';
  list.editor.pen.setAttribute('aria-activedescendant', id);
}

function option(list, item, i) {
  const ticked = multiple(list) ? list.chosen.includes(item.value) : columns.same(item.value, list.value);
  return el(`div.option${i === list.at ? ' at' : ''}`, el('span.tick', ticked ? '✓' : ''), el('span', item.label), {
    role: 'option', id: `choice-${i}`, 'aria-selected': ticked, onclick: () => click(list, i),
  });
}

export function move(list, by) {
  if (!list.items.length) return;
  list.at = (list.at + by + list.items.length) % list.items.length;
  list.moved = true;
  paint(list);
}

// Space or a click in a list of several choices ticks one and leaves the list open.
export function toggle(list) {
  const item = list.items[list.at];
  if (!multiple(list) || !item) return false;
  const has = list.chosen.includes(item.value);
  list.chosen = has ? list.chosen.filter((one) => one !== item.value) : [...list.chosen, item.value];
  list.dirty = true;
  list.editor.pen.value = list.editor.open.text;
  list.query = '';
  const { value } = item;
  fill(list, columns.options(list.column));
  list.at = list.items.findIndex((one) => one.value === value);
  paint(list);
  return true;
}

function click(list, at) {
  list.at = at;
  list.moved = true;
  if (toggle(list)) return;
  const { editor } = list;
  editors.commit(editor);
  editor.grid.refresh();
}

// What committing means: {value, label}, or null where the text itself is to be stored.
export function taken(list, text) {
  if (!shown(list)) return null;
  const item = list.items[list.at];
  const searching = text.trim() !== '' && text !== list.editor.open?.text;
  if (multiple(list)) {
    if (searching && item && !list.dirty) list.chosen = [...new Set([...list.chosen, item.value])];
    if (!list.dirty && !(searching && item)) return null;
    const value = columns.joined(list.column, list.chosen);
    return { value, label: value || '', lookup: false };
  }
  if (!item || !(list.moved || searching)) return null;
  return { value: item.value, label: item.value === null ? '' : item.label, lookup: false };
}

export function place(list, box) {
  if (!shown(list)) return;
  list.node.style.minWidth = `${Math.max(box.width, 140)}px`;
  views.beside(list.node, list.editor.grid.stage, box, 180);
}
