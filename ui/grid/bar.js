// The bar of the grid: search and what can be done with rows. On a phone it lies within the
// thumb's reach, below the sheet.

import * as actions from './actions.js';
import { button, el } from './dom.js';
import * as editors from './editor.js';
import * as exporting from './export.js';
import * as filters from './filter.js';
import * as forms from './form.js';
import * as menus from './menu.js';
import * as popups from './popup.js';
import * as rows from './rows.js';
import * as selections from './selection.js';
import * as stores from './store.js';
import * as words from './words.js';

const PAUSE = 250; // ms of quiet before a search begins

export function make(grid) {
  const search = el('input', { type: 'search', className: 'search', placeholder: words.search, autocomplete: 'off' });
  const act = (label, deed, more = {}) =>
    button(label, () => {
      editors.commit(grid.editor);
      deed();
      editors.focus(grid.editor);
    }, more);
  const bar = { grid, search };
  bar.undo = act(words.undo, () => actions.step(grid, false), { title: `${words.undo} Ctrl+Z` });
  bar.redo = act(words.redo, () => actions.step(grid, true), { title: `${words.redo} Ctrl+Y`, className: 'wide' });
  bar.add = act(words.addShort, () => rows.toBlank(grid), { title: words.add, className: 'main' });
  bar.remove = act(words.remove, () => rows.remove(grid));
  bar.form = button(words.editRow, () => forms.open(grid), { className: 'narrow' });
  bar.copy = act(words.duplicate, () => rows.duplicate(grid), { title: words.duplicateHint, className: 'wide' });
  // The panel takes the focus, and gives it back.
  const side = (tab, label, keys) => button(label, () => grid.side(tab), { title: `${label} ${keys}`, className: 'wide' });
  bar.history = side('cell', words.history, 'Ctrl+Shift+H');
  bar.talk = side('talk', words.comments, 'Shift+F2');
  bar.export = button(words.exports, () => exporting.open(grid, bar.export), { className: 'wide' });
  bar.people = el('div', { className: 'people', role: 'group', 'aria-label': words.people });
  bar.open = el('a', { className: 'button', textContent: words.open });
  bar.open.addEventListener('click', (event) => follow(grid, event));
  bar.columns = button(words.columnsShort, () => menus.all(grid, bar.columns), { title: words.columns, className: 'wide' });
  bar.more = button(words.more, () => rest(bar), { className: 'narrow', 'aria-haspopup': 'dialog' });
  bar.buttons = el('div', { className: 'tools', role: 'toolbar' }, bar.add, bar.form, bar.open, bar.undo, bar.redo, bar.copy, bar.remove, bar.history, bar.talk, bar.columns, bar.export, bar.more);
  bar.chips = el('div', { className: 'chips' });
  bar.chips.addEventListener('click', () => editors.focus(grid.editor));
  bar.node = el('div', { className: 'bar' }, search, bar.chips);
  listen(bar);
  return bar;
}

// What has no room on a phone.
function rest({ grid, buttons, more }) {
  const popup = popups.open(grid, words.more, more);
  const tools = [...buttons.querySelectorAll('.wide')].filter((tool) => !tool.hidden && !tool.disabled);
  popup.body.append(...tools.map((tool) => button(tool.textContent, () => {
    popup.close();
    tool.click();
  })));
  popup.show();
}

function listen(bar) {
  const { grid, search } = bar;
  const begin = () => grid.search(search.value.trim());
  search.addEventListener('input', (event) => {
    clearTimeout(bar.timer);
    if (!event.isComposing) bar.timer = setTimeout(begin, PAUSE);
  });
  search.addEventListener('compositionend', () => (bar.timer = setTimeout(begin, PAUSE)));
  search.addEventListener('keydown', (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Escape' && search.value) {
      search.value = '';
      begin();
    } else if (event.key === 'Enter' || event.key === 'ArrowDown') {
      clearTimeout(bar.timer);
      begin();
      editors.focus(grid.editor);
    } else return;
    event.preventDefault();
  });
}

// Where the page itself leads to a record, it is told; a new tab is a new tab.
function follow(grid, event) {
  const id = opened(grid);
  if (!id) return event.preventDefault();
  editors.commit(grid.editor);
  if (!grid.data.opens || event.ctrlKey || event.metaKey || event.shiftKey) return undefined;
  event.preventDefault();
  return grid.trigger('opened', id);
}

const opened = ({ store, selection }) =>
  selection.id && store.rows.has(selection.id) ? selection.id : null;

const FEW = 5; // people named in the bar

function people(bar) {
  const { store } = bar.grid;
  if (bar.heard === store.heard) return;
  bar.heard = store.heard;
  const names = store.people.map(({ who }) => who);
  const chip = (textContent, title) => el('span', { className: 'person', role: 'img', textContent, title, 'aria-label': title });
  const rest = names.splice(FEW);
  bar.people.replaceChildren(...names.map((who) => chip(who.slice(-2), who)));
  if (rest.length) bar.people.append(chip(`+${rest.length}`, rest.join('、')));
}

export function draw(bar) {
  const { grid } = bar;
  const { store, data, undo, selection } = grid;
  const { about } = store;
  bar.node.classList.toggle('waiting', !about);
  if (!about) return;
  people(bar);
  bar.search.placeholder = words.searchIn(about.label);
  bar.search.setAttribute('aria-label', words.searchIn(about.label));
  if (bar.filters !== store.filters) {
    bar.filters = store.filters;
    bar.chips.replaceChildren(...filters.chips(grid));
  }
  bar.undo.disabled = !undo.done.length;
  bar.redo.disabled = !undo.undone.length;
  bar.add.hidden = bar.copy.hidden = !about.may.add;
  bar.remove.hidden = !about.may.delete && !about.may.add;
  bar.copy.disabled = bar.remove.disabled = selections.range(selection).top >= stores.length(store);
  const id = opened(grid);
  bar.open.hidden = !data.open && !data.opens;
  bar.open.classList.toggle('off', !id);
  if (id) bar.open.href = (data.open || '#<id>').replace('<id>', encodeURIComponent(id));
  else bar.open.removeAttribute('href');
  bar.open.setAttribute('aria-label', words.openRow(id && actions.nameOf(grid, id)));
}
