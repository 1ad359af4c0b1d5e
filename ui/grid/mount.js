// Life of a grid on the page: made once an element, told of new data, taken down with the page.

import * as bars from './bar.js';
import * as clipboard from './clipboard.js';
import { el } from './dom.js';
import * as editors from './editor.js';
import * as feeds from './feed.js';
import * as fill from './fill.js';
import * as frames from './frame.js';
import * as keys from './keys.js';
import * as looks from './look.js';
import * as outbox from './outbox.js';
import * as pages from './pages.js';
import * as panels from './panel.js';
import * as pointer from './pointer.js';
import * as problems from './problems.js';
import * as scale from './scale.js';
import * as selections from './selection.js';
import { connect } from './server.js';
import * as status from './status.js';
import * as stores from './store.js';
import * as undos from './undo.js';
import * as verbs from './verbs.js';
import * as views from './view.js';
import * as words from './words.js';

const grids = new WeakMap(); // by element: Streamlit calls again for new data, without a clean-up

export default function mount({ parentElement, data, setTriggerValue }) {
  const old = grids.get(parentElement);
  if (old && sameQuestion(old.data, data)) {
    old.box.server.csrf = data.csrf;
    Object.assign(old, { data, trigger: setTriggerValue });
    outbox.of(data.user, old.box.server);
    old.refresh();
    return old.unmount;
  }
  old?.unmount();
  const grid = make(parentElement, data, setTriggerValue);
  grids.set(parentElement, grid);
  return grid.unmount;
}

const sameQuestion = (one, other) =>
  ['user', 'register', 'area', 'where', 'sort', 'height'].every(
    (name) => JSON.stringify(one[name]) === JSON.stringify(other[name]),
  );

function make(parent, data, trigger) {
  const server = connect(location.origin + (data.api || '/api/v1'), data.csrf);
  const box = outbox.of(data.user, server);
  const { register, area, where, sort } = data;
  const store = stores.of(server, box, { register, area, where: where || [], sort });
  const grid = { data, trigger, box, store, undo: undos.of(box), off: [] };
  grid.selection = selections.make(store);
  grid.root = el('div.grid');
  equip(grid);
  frames.build(grid, parent);
  verbs.equip(grid);
  clipboard.listen(grid);
  keys.listen(grid);
  pointer.listen(grid);
  attach(grid, parent);
  start(grid);
  return grid;
}

function equip(grid) {
  grid.view = views.make(grid);
  grid.problems = problems.make(grid);
  grid.panel = panels.make(grid);
  grid.status = status.make(grid);
  grid.editor = editors.make(grid);
  grid.handle = fill.make(grid);
  grid.bar = bars.make(grid);
}

// Everything listened to goes into `off`, to be let go of again.
function attach(grid, parent) {
  const { store, box, editor } = grid;
  const on = (target, name, heard) => {
    target.addEventListener(name, heard);
    grid.off.push(() => target.removeEventListener(name, heard));
  };
  const join = (listeners, heard) => {
    listeners.add(heard);
    grid.off.push(() => listeners.delete(heard));
  };
  join(store.listeners, (kind) => {
    if (kind === 'order') selections.follow(grid.selection);
    grid.refresh();
  });
  join(box.listeners, (events) => heard(grid, events));
  const keep = () => editors.commit(editor);
  on(window, 'pagehide', keep);
  on(document, 'visibilitychange', () => document.hidden && keep());
  on(window, 'beforeunload', (event) => box.shelf.lost.size && event.preventDefault());
  on(document, 'keydown', (event) => keys.anywhere(grid, event));
  on(window, 'online', () => grid.look());
  on(window, 'resize', () => frames.fit(grid));
  const watch = new ResizeObserver(() => views.redraw(grid.view) || grid.refresh());
  watch.observe(grid.stage);
  grid.off.push(() => watch.disconnect());
  grid.unmount = () => unmount(grid, parent);
}

function heard(grid, events) {
  const { store, status: line } = grid;
  for (const { kind, entry, seq } of events) {
    if (kind === 'applied') {
      if (entry.kind !== 'cell') stores.tell(store, 'order');
      grid.changed(seq);
      if (entry.register === 'comments') grid.look();
    }
    if (kind === 'refused') line.say(entry.reason);
    if (kind === 'conflict') line.say(words.changedBy(entry.by?.who, entry.by?.when));
  }
  grid.refresh();
}

function start(grid) {
  const { store, view, editor } = grid;
  const held = (id) => editors.holds(editor, id);
  grid.feed = feeds.start(store, held, () => editors.seat(editor), (cells) => status.others(grid.status, cells));
  grid.fading = setInterval(() => feeds.fade(store) && grid.refresh(), 1000);
  frames.fit(grid);
  if (store.about && store.asOf) {
    looks.apply(store);
    selections.goto(grid.selection, 0, 0);
    grid.look();
    verbs.draw(grid);
    scale.to(view, store.scroll.top);
    view.pane.scrollLeft = store.scroll.left;
  } else {
    pages.open(store).then(() => selections.goto(grid.selection, 0, 0) || grid.refresh());
  }
  grid.bar.search.value = store.q;
  grid.refresh();
}

function unmount(grid, parent) {
  if (grid.gone) return;
  editors.commit(grid.editor);
  grid.gone = true;
  feeds.stop(grid.feed);
  clearInterval(grid.fading);
  cancelAnimationFrame(grid.frame);
  grid.off.forEach((let_go) => let_go());
  grid.root.remove();
  if (grids.get(parent) === grid) grids.delete(parent);
}
