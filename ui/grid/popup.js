// A panel over the grid: beside what it belongs to, on a phone at the foot of the screen.

import { button, el } from './dom.js';
import * as editors from './editor.js';
import * as words from './words.js';

// The browser keeps the focus inside; Esc or a press beside it closes, the cell has the focus again.
export function open(grid, title, anchor) {
  editors.commit(grid.editor);
  const body = el('div', { className: 'body' });
  const node = el('dialog', { className: 'popup', 'aria-label': title }, body);
  const close = button('×', () => node.close(), { className: 'link', 'aria-label': words.close });
  body.append(el('header', {}, el('strong', { textContent: title }), close));
  node.addEventListener('click', (event) => event.target === node && node.close());
  node.addEventListener('close', () => {
    node.remove();
    editors.focus(grid.editor);
  });
  grid.root.append(node);
  return { body, close: () => node.close(), show: () => show(node, anchor) };
}

function show(node, anchor) {
  node.showModal();
  const { left, bottom } = anchor.getBoundingClientRect();
  const furthest = (whole, own) => Math.max(whole - own - 8, 8);
  node.style.left = `${Math.max(Math.min(left, furthest(innerWidth, node.offsetWidth)), 8)}px`;
  node.style.top = `${Math.min(bottom + 2, furthest(innerHeight, node.offsetHeight))}px`;
}
