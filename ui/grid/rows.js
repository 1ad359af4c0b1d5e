// Whole rows: deleted, copied, begun.

import * as acts from './acts.js';
import * as actions from './actions.js';
import * as columns from './columns.js';
import * as ids from './ids.js';
import * as outbox from './outbox.js';
import * as pages from './pages.js';
import * as selections from './selection.js';
import * as stores from './store.js';
import * as undos from './undo.js';
import * as words from './words.js';

const MOST = 20000; // rows at once

// The ids of the selected rows, fetched first if need be; null where they can't be had.
async function selected(grid) {
  const { store, selection, status } = grid;
  const { top, bottom } = selections.range(selection);
  const end = Math.min(bottom, stores.length(store) - 1);
  if (end - top >= MOST) return status.say(words.tooMany(MOST)) || null;
  if (await pages.all(store, top, end)) return selections.idsIn(selection);
  return status.say(words.notNow) || null;
}

export async function remove(grid) {
  const { store } = grid;
  const doomed = await selected(grid);
  if (!doomed) return undefined;
  if (!store.about.may.delete && !doomed.every((id) => draft(grid, id))) return grid.status.say(words.noDelete);
  if (!doomed.length || !(await grid.ask(words.confirmDelete(doomed.length), words.confirmDeleteHint))) {
    return undefined;
  }
  const batch = ids.make();
  undos.note(grid.undo, batch);
  for (const id of doomed) removeOne(grid, id, batch);
  stores.tell(store, 'order');
  return grid.refresh();
}

const draft = ({ store }, id) => outbox.adding(store.box, store.register, id);

function removeOne(grid, id, batch) {
  const { store } = grid;
  const before = {};
  for (const { name, readonly, masked } of store.about.all) {
    if (!readonly && !masked) before[name] = stores.truth(store, id, name);
  }
  const { register, area } = store;
  acts.remove(store.box, {
    register, area, id, before, batch,
    seen: store.read.get(id) ?? null,
    said: actions.said(grid, actions.nameOf(grid, id), words.wholeRow),
  });
  if (!stores.known(store, id)) stores.remove(store, id);
}

// The selected rows again at the end; what is masked or may stand but once stays behind.
export async function duplicate(grid) {
  const { store } = grid;
  if (!store.about?.may.add) return grid.status.say(words.noAdd);
  const found = await selected(grid);
  if (!found?.length) return undefined;
  const copied = store.about.all.filter((one) => !one.readonly && !one.masked && !one.unique);
  const edits = found.flatMap((from) => {
    const id = ids.make();
    return copied.map((column) => {
      const { value } = stores.cell(store, from, column.name);
      return actions.editOf(grid, id, column, value, columns.show(column, value, store.labels));
    });
  });
  const at = stores.length(store);
  await actions.putAll(grid, edits, () => words.duplicated(found.length));
  return grid.goto(at, 0);
}

export function toBlank(grid) {
  const { store } = grid;
  if (!store.about?.may.add) return grid.status.say(words.noAdd);
  const first = store.about.columns.findIndex((column) => !column.readonly);
  return grid.goto(stores.length(store), Math.max(first, 0));
}
