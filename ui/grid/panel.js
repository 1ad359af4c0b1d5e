// The panel beside the sheet, which follows the active cell: what it was, what its row was, and
// what people say about it.

import * as actions from './actions.js';
import * as columns from './columns.js';
import { button, el, line, side } from './dom.js';
import * as editors from './editor.js';
import * as selections from './selection.js';
import * as stores from './store.js';
import * as talks from './talk.js';
import * as views from './view.js';
import * as words from './words.js';

const TABS = ['cell', 'row', 'talk'];

export function make(grid) {
  const body = el('div.body');
  const panel = { grid, body, entries: [] };
  panel.tabs = TABS.map((tab) => button(words.tabs[tab], () => open(panel, tab)));
  talks.equip(panel);
  const head = el('header', panel.tabs, button(words.close, () => shut(panel), 'link'));
  panel.node = el('aside.panel', head, body, panel.form, {
    hidden: true, tabIndex: -1, 'aria-label': words.panel,
    onkeydown: ({ key, isComposing }) => {
      if (key === 'Escape' && !isComposing) shut(panel);
    },
  });
  return panel;
}

// The same key again closes it.
export function toggle(panel, tab) {
  if (!panel.node.hidden && panel.tab === tab) shut(panel);
  else open(panel, tab);
}

function open(panel, tab) {
  panel.tab = tab;
  show(panel, true);
  (panel.form.hidden ? panel.node : panel.pen).focus();
}

export function shut(panel) {
  show(panel, false);
  editors.focus(panel.grid.editor);
}

function show(panel, open) {
  panel.node.hidden = !open;
  panel.key = '';
  panel.grid.stage.classList.toggle('sided', open);
  views.redraw(panel.grid.view);
  views.draw(panel.grid.view);
  panel.grid.show(); // the active cell may lie where the panel is now
  draw(panel);
}

// What the panel is about: a cell of a row that the server knows, or null.
export function subject({ store, selection }) {
  const column = selections.active(selection);
  const row = store.rows.get(selection.id);
  return row && column ? { id: row.id, row, column, place: `${row.id}/${column.name}` } : null;
}

export function draw(panel) {
  const { grid, tab, tabs } = panel;
  if (panel.node.hidden) return;
  TABS.forEach((one, i) => tabs[i].setAttribute('aria-pressed', one === tab));
  const about = subject(grid);
  const key = `${tab}/${about && (tab === 'row' ? about.id : about.place)}`;
  const fresh = panel.key !== key;
  const seen = tab === 'talk' ? grid.store.talk : about?.row;
  if (!fresh && panel.seen === seen) return;
  Object.assign(panel, { key, seen });
  if (fresh) {
    Object.assign(panel, { entries: [], more: false });
    say(panel, about ? words.loading : words.noRow);
    talks.offer(panel, about);
  }
  if (about) load(panel, about);
}

const say = (panel, text) => fill(panel, el('p', text));

// The focus stays in the panel where the button that had it is drawn anew.
function fill({ node, body }, ...parts) {
  const held = node.matches(':focus-within');
  body.replaceChildren(...parts);
  if (held && !node.matches(':focus-within')) node.focus();
}

async function load(panel, about, before) {
  const turn = (panel.turn = (panel.turn || 0) + 1);
  try {
    const answer = panel.tab === 'talk' ? await talks.ask(panel.grid, about) : await ask(panel, about, before);
    if (turn !== panel.turn) return;
    Object.assign(panel, { entries: [...(before ? panel.entries : []), ...(answer.entries || answer.rows)], more: answer.more });
    paint(panel, about);
  } catch (failure) {
    if (!(failure.status >= 0)) throw failure;
    if (turn === panel.turn) say(panel, words.failed(failure.reason));
  }
}

function ask({ grid, tab }, { id, column }, before) {
  const asked = { register: grid.store.register, id };
  if (tab === 'cell') asked.field = column.name;
  if (before) asked.before = before;
  return grid.store.server.get('/history', asked);
}

function paint(panel, about) {
  const { grid, tab, entries } = panel;
  const { column, id } = about;
  const head = el('strong', actions.nameOf(grid, id) + (tab === 'row' ? '' : ` · ${column.label}`));
  if (tab === 'talk') return fill(panel, head, ...talks.thread(panel, about));
  const items = entries.map((entry, i) => item(panel, about, entry, i));
  if (!items.length) items.push(el('p', words.noHistory));
  if (panel.more) items.push(button(words.older, () => load(panel, about, entries.at(-1).id)));
  if (tab === 'cell' && column.masked) items.unshift(el('p.side', words.maskedBack));
  return fill(panel, head, ...items);
}

export const byline = (who, ...rest) => el('header', el('b', who), side(rest.join(' · ')));

function item(panel, about, entry, i) {
  const { grid, tab } = panel;
  const whole = tab === 'row';
  const shown = whole ? grid.store.about.all : [about.column];
  const again = () => back(panel, about, version(panel.entries.slice(0, i)), entry);
  return el('article', byline(entry.who, words.clock(entry.when), entry.did, entry.via),
    shown.flatMap((column) => sides(panel, about, entry, column)),
    entry.reason ? el('p', words.because(entry.reason)) : [],
    whole && i && entry.after ? button(words.thisVersion, again) : []);
}

// A cell before and after, as far as the entry says either.
function sides(panel, about, entry, column) {
  const { name } = column;
  const labels = { ...panel.grid.store.labels, ...entry.labels };
  const there = [entry.before, entry.after].filter((side) => side && name in side);
  const said = there.map((side) => columns.show(column, side[name], labels) || words.emptyValue);
  if (panel.tab === 'row') return said.length ? [line(column.label, said.join(' → '))] : [];
  const lines = said.map((text, i) => line(there[i] === entry.after ? words.became : words.was, text));
  if (said[1] && !column.masked) {
    lines[0].append(button(words.putBack, () => back(panel, about, entry.before, entry), 'link'));
  }
  return lines;
}

// The cells as they were before some entries, the latest first.
const version = (entries) => Object.assign({}, ...entries.map((entry) => entry.after && entry.before));

// An ordinary edit: set against what is there now, and undone like any other.
function back({ grid, tab }, { id, column }, cells, { labels }) {
  const { store } = grid;
  const wanted = (tab === 'row' ? store.about.all : [column]).filter(({ name }) => name in cells);
  const other = wanted.filter((c) => !c.masked && !columns.alike(cells[c.name], stores.cell(store, id, c.name).value));
  const why = other.map((one) => actions.forbids(grid, id, one)).find(Boolean);
  if (why) return grid.status.say(why);
  const edits = other.map((one) => {
    const value = cells[one.name] ?? null;
    return actions.editOf(grid, id, one, value, columns.show(one, value, { ...store.labels, ...labels }));
  });
  if (edits.length) actions.put(grid, edits);
  const left = wanted.some((one) => one.masked) ? words.maskedBack : '';
  return grid.status.say((edits.length ? words.wentBack(edits.length) : words.sameAlready) + left);
}
