// Comments on a cell: rows of a register of their own, written by the same queue as all edits.

import * as acts from './acts.js';
import * as actions from './actions.js';
import { button, buttons, el } from './dom.js';
import * as ids from './ids.js';
import * as outbox from './outbox.js';
import * as panels from './panel.js';
import * as undos from './undo.js';
import * as words from './words.js';

const REGISTER = 'comments';
const drafts = new Map(); // <row id>/<field> → what is typed there and not yet sent

export function equip(panel) {
  const send = () => post(panel);
  panel.pen = el('textarea.said', {
    rows: 3, maxLength: 1000, 'aria-label': words.newComment,
    oninput: () => drafts.set(panel.about.place, panel.pen.value),
    onkeydown: ({ key, ctrlKey, metaKey, isComposing }) => {
      if (key === 'Enter' && (ctrlKey || metaKey) && !isComposing) send();
    },
  });
  panel.form = buttons(panel.pen, button(words.send, send, 'main'));
}

export function ask({ store }, { id, column, place }) {
  if (column.masked || !store.comments.has(place)) return { rows: [] };
  const of = { subject: store.register, subject_id: id, subject_field: column.name };
  const where = Object.entries(of).map(([field, value]) => ({ field, op: 'eq', value }));
  return store.server.get('/rows', { register: REGISTER, where: JSON.stringify(where), limit: 200 });
}

// The form stands apart from the thread: what is being typed in it outlives every repaint.
export function offer(panel, about) {
  const { grid, tab, pen, form } = panel;
  panel.about = about;
  form.hidden = tab !== 'talk' || !about || about.column.masked || !grid.store.about.may.comment;
  pen.value = drafts.get(about?.place) || '';
}

export function thread({ grid, entries, form }, about) {
  if (!entries.length) return [el('p', about.column.masked ? words.maskedTalk : words.noComments)];
  return entries.map((one) => remark(grid, about, one, !form.hidden));
}

function remark(grid, about, one, may) {
  const cell = { name: 'done', value: !one.done, text: '', before: one.done ?? null, seen: null };
  const done = () => acts.write(grid.box, { ...cell, ...entry(grid, about, one.id) });
  const remove = () => acts.remove(grid.box, { before: {}, seen: null, ...entry(grid, about, one.id) });
  return el(`article.${one.done ? 'done' : ''}`,
    panels.byline(one.author, words.clock(one.written_at), ...(one.done ? [words.done] : [])),
    el('p', one.text),
    may ? button(one.done ? words.reopen : words.setDone, done, 'link') : [],
    may && one.author_id === grid.data.user ? button(words.remove, remove, 'link') : []);
}

function post({ grid, pen, about }) {
  const text = pen.value.trim();
  if (!text) return pen.focus();
  const { id, column } = about;
  const values = { subject: grid.store.register, subject_id: id, subject_field: column.name, text };
  acts.add(grid.box, { values, required: [], ...entry(grid, about, ids.make()) });
  drafts.delete(about.place);
  pen.value = '';
  return pen.focus();
}

// What every entry about a comment says of itself; undone as one.
function entry(grid, { id, row, column }, comment) {
  const batch = ids.make();
  undos.note(grid.undo, batch);
  const said = { register: words.comments, row: actions.nameOf(grid, id), column: column.label };
  return { register: REGISTER, area: row.area_id, id: comment, batch, said };
}
