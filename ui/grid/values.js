// The values of a column to be ticked, with how many rows have each; none ticked asks for all.

import * as columns from './columns.js';
import { button, buttons, el, side } from './dom.js';
import * as filters from './filter.js';
import * as initials from './initials.js';
import * as stores from './store.js';
import * as words from './words.js';

const PAUSE = 200; // ms of quiet before the server is asked

export function part(grid, column, had) {
  const { labels } = grid.store;
  const ticked = new Map([...had].map((value) => [value, named(column, value, labels)]));
  const node = el('div.values', words.loading, { role: 'group', 'aria-label': words.values });
  const search = el('input.search', { type: 'search', placeholder: words.searchValues });
  const list = { grid, column, ticked, node, whole: [], shown: [], more: false, most: false, turn: 0 };
  search.oninput = () => look(list, search.value.trim());
  const tick = (label, on) => button(label, () => {
    list.shown.forEach((item) => mark(list, item, on));
    paint(list);
  });
  ask(list, '');
  return { nodes: [search, buttons(tick(words.all, true), tick(words.none, false)), node], read: () => read(list) };
}

const named = (column, value, labels) => columns.show(column, value, labels) || words.emptyValue;
const mark = ({ ticked }, { value, label }, on) => (on ? ticked.set(value, label) : ticked.delete(value));

// What the server has told whole is searched here, by pinyin initials too.
function look(list, text) {
  clearTimeout(list.timer);
  if (list.most) list.timer = setTimeout(() => ask(list, text), PAUSE);
  else paint(list, list.whole.filter(({ label }) => initials.fits(label, text)));
}

async function ask(list, text) {
  const { grid: { store }, column } = list;
  const { register, area, q } = store;
  const turn = (list.turn += 1);
  const where = JSON.stringify(stores.asked({ ...store, filters: filters.without(store, column) }));
  try {
    const told = await store.server.get('/values', { register, area, field: column.name, q, where, search: text });
    if (turn !== list.turn) return;
    paint(list, told.values.map((one) => ({ ...one, label: one.label || named(column, one.value, store.labels) })), told.more);
    if (!text) Object.assign(list, { whole: list.shown, most: told.more });
  } catch (error) {
    list.node.textContent = words.failed(error.reason);
  }
}

function paint(list, shown = list.shown, more = list.more) {
  Object.assign(list, { shown, more });
  list.node.replaceChildren(...shown.map((item) => option(list, item)), more ? words.someMore : '');
}

function option(list, item) {
  const box = el('input', { type: 'checkbox', checked: list.ticked.has(item.value) });
  box.onchange = () => mark(list, item, box.checked);
  return el('label.option', box, item.label, side(words.figure(item.count)));
}

function read({ ticked, most, whole, column }) {
  if (!ticked.size || (!most && ticked.size === whole.length)) return null;
  return filters.asking(column, 'in', [...ticked.keys()], words.asked.in([...ticked.values()]));
}
