// A question that waits for an answer; the browser keeps the focus inside it.

import { button, el } from './dom.js';
import * as editors from './editor.js';
import * as words from './words.js';

export function ask(grid, title, hint) {
  return new Promise((answer) => {
    const node = el('dialog', { 'aria-label': title });
    const close = (value) => () => node.close(value);
    const buttons = el('div', { className: 'buttons' },
      button(words.cancel, close('')), button(words.remove, close('yes'), { className: 'main' }));
    node.append(el('strong', { textContent: title }), el('p', { textContent: hint }), buttons);
    node.addEventListener('close', () => {
      node.remove();
      editors.focus(grid.editor);
      answer(node.returnValue === 'yes');
    });
    grid.root.append(node);
    node.showModal();
    node.querySelector('.main').focus();
  });
}
