// The rows as they are searched, filtered and sorted, in the columns in sight, as a file.

import { el, submit } from './dom.js';
import * as popups from './popup.js';
import * as stores from './store.js';
import { Failure } from './server.js';
import * as words from './words.js';

export function open(grid, anchor) {
  const field = { maxLength: 100, required: true, minLength: 2, placeholder: words.purpose };
  const reason = el('input.search', field, { 'aria-label': words.purpose });
  const kinds = words.formats.map(([value, label]) => el('option', label, { value }));
  const kind = el('select.search', kinds, { 'aria-label': words.format });
  const said = el('p.why', { role: 'alert' });
  const form = (close) => el('form', reason, kind, said, submit(words.exports), {
    onsubmit: async (event) => {
      event.preventDefault();
      said.textContent = await take(grid.store, kind.value, reason.value);
      if (!said.textContent) close();
    },
  });
  popups.open(grid, words.exports, anchor, () => el('p', words.exportHint), form);
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
