// Elements in one line each; text is always set as text, never as markup.

export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in node && !name.startsWith('aria')) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

export const button = (label, onclick, properties = {}) =>
  el('button', { type: 'button', textContent: label, onclick, ...properties });
