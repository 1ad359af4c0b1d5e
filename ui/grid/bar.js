// The bar of the grid: search and what can be done with rows. On a phone it lies within the
// thumb's reach, below the sheet.

import * as actions from './actions.js';
import { button, el } from './dom.js';
import * as editors from './editor.js';
import * as selections from './selection.js';
import * as stores from './store.js';
import { words } from './words.js';

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
  bar.redo = act(words.redo, () => actions.step(grid, true), { title: `${words.redo} Ctrl+Y` });
  bar.add = act(words.addShort, () => actions.toBlank(grid), { title: words.add, className: 'main' });
  bar.remove = act(words.remove, () => actions.removeRows(grid));
  bar.open = el('a', { className: 'button', textContent: words.open });
  bar.open.addEventListener('click', (event) => follow(grid, event));
  bar.buttons = el('div', { className: 'tools', role: 'toolbar' }, bar.add, bar.open, bar.undo, bar.redo, bar.remove);
  bar.node = el('div', { className: 'bar' }, search);
  listen(bar);
  return bar;
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

export function draw(bar) {
  const { grid } = bar;
  const { store, data, undo, selection } = grid;
  const { about } = store;
  bar.node.classList.toggle('waiting', !about);
  if (!about) return;
  bar.search.placeholder = words.searchIn(about.label);
  bar.search.setAttribute('aria-label', words.searchIn(about.label));
  bar.undo.disabled = !undo.done.length;
  bar.redo.disabled = !undo.undone.length;
  bar.add.hidden = !about.may.add;
  bar.remove.hidden = !about.may.delete && !about.may.add;
  bar.remove.disabled = selections.range(selection).top >= stores.length(store);
  const id = opened(grid);
  bar.open.hidden = !data.open && !data.opens;
  bar.open.classList.toggle('off', !id);
  if (id) bar.open.href = (data.open || '#<id>').replace('<id>', encodeURIComponent(id));
  else bar.open.removeAttribute('href');
  bar.open.setAttribute('aria-label', words.openRow(id && actions.nameOf(grid, id)));
}
