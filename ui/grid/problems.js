// What is not saved and why, in one list that leads to each; and a note at the active cell.

import * as answers from './answers.js';
import * as columns from './columns.js';
import { button, buttons, el, line } from './dom.js';
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
  const node = el('section.problems', { hidden: true, 'aria-label': words.unsavedTitle });
  const note = el('div.note', { hidden: true, role: 'note' });
  const problems = { grid, node, note };
  // Buttons act without taking the focus from the pen for good.
  note.onpointerdown = (event) => event.preventDefault();
  grid.hint = (text) => tell(problems, 'hint', text, () => [el('p', text)]);
  return problems;
}

export function toggle(problems) {
  const { grid, node } = problems;
  node.hidden = !node.hidden;
  draw(problems);
  if (node.hidden) editors.focus(grid.editor);
  else node.querySelector('button').focus();
}

export function draw(problems) {
  const { grid, node } = problems;
  const { box, register, area } = grid.store;
  attend(problems);
  if (node.hidden) return;
  const open = [...outbox.problems(box), ...outbox.all(box).filter((e) => e.state === 'draft')];
  const key = JSON.stringify([open, box.notices, register, area]);
  if (problems.key === key && node.firstChild) return;
  problems.key = key;
  const body = [
    blocks(problems, open),
    open.slice(0, LONGEST).map((entry) => item(problems, entry)),
    open.length > LONGEST ? el('p', words.moreProblems(open.length - LONGEST)) : [],
    box.notices.map((notice) => reminder(problems, notice)),
  ].flat();
  fill(problems, body.length ? body : [el('p', words.unsavedNone)]);
}

// Whoever is going through the list by keys stays at the same place of it.
function fill(problems, body) {
  const { grid, node } = problems;
  const stops = () => [...node.querySelectorAll('button')];
  const at = stops().indexOf(grid.root.getRootNode().activeElement);
  const away = button(words.close, () => toggle(problems), 'link');
  node.replaceChildren(el('header', el('strong', words.unsavedTitle), away), ...body);
  if (at >= 0) (stops()[at] || away).focus();
}

const act = ({ grid }, label, deed) =>
  button(label, () => {
    deed();
    grid.refresh();
  });

// Conflicts of one paste, and all there are, settled in one go.
function blocks(problems, open) {
  const all = open.filter(({ state, kind }) => state === 'conflict' && kind === 'cell');
  const batches = [...new Set(all.map(({ batch }) => batch))];
  const some = batches.map((batch) => all.filter((entry) => entry.batch === batch));
  const sets = (some.length > 1 ? [all, ...some] : some).filter(({ length }) => length > 1);
  return sets.map((set) => {
    const each = (label, mine) => act(problems, label, () => set.forEach((entry) => settle(problems, entry, mine)));
    return el('article', el('strong', words.blockOf(set.length, set[0].said.row)),
      buttons(each(words.allTheirs, false), each(words.allMine, true)));
  });
}

function item(problems, entry) {
  const { store } = problems.grid;
  const { said, register, area, state } = entry;
  const here = register === store.register && area === store.area;
  const place = [here ? [] : said.register, said.row, said.column].flat().join(' · ');
  const there = here ? button(words.goThere, () => visit(problems, entry)) : [];
  return el(`article.${state}`, el('strong', place), what(store, entry), buttons(there, choices(problems, entry)));
}

function what(store, entry) {
  const { state, kind, text, by, reason } = entry;
  const mine = kind === 'cell' ? line(words.mine, text || words.emptyValue) : [];
  if (state !== 'conflict') return [mine, el('p.why', reason || words.drafts(1, outbox.lacking(entry).join('、')))].flat();
  return [el('p', words.changedBy(by?.who, by?.when)), ...theirs(store, entry), mine].flat();
}

function theirs(store, { theirs: told, register, kind }) {
  return Object.entries(told || {}).map(([name, value]) => {
    const own = register === store.register && stores.column(store, name);
    const text = own ? columns.show(own, value, store.labels) : String(value ?? '');
    return line(kind === 'cell' ? words.theirs : own?.label || name, text || words.emptyValue);
  });
}

function choices(problems, entry) {
  const whole = entry.kind === 'delete';
  const { box } = problems.grid.store;
  if (entry.state !== 'conflict') {
    return act(problems, whole ? words.gotIt : words.discard, () => discard(problems.grid, box, entry));
  }
  return [
    act(problems, whole ? words.keepRow : words.takeTheirs, () => settle(problems, entry, false)),
    act(problems, whole ? words.deleteAnyway : words.takeMine, () => settle(problems, entry, true)),
  ];
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
  const away = () => (box.notices = box.notices.filter((one) => one !== notice));
  return el('article', el('p.why', notice.what), buttons(act(problems, words.gotIt, away)));
}

async function visit({ grid, node }, entry) {
  const { store } = grid;
  if (!(await pages.bring(store, entry.id))) return grid.status.say(words.failed());
  const name = entry.name || entry.field || outbox.lacking(entry)[0];
  const column = store.about.all.find((one) => one.name === name || one.label === name);
  node.hidden = true;
  if (column && !looks.shown(store, column)) looks.show(grid, column);
  grid.goto(stores.indexOf(store, entry.id), Math.max(store.about.columns.indexOf(column), 0));
  return editors.focus(grid.editor);
}

// The note under the active cell: what is wrong with it, or who else is there or changed it.
function attend(problems) {
  const { grid, note } = problems;
  if (grid.editor.open) return;
  note.hidden = true;
  const { store, selection } = grid;
  const entry = store.about && editors.trouble(grid);
  if (entry) return tell(problems, entry.state, entry, () => [...what(store, entry), buttons(choices(problems, entry))]);
  const place = `${selection.id}/${selections.active(selection)?.name}`;
  const flash = store.flashes.get(place);
  const seat = store.seats.get(place);
  const others = flash && !flash.mine; // an undo of one's own comes back as news, too
  if (others || seat) grid.hint(others ? words.changedBy(flash.who) : words.isHere(seat));
}

// Drawn anew only where it says something else: a press on a button of it that began before counts.
function tell(problems, kind, about, parts) {
  const { note } = problems;
  const key = JSON.stringify([kind, about]);
  if (note.key !== key) note.replaceChildren(...parts());
  note.key = key;
  note.dataset.kind = kind;
  note.hidden = false;
  place(problems);
}

export function place({ grid, note }) {
  const { view, selection, stage } = grid;
  const box = !note.hidden && views.box(view, selection.row, selection.col);
  if (box) views.beside(note, stage, box, note.scrollHeight + 8);
}
