// What is not saved and why, in one list that leads to each; and a note at the active cell.

import * as answers from './answers.js';
import * as columns from './columns.js';
import { button, el } from './dom.js';
import * as editors from './editor.js';
import * as looks from './look.js';
import * as outbox from './outbox.js';
import * as pages from './pages.js';
import * as selections from './selection.js';
import * as stores from './store.js';
import * as views from './view.js';
import * as words from './words.js';

const LONGEST = 200; // entries drawn at once

export function make(grid) {
  const node = el('section', { className: 'problems', hidden: true, 'aria-label': words.unsavedTitle });
  const note = el('div', { className: 'note', hidden: true, role: 'note' });
  const problems = { grid, node, note, toggle: () => toggle(problems) };
  // Buttons act without taking the focus from the pen for good.
  note.addEventListener('pointerdown', (event) => event.preventDefault());
  grid.notes = { hide: () => (note.hidden = true), hint: (text) => hint(problems, text) };
  return problems;
}

function toggle(problems) {
  problems.node.hidden = !problems.node.hidden;
  draw(problems);
  if (!problems.node.hidden) problems.node.querySelector('button')?.focus();
  else editors.focus(problems.grid.editor);
}

export function draw(problems) {
  const { grid, node } = problems;
  attend(problems);
  if (node.hidden) return;
  const { box } = grid.store;
  const open = [...outbox.problems(box), ...[...box.entries.values()].filter((e) => e.state === 'draft')];
  const key = JSON.stringify([open, box.notices, grid.store.register, grid.store.area]);
  if (problems.key === key && node.firstChild) return;
  problems.key = key;
  const body = [...blocks(problems, open), ...open.slice(0, LONGEST).map((entry) => item(problems, entry))];
  if (open.length > LONGEST) body.push(el('p', { textContent: words.moreProblems(open.length - LONGEST) }));
  body.push(...box.notices.map((notice) => reminder(problems, notice)));
  if (!body.length) body.push(el('p', { textContent: words.unsavedNone }));
  fill(problems, body);
}

// Whoever is going through the list by keys stays at the same place of it.
function fill({ grid, node, toggle: close }, body) {
  const buttons = () => [...node.querySelectorAll('button')];
  const at = buttons().indexOf(grid.root.getRootNode().activeElement);
  const away = button(words.close, close, { className: 'link' });
  node.replaceChildren(el('header', {}, el('strong', { textContent: words.unsavedTitle }), away), ...body);
  if (at >= 0) (buttons()[at] || away).focus();
}

// Conflicts of one paste, and all there are, settled in one go.
function blocks(problems, open) {
  const { grid } = problems;
  const all = open.filter(({ state, kind }) => state === 'conflict' && kind === 'cell');
  const batches = [...new Set(all.map(({ batch }) => batch))];
  const some = batches.map((batch) => all.filter((entry) => entry.batch === batch));
  const sets = (some.length > 1 ? [all, ...some] : some).filter(({ length }) => length > 1);
  return sets.map((set) => {
    const act = (label, mine) => button(label, () => {
      set.forEach((entry) => settle(problems, entry, mine));
      grid.refresh();
    });
    const title = el('strong', { textContent: words.blockOf(set.length, set[0].said.row) });
    const buttons = el('div', { className: 'buttons' }, act(words.allTheirs, false), act(words.allMine, true));
    return el('article', {}, title, buttons);
  });
}

function item(problems, entry) {
  const { grid } = problems;
  const place = `${entry.said.row} · ${entry.said.column}`;
  const elsewhere = entry.register !== grid.store.register || entry.area !== grid.store.area;
  const where = elsewhere ? `${entry.said.register} · ${place}` : place;
  const title = el('strong', { textContent: where });
  const buttons = el('div', { className: 'buttons' });
  if (!elsewhere) buttons.append(button(words.goThere, () => visit(problems, entry)));
  buttons.append(...choices(problems, entry));
  return el('article', { className: entry.state }, title, what(grid, entry), buttons);
}

