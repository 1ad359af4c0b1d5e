// Elements in one line each; text is always set as text, never as markup.

export function set(node, properties) {
  for (const [name, value] of Object.entries(properties)) {
    if (name in node && !name.startsWith('aria')) node[name] = value;
    else node.setAttribute(name, value);
  }
  return node;
}

// `tag.class`, then in any order its properties and what is in it: nodes, texts, lists of them.
export function el(tag, ...parts) {
  const [name, className = ''] = tag.split('.');
  const node = set(document.createElement(name), { className });
  for (const part of parts.flat()) {
    if (part?.constructor === Object) set(node, part);
    else node.append(part ?? '');
  }
  return node;
}

export const button = (label, onclick, className = '', more = {}) =>
  el('button', label, { type: 'button', onclick, className, ...more });
export const submit = (label) => button(label, null, 'main', { type: 'submit' });
export const buttons = (...parts) => el('div.buttons', ...parts);
export const side = (text) => el('span.side', text);
export const line = (label, ...parts) => el('p', side(label), ...parts);
