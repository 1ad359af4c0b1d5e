// A small calendar under an open date. It writes into the pen, where any form of a date may be
// typed as well; as much is known as is said: a year, a month or a day.

import { button, el } from './dom.js';
import * as editors from './editor.js';
import * as views from './view.js';
import * as words from './words.js';

const WEEK = [...'一二三四五六日'];
const PAGES = { PageUp: -1, PageDown: 1 };
const STEPS = { ArrowUp: -1, ArrowDown: 1 };

export function make(editor) {
  const node = el('div.list calendar', { hidden: true, role: 'group', 'aria-label': words.calendar });
  node.onpointerdown = (event) => event.preventDefault(); // the pen keeps the focus
  return { editor, node };
}

export const shown = (calendar) => !calendar.node.hidden;

export function show(calendar) {
  calendar.node.hidden = false;
  calendar.page = null;
  follow(calendar);
}

export const hide = (calendar) => (calendar.node.hidden = true);

// What the pen says: year, month, day, as far as they are said.
function said({ editor }) {
  const parts = (editor.pen.value.match(/\d+/g) || []).map(Number);
  return parts[0] > 999 && parts[0] < 9999 ? parts.slice(0, 3) : [];
}

const write = (...parts) => parts.map((part) => String(part).padStart(2, '0')).join('-');

// After the text changed: the month it is in.
export function follow(calendar) {
  if (!shown(calendar)) return;
  const [year, month] = said(calendar);
  const now = new Date();
  if (year || !calendar.page) {
    calendar.page = new Date(year || now.getFullYear(), year ? (month || 1) - 1 : now.getMonth());
  }
  draw(calendar);
}

function draw(calendar) {
  const { node, page } = calendar;
  const [year, month] = [page.getFullYear(), page.getMonth() + 1];
  const chosen = write(...said(calendar));
  const pick = (label, ...parts) =>
    button(label, () => take(calendar, write(...parts)), '', { 'aria-pressed': write(...parts) === chosen });
  const turn = (label, by) => button(label, () => turned(calendar, by), '', { 'aria-label': words.months(by) });
  const days = Array.from({ length: new Date(year, month, 0).getDate() }, (_, i) => pick(i + 1, year, month, i + 1));
  days[0].style.gridColumn = ((page.getDay() + 6) % 7) + 1;
  node.replaceChildren(
    turn('«', -12), turn('‹', -1), pick(`${year}年`, year), pick(`${month}月`, year, month), turn('›', 1), turn('»', 12),
    el('div.days', WEEK.map((day) => el('span', day)), days),
  );
}

function turned(calendar, by) {
  calendar.page = new Date(calendar.page.getFullYear(), calendar.page.getMonth() + by);
  draw(calendar);
}

function take({ editor }, text) {
  editor.pen.value = text;
  editors.commit(editor);
  editor.grid.refresh();
}

// Up and down by a day, a month or a year, whichever was said last; by pages, by a month.
export function key(calendar, event) {
  const by = STEPS[event.key] || PAGES[event.key];
  if (!by) return false;
  const { pen } = calendar.editor;
  const [year, month, day] = said(calendar);
  const now = new Date();
  const at = year ? [year, month, day].filter(Boolean) : [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  const last = PAGES[event.key] && at.length > 1 ? 1 : at.length - 1;
  if (year) at[last] += by;
  const date = new Date(at[0], (at[1] || 1) - 1, at[2] || 1);
  pen.value = write(...[date.getFullYear(), date.getMonth() + 1, date.getDate()].slice(0, at.length));
  pen.dispatchEvent(new Event('input'));
  return true;
}

export function place(calendar, box) {
  if (shown(calendar)) views.beside(calendar.node, calendar.editor.grid.stage, box, 280);
}
