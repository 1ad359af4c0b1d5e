// The bar of the grid: search and what can be done with rows. On a phone it lies within the
// thumb's reach, below the sheet.

import * as actions from './actions.js';
import { button, el, set } from './dom.js';
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
  const bar = { grid, search: el('input.search', { type: 'search', placeholder: words.search, autocomplete: 'off' }) };
  const act = (label, deed, kind, title = '') =>
    button(label, () => {
      editors.commit(grid.editor);
      deed();
      editors.focus(grid.editor);
    }, kind, { title });
  bar.undo = act(words.undo, () => actions.step(grid, false), '', `${words.undo} Ctrl+Z`);
  bar.redo = act(words.redo, () => actions.step(grid, true), 'wide', `${words.redo} Ctrl+Y`);
  bar.add = act(words.addShort, () => rows.toBlank(grid), 'main', words.add);
  bar.remove = act(words.remove, () => rows.remove(grid));
  bar.copy = act(words.duplicate, () => rows.duplicate(grid), 'wide', words.duplicateHint);
  // These take the focus, and give it back.
  const side = (tab, label, keys) => button(label, () => grid.side(tab), 'wide', { title: `${label} ${keys}` });
  const more = (label, open, kind, title = label) => {
    const node = button(label, () => open(grid, node), kind, { title });
    return node;
  };
  bar.open = el('a.button', words.open, { onclick: (event) => follow(grid, event) });
  bar.buttons = el('div.tools', { role: 'toolbar' }, bar.add, more(words.editRow, forms.open, 'narrow'),
    bar.open, bar.undo, bar.redo, bar.copy, bar.remove,
    side('cell', words.history, 'Ctrl+Shift+H'), side('talk', words.comments, 'Shift+F2'),
    more(words.columnsShort, menus.all, 'wide', words.columns), more(words.exports, exporting.open, 'wide'),
    more(words.more, rest, 'narrow'));
  bar.people = el('div.people', { role: 'group', 'aria-label': words.people });
  bar.chips = el('div.chips', { onclick: () => editors.focus(grid.editor) });
  bar.node = el('div.bar', bar.search, bar.chips);
  listen(bar);
  return bar;
}

// What has no room on a phone.
function rest(grid, anchor) {
  const tools = [...grid.bar.buttons.querySelectorAll('.wide')].filter((tool) => !tool.hidden && !tool.disabled);
  const again = (tool) => (close) => button(tool.textContent, () => {
    close();
    tool.click();
  });
  popups.open(grid, words.more, anchor, ...tools.map(again));
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
  const chip = (text, title) => el('span.person', text, { role: 'img', title, 'aria-label': title });
  const others = names.splice(FEW);
  bar.people.replaceChildren(...names.map((who) => chip(who.slice(-2), who)));
  if (others.length) bar.people.append(chip(`+${others.length}`, others.join('、')));
}

export function draw(bar) {
  const { grid } = bar;
  const { store, data, undo, selection } = grid;
  const { about } = store;
  bar.node.classList.toggle('waiting', !about);
  if (!about) return;
  people(bar);
  const placeholder = words.searchIn(about.label);
  set(bar.search, { placeholder, 'aria-label': placeholder });
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
  set(bar.open, { 'aria-label': words.openRow(id && actions.nameOf(grid, id)) });
}
