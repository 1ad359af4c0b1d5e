// What the other modules ask of the grid as a whole.

import * as bars from './bar.js';
import * as editors from './editor.js';
import * as feeds from './feed.js';
import * as fill from './fill.js';
import * as forms from './form.js';
import * as frames from './frame.js';
import * as pages from './pages.js';
import * as panels from './panel.js';
import * as popups from './popup.js';
import * as problems from './problems.js';
import * as scale from './scale.js';
import * as selections from './selection.js';
import * as status from './status.js';
import * as views from './view.js';

const QUIET = 1500; // ms without an edit before the page's figures are asked to follow

export function equip(grid) {
  const { store, selection } = grid;
  grid.refresh = () => {
    grid.frame ||= requestAnimationFrame(() => {
      grid.frame = 0;
      draw(grid);
    });
  };
  // After the selection moved.
  grid.show = () => {
    views.reveal(grid.view, selection.endRow, selection.endCol);
    editors.place(grid.editor);
    grid.refresh();
  };
  grid.goto = (row, col) => {
    editors.commit(grid.editor);
    selections.goto(selection, row, col);
    grid.show();
  };
  grid.look = () => feeds.now(grid.feed);
  grid.anew = () => anew(grid);
  grid.search = (q) => {
    if (q === store.q) return;
    store.q = q;
    anew(grid);
  };
  grid.sortBy = (sort) => {
    store.sort = sort;
    anew(grid);
  };
  grid.changed = (seq) => {
    if (!grid.data.notify) return;
    clearTimeout(grid.quiet);
    grid.quiet = setTimeout(() => grid.trigger('changed', seq), QUIET);
  };
  grid.side = (tab) => panels.toggle(grid.panel, tab);
  grid.ask = (title, hint) => popups.ask(grid, title, hint);
}

function anew(grid) {
  const { store, view, selection } = grid;
  return pages.open(store).then(() => {
    scale.to(view, 0);
    selections.goto(selection, 0, selection.col);
    views.redraw(view);
    grid.refresh();
  });
}

export function draw(grid) {
  grid.view.version += 1;
  views.draw(grid.view);
  editors.place(grid.editor);
  fill.place(grid);
  status.draw(grid.status);
  problems.draw(grid.problems);
  bars.draw(grid.bar);
  panels.draw(grid.panel);
  forms.draw(grid);
  frames.slate(grid);
}
