// One row as a form, for narrow screens: every field under its name, saved one by one as it is left.

import * as actions from './actions.js';
import * as columns from './columns.js';
import { button, el } from './dom.js';
import * as editors from './editor.js';
import * as outbox from './outbox.js';
import * as stores from './store.js';
import * as words from './words.js';

export function open(grid) {
  const { store, selection } = grid;
  const id = stores.idAt(store, selection.row);
  if (!id) return grid.status.say(words.loading);
  editors.commit(grid.editor);
  const close = button(words.close, () => shut(grid), 'main');
  const title = el('strong', id === store.blank ? words.newRow : actions.nameOf(grid, id));
  const fields = store.about.all.map((column) => field(grid, id, column));
  const node = el('form.form', el('header', title, close), fields.map((one) => one.node), {
    'aria-label': words.form,
    onsubmit: (event) => event.preventDefault(),
    onkeydown: (event) => {
      if (event.key === 'Escape') shut(grid);
    },
  });
  grid.form = { node, fields };
  grid.root.append(node);
  draw(grid);
  return close.focus();
}

function shut(grid) {
  grid.root.getRootNode().activeElement?.blur(); // what was typed last is saved first
  grid.form.node.remove();
  grid.form = null;
  editors.focus(grid.editor);
}

function field(grid, id, column) {
  const control = input(grid, column);
  const why = el('span.why', { role: 'alert' });
  const node = el('label', el('span', column.label + (column.required ? ' *' : '')), control, why);
  const one = { id, column, control, why, node };
  control.disabled = actions.forbids(grid, id, column);
  control.onfocus = () => (one.seen = seen(grid, one));
  control.onchange = () => save(grid, one);
  return one;
}

function input(grid, column) {
  if (column.editor === 'yes_no' || column.editor === 'choice') {
    const options = [{ value: '', label: '' }, ...columns.options(column)];
    return el('select', options.map(({ label }) => el('option', label)));
  }
  if (column.editor === 'choices') {
    return el('select', { multiple: true }, column.choices.map((one) => el('option', one)));
  }
  if (column.multiline) return el('textarea', { rows: 3 });
  const node = el('input', { autocomplete: 'off', placeholder: column.masked ? words.maskedHint : column.example });
  if (column.editor === 'number') node.inputMode = 'decimal';
  if (column.editor === 'reference') names(grid, column, node);
  return node;
}

// Names that the server knows are offered while one types.
function names({ store }, { name }, node) {
  const list = el('datalist', { id: `names-${name}` });
  node.setAttribute('list', list.id);
  node.append(list);
  node.addEventListener('input', async () => {
    const asked = { register: store.register, field: name, area: store.area, q: node.value };
    const { choices } = await store.server.get('/choices', asked).catch(() => ({ choices: [] }));
    list.replaceChildren(...choices.map(({ label }) => el('option', { value: label })));
  });
}

// What is seen as a field is entered is what an edit of it is judged against.
function seen(grid, { id, column }) {
  const { value } = stores.cell(grid.store, id, column.name);
  return { ...actions.editOf(grid, id, column, value, ''), value };
}

function save(grid, one) {
  const { column, control, seen: open } = one;
  const several = column.editor === 'choices';
  const text = several ? [...control.selectedOptions].map((o) => o.value).join('、') : control.value.trim();
  if (column.masked && !text) return;
  const value = columns.read(column, text);
  actions.type(grid, open || seen(grid, one), value, text, column.editor === 'reference' && value !== null);
  one.seen = null;
}

// What stands in the fields, but for the one being typed in; and what is wrong, beside each.
export function draw(grid) {
  const { store, form } = grid;
  if (!form) return;
  for (const { id, column, control, why } of form.fields) {
    const { value, entry } = stores.cell(store, id, column.name);
    const add = outbox.adding(store.box, store.register, id);
    const bad = [entry, add].find((one) => one?.state === 'refused' && (one.kind === 'cell' || one.field === column.name));
    const lacks = add && columns.missing(value) && column.required;
    const told = entry?.state === 'conflict' ? words.changedBy(entry.by?.who, entry.by?.when) : '';
    why.textContent = bad?.reason || told || (lacks ? words.lacks : '');
    if (grid.root.getRootNode().activeElement === control) continue;
    const parts = column.editor === 'choices' && columns.parts(value);
    if (parts) [...control.options].forEach((option) => (option.selected = parts.includes(option.value)));
    else control.value = entry?.lookup ? entry.text : columns.opening(column, value, store.labels);
  }
}

