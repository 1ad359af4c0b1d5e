// Names typed or pasted into a column of references become ids just before they are sent.

import * as answers from './answers.js';
import * as outbox from './outbox.js';
import * as words from './words.js';

// The entries that can be sent; those whose names are not found are refused here.
export async function resolve(box, entries) {
  const found = new Map();
  for (const entry of entries) {
    if (!box.entries.has(entry.op)) continue;
    if (entry.lookup) await settle(box, entry, entry.name, entry.text, found);
    for (const [name, text] of Object.entries(entry.lookups || {})) {
      if (text && entry.state === 'waiting') await settle(box, entry, name, text, found);
    }
  }
  return entries.filter((entry) => entry.state === 'waiting' && box.entries.has(entry.op));
}

async function settle(box, entry, name, text, found) {
  const key = `${entry.register}/${entry.area}/${name}/${text}`;
  if (!found.has(key)) found.set(key, await ask(box, entry, name, text));
  const { id, several } = found.get(key);
  if (!id) return answers.refuse(box, entry, (several ? words.several : words.notFound)(text), name);
  if (entry.kind === 'add') {
    entry.values[name] = id;
    entry.lookups = { ...entry.lookups, [name]: undefined };
  } else {
    Object.assign(entry, { value: id, lookup: false });
  }
  outbox.tell(box, { kind: 'labels', labels: { [id]: text } });
  return outbox.save(box, entry);
}

// A name stands for the one choice that reads exactly so, or else the only one that begins so.
async function ask(box, entry, name, text) {
  const { register, area } = entry;
  const { choices } = await box.server.get('/choices', { register, field: name, area, q: text });
  const exact = choices.filter((choice) => choice.label === text);
  const close = choices.filter((choice) => choice.label.startsWith(text));
  const fit = exact.length ? exact : close;
  return { id: fit.length === 1 ? fit[0].id : null, several: fit.length > 1 };
}
