// Every text and attribute of the page that has a Latin word in it, icons' names aside.
() => {
  const ATTRIBUTES = [
    'aria-label', 'aria-valuetext', 'aria-description', 'aria-roledescription', 'title',
    'data-title', 'placeholder', 'alt',
  ];
  const LATIN = /[A-Za-z]{2,}/;
  const left = new Set();
  const skip = 'script, style, [data-testid=stIconMaterial], .gdg-style';
  for (const element of document.querySelectorAll('html, html *')) {
    if (element.closest(skip)) continue;
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE && LATIN.test(node.data)) left.add(node.data.trim());
    }
    for (const name of ATTRIBUTES) {
      const value = element.getAttribute(name);
      if (value && LATIN.test(value)) left.add(value.trim());
    }
  }
  return [...left];
}