function what(grid, entry) {
  const box = el('div', { className: 'what' });
  const line = (label, text) =>
    box.append(el('p', {}, el('span', { className: 'side', textContent: label }), text || words.emptyValue));
  if (entry.state === 'conflict') {
    box.append(el('p', { textContent: words.changedBy(entry.by?.who, entry.by?.when) }));
    for (const [label, text] of theirs(grid, entry)) line(label, text);
    if (entry.kind === 'cell') line(words.mine, entry.text);
  } else {
    if (entry.kind === 'cell') line(words.mine, entry.text);
    const why = entry.reason || words.drafts(1, outbox.lacking(entry).join('、'));
    box.append(el('p', { className: 'why', textContent: why }));
  }
  return box;
}

function theirs({ store }, entry) {
  return Object.entries(entry.theirs || {}).map(([name, value]) => {
    const own = entry.register === store.register && stores.column(store, name);
    const text = own ? columns.show(own, value, store.labels) : String(value ?? '');
    return [entry.kind === 'cell' ? words.theirs : own?.label || name, text];
  });
}

function choices(problems, entry) {
  const { grid } = problems;
  const { box } = grid.store;
  const act = (label, deed) => button(label, () => {
    deed();
    grid.refresh();
  });
  if (entry.state === 'conflict') {
    const whole = entry.kind === 'delete';
    return [
      act(whole ? words.keepRow : words.takeTheirs, () => settle(problems, entry, false)),
      act(whole ? words.deleteAnyway : words.takeMine, () => settle(problems, entry, true)),
    ];
  }
  return [act(entry.kind === 'delete' ? words.gotIt : words.discard, () => discard(grid, box, entry))];
}

// Theirs is what the author has now seen and agreed to: it is shown before the feed brings it.
function settle({ grid }, entry, mine) {
  const { store } = grid;
  if (!mine && entry.kind === 'cell' && entry.register === store.register) {
    stores.acknowledge(store, entry.id, { [entry.name]: entry.theirs[entry.name] }, entry.answered);
  }
  answers.settle(store.box, entry, mine);
}

function discard(grid, box, entry) {
  outbox.drop(box, entry);
  const { store } = grid;
  if (entry.kind === 'add' && entry.register === store.register) stores.remove(store, entry.id);
  stores.tell(store, 'order');
}

function reminder(problems, notice) {
  const { box } = problems.grid.store;
  const away = () => {
    box.notices = box.notices.filter((one) => one !== notice);
    problems.grid.refresh();
  };
  const buttons = el('div', { className: 'buttons' }, button(words.gotIt, away));
  return el('article', {}, el('p', { className: 'why', textContent: notice.what }), buttons);
}

async function visit(problems, entry) {
  const { grid } = problems;
  const { store } = grid;
  if (!(await pages.bring(store, entry.id))) return grid.status.say(words.failed());
  const name = entry.name || entry.field || outbox.lacking(entry)[0];
  const column = store.about.all.find((one) => one.name === name || one.label === name);
  problems.node.hidden = true;
  if (column && !looks.shown(store, column)) looks.show(grid, column);
  grid.goto(stores.indexOf(store, entry.id), Math.max(store.about.columns.indexOf(column), 0));
  return editors.focus(grid.editor);
}

// The note under the active cell, where it has a problem.
function attend(problems) {
  const { grid, note } = problems;
  if (grid.editor.open) return;
  const entry = grid.store.about && editors.trouble(grid);
  note.hidden = !entry;
  if (!entry) return company(problems);
  const buttons = el('div', { className: 'buttons' }, ...choices(problems, entry));
  note.replaceChildren(what(grid, entry), buttons);
  note.dataset.kind = entry.state;
  place(problems);
}

// Who else is on the active cell, or changed it just now.
function company(problems) {
  const { store, selection } = problems.grid;
  const place = `${selection.id}/${selections.active(selection)?.name}`;
  const flash = store.flashes.get(place);
  const seat = store.seats.get(place);
  const others = flash && !flash.mine; // an undo of one's own comes back as news, too
  if (others || seat) hint(problems, others ? words.changedBy(flash.who) : words.isHere(seat));
}

function hint(problems, text) {
  problems.note.replaceChildren(el('p', { textContent: text }));
  problems.note.dataset.kind = 'hint';
  problems.note.hidden = false;
  place(problems);
}

export function place({ grid, note }) {
  if (note.hidden) return;
  const { view, selection, stage } = grid;
  const box = views.box(view, selection.row, selection.col);
  if (box) views.beside(note, stage, box, note.scrollHeight + 8);
}
