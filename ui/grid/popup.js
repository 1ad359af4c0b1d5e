// A panel over the grid: beside what it belongs to, on a phone at the foot of the screen; and the
// question that waits for an answer. The browser keeps the focus inside either.

import { button, buttons, el } from './dom.js';
import * as editors from './editor.js';
import * as words from './words.js';

function dialog(grid, tag, title, ...parts) {
  const node = el(tag, { 'aria-label': title }, ...parts);
  node.addEventListener('close', () => {
    node.remove();
    editors.focus(grid.editor);
  });
  grid.root.append(node);
  return node;
}

// Esc or a press beside it closes; what was pressed inside and let go of beside it does not.
export function open(grid, title, anchor, ...parts) {
  editors.commit(grid.editor);
  const close = () => node.close();
  const head = el('header', el('strong', title), button('×', close, 'link', { 'aria-label': words.close }));
  const node = dialog(grid, 'dialog.popup', title, el('div.body', head, parts.map((part) => part(close))));
  let pressed;
  node.onpointerdown = ({ target }) => (pressed = target);
  node.onclick = ({ target }) => {
    if (target === node && pressed === node) close();
  };
  node.showModal();
  const { left, bottom } = anchor.getBoundingClientRect();
  const within = (wished, whole, own) => `${Math.max(Math.min(wished, whole - own - 8), 8)}px`;
  // Again with all that is shown in it later.
  new ResizeObserver(() => {
    node.style.left = within(left, innerWidth, node.offsetWidth);
    node.style.top = within(bottom + 2, innerHeight, node.offsetHeight);
  }).observe(node);
}

export function ask(grid, title, hint) {
  const answer = (label, value, kind) => button(label, () => node.close(value), kind);
  const yes = answer(words.remove, 'yes', 'main');
  const node = dialog(grid, 'dialog', title, el('strong', title), el('p', hint), buttons(answer(words.cancel, ''), yes));
  node.showModal();
  yes.focus();
  return new Promise((done) => node.addEventListener('close', () => done(node.returnValue === 'yes')));
}
