// The rows as they are searched, filtered and sorted, in the columns in sight, as a file.

import { button, el } from './dom.js';
import * as popups from './popup.js';
import * as stores from './store.js';
import { Failure } from './server.js';
import * as words from './words.js';

export function open(grid, anchor) {
  const popup = popups.open(grid, words.exports, anchor);
  const field = { className: 'search', maxLength: 100, required: true, minLength: 2, placeholder: words.purpose };
  const reason = el('input', { ...field, 'aria-label': words.purpose });
  const kinds = words.formats.map(([value, textContent]) => el('option', { value, textContent }));
  const kind = el('select', { className: 'search', 'aria-label': words.format }, ...kinds);
  const said = el('p', { className: 'why', role: 'alert' });
  const form = el('form', {}, reason, kind, said, button(words.exports, null, { type: 'submit', className: 'main' }));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const failed = await take(grid.store, kind.value, reason.value);
    if (failed) said.textContent = failed;
    else popup.close();
  });
  popup.body.append(el('p', { textContent: words.exportHint }), form);
  popup.show();
  reason.focus();
}

async function take(store, format, reason) {
  const { register, area, q, sort } = store;
  const columns = store.about.columns.map(({ name }) => name);
  const where = JSON.stringify(stores.asked(store));
  try {
    const file = await store.server.file('/export', { register, area, q, sort, where, columns, format, reason });
    const link = el('a', { href: URL.createObjectURL(file.blob), download: file.name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    return '';
  } catch (error) {
    if (error instanceof Failure) return words.failed(error.reason);
    throw error;
  }
}
