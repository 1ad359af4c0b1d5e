// How a person likes the columns of a register: their order, which are hidden, how wide they are.
// `about.all` has them in that order, `about.columns` only those in sight.

import * as columns from './columns.js';
import * as editors from './editor.js';
import * as selections from './selection.js';
import * as stores from './store.js';
import * as views from './view.js';

const PAUSE = 800; // ms of quiet before it is kept
const AGAIN = 20000; // ms until it is tried again where no answer came
const LEAST = 48;
const MOST = 600;
const liked = new Map(); // by person and register: the pages of all areas look alike

function of({ box, register, about }) {
  const key = `${box.user}/${register}`;
  if (!liked.has(key)) liked.set(key, { order: [], hidden: [], widths: {}, ...about.look });
  return liked.get(key);
}

export function apply(store) {
  const { about } = store;
  const { order, hidden, widths } = of(store);
  about.usual ||= about.columns.map(({ name, width }) => [name, width]);
  const known = new Map((about.all || about.columns).map((column) => [column.name, column]));
  const sorted = [...new Set(order)].filter((name) => known.has(name));
  // A column that came later stands behind the one behind which it stands by default.
  about.usual.forEach(([name, width], i) => {
    known.get(name).width = widths[name] || width;
    if (!sorted.includes(name)) sorted.splice(sorted.indexOf(about.usual[i - 1]?.[0]) + 1, 0, name);
  });
  about.all = sorted.map((name) => known.get(name));
  const seen = about.all.filter(({ name }) => !hidden.includes(name));
  about.columns = seen.length ? seen : about.all;
}

function change(grid, changes) {
  const { store, selection } = grid;
  editors.commit(grid.editor);
  const active = selections.active(selection);
  Object.assign(of(store), changes);
  apply(store);
  const col = store.about.columns.indexOf(active);
  selections.goto(selection, selection.row, col < 0 ? selection.col : col);
  keep(store, of(store), PAUSE);
  views.redraw(grid.view);
  grid.refresh();
}

function keep(store, look, pause) {
  const { register, server } = store;
  clearTimeout(look.timer);
  const timer = setTimeout(() => {
    const { order, hidden, widths } = look;
    const kept = server.put(`/preferences?name=grid-${register}`, { value: { order, hidden, widths } });
    kept.catch(({ status }) => status || keep(store, look, AGAIN));
  }, pause);
  Object.assign(look, { timer });
}

export const shown = ({ about }, column) => about.columns.includes(column);

export function show(grid, { name }, visible = true) {
  const { store } = grid;
  const others = of(store).hidden.filter((one) => one !== name);
  if (!visible && store.about.columns.length === 1) return;
  change(grid, { hidden: visible ? others : [...others, name] });
}

// A column takes the place of another in sight, which gives way.
export function move(grid, from, to) {
  const { columns: seen, all } = grid.store.about;
  if (!seen[to] || from === to) return;
  const order = all.map(({ name }) => name).filter((name) => name !== seen[from].name);
  order.splice(order.indexOf(seen[to].name) + (to > from ? 1 : 0), 0, seen[from].name);
  change(grid, { order });
}

export function widen(grid, { name }, width) {
  const fitting = Math.round(Math.max(LEAST, Math.min(width, MOST)));
  change(grid, { widths: { ...of(grid.store).widths, [name]: fitting } });
}

// As wide as the widest of what is loaded.
export function fit(grid, column) {
  const { store, view } = grid;
  const ruler = document.createElement('canvas').getContext('2d');
  const { fontSize, fontFamily } = getComputedStyle(view.sheet);
  ruler.font = `${fontSize} ${fontFamily}`;
  const texts = [...store.rows.keys()].map((id) =>
    columns.show(column, stores.cell(store, id, column.name).value, store.labels),
  );
  const widths = texts.map((text) => ruler.measureText(text).width + 20);
  widen(grid, column, Math.max(ruler.measureText(column.label).width + 56, ...widths));
}

export const reset = (grid) => change(grid, { order: [], hidden: [], widths: {} });
