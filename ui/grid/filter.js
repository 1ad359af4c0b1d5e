// Filters by column: the form in a column's menu, what is asked for, the chips that say so.

import * as columns from './columns.js';
import { button, buttons, el, submit } from './dom.js';
import * as stores from './store.js';
import * as values from './values.js';
import * as words from './words.js';

const LONGEST = 4000; // signs of a question's filters

// Other filters; resolves to why they cannot be.
async function change(grid, filters) {
  const { store } = grid;
  const { filters: old } = store;
  if (JSON.stringify(stores.asked({ ...store, filters })).length > LONGEST) return words.tooManyValues;
  if (!store.q && !Object.keys(old).length) store.whole = stores.length(store);
  store.filters = filters;
  await grid.anew();
  grid.status.live.textContent = words.total(stores.length(store), store.about.unit);
  if (store.failure?.status !== 422) return '';
  const { reason } = store.failure;
  Object.assign(store, { filters: old, failure: null });
  await grid.anew();
  return reason;
}

export const without = ({ filters }, { name }) => {
  const { [name]: _, ...others } = filters;
  return others;
};

// One removable chip a filter.
export function chips(grid) {
  const { store } = grid;
  const made = Object.entries(store.filters).map(([name, { said }]) => {
    const column = stores.column(store, name);
    const text = `${column.label}：${said}`;
    const away = () => change(grid, without(store, column));
    return button(`${text} ×`, away, 'chip', { 'aria-label': words.unfilter(text) });
  });
  if (made.length) made.push(button(words.unfilterAll, () => change(grid, {}), 'link'));
  return made;
}

// The form of a column's filter; `done` is called once it is what is asked for.
export function form(grid, column, done) {
  const { store } = grid;
  const where = store.filters[column.name]?.where || [];
  const had = (op) => where.find((one) => one.op === op)?.value ?? '';
  const { nodes, read } = columns.listed(column) ? values.part(grid, column, had('in')) : typed(column, had);
  const kinds = ['any', 'empty', 'filled'].map((op) =>
    el('option', words.ops[op], { value: op, selected: where[0]?.op === op }));
  const only = el('select.search', kinds, { 'aria-label': words.only });
  const why = el('p.why', { role: 'alert' });
  const apply = async (found) => {
    const others = without(store, column);
    const reason = await change(grid, found ? { ...others, [column.name]: found } : others);
    why.textContent = reason;
    if (!reason) done();
  };
  const both = buttons(submit(words.filter), button(words.unfilterOne, () => apply(null)));
  const onsubmit = (event) => {
    event.preventDefault();
    apply(only.selectedIndex ? asking(column, only.value, null, words.ops[only.value]) : read());
  };
  return el('form', nodes, only, why, both, { 'aria-label': words.filter, onsubmit });
}

export const asking = ({ name }, op, value, said) => ({ where: [{ field: name, op, value }], said });

// From and to for what has an order, else what the text contains.
function typed(column, had) {
  const figure = column.editor === 'number';
  const ops = figure || column.editor === 'date' ? ['from', 'to'] : ['contains'];
  const inputs = ops.map((op) => el('input.search', {
    value: had(op), placeholder: words.ops[op], inputMode: figure ? 'decimal' : 'text',
  }));
  const read = () => {
    const found = inputs
      .map(({ value }, i) => asking(column, ops[i], value.trim(), words.asked[ops[i]](value.trim())))
      .filter(({ where }) => where[0].value);
    const said = found.map((one) => one.said).join('，');
    return said ? { where: found.flatMap(({ where }) => where), said } : null;
  };
  const hint = column.editor === 'date' ? words.dateHint : '';
  return { nodes: [el('div.range', inputs), hint], read };
}
