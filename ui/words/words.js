// Streamlit speaks English only. This says its own words in Chinese, place by place as strings.json
// lists them, and never touches what users wrote.

const ATTRIBUTES = [
  'aria-label', 'aria-valuetext', 'aria-roledescription', 'title', 'data-title', 'placeholder', 'alt',
];
const LATIN = /[A-Za-z]/;

/** Begins once a page load; later calls (a component mounts again on every page) do nothing. */
let begun = false;
export function start(strings) {
  if (begun) return;
  begun = true;
  document.documentElement.lang = strings.lang;
  calendarsIn(strings.lang);
  const room = prepared(strings);
  const observer = new MutationObserver((records) => {
    hear(records, room);
    observer.takeRecords(); // what we have just written ourselves
  });
  observer.observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ATTRIBUTES,
  });
  sweep(document.body, room);
}

/** The places with their words and patterns ready, and one selector for all of them. */
function prepared({ shared, places }) {
  const ready = places.map(({ at, tooltip = false, words = {}, patterns = [] }) => ({
    at,
    tooltip,
    words: new Map([...Object.entries(shared), ...Object.entries(words)]),
    patterns: patterns.map(([pattern, chinese]) => [new RegExp(`^${pattern}$`, 's'), chinese]),
  }));
  const everywhere = [...ready.map(({ at }) => at), '[role=tooltip] p'].join(',');
  return { places: ready, everywhere };
}

// Called before the browser paints, so no English is ever seen; nothing here asks for layout.
function hear(records, room) {
  for (const { type, target, addedNodes } of records) {
    if (type === 'attributes') visit(target, room);
    else if (type === 'characterData') visit(target.parentElement, room);
    else for (const node of addedNodes) arrive(node, target, room);
  }
}

function arrive(node, parent, room) {
  if (node.nodeType === Node.TEXT_NODE) visit(parent, room);
  else if (node.nodeType === Node.ELEMENT_NODE) sweep(node, room);
}

function sweep(root, room) {
  visit(root, room);
  for (const element of root.querySelectorAll(room.everywhere)) visit(element, room);
}

function visit(element, room) {
  if (!element?.matches(room.everywhere)) return;
  for (const place of room.places) if (speaks(element, place)) translate(element, place);
}

/** Whether `element` is a control of this place, or the tooltip of one. */
function speaks(element, place) {
  if (element.matches(place.at)) return true;
  const id = place.tooltip && element.closest('[role=tooltip]')?.id;
  return Boolean(id && document.querySelector(`[aria-describedby~="${id}"]`)?.querySelector(place.at));
}

/** The element's own text and attributes; its children are places of their own or users' text. */
function translate(element, place) {
  for (const node of element.childNodes) {
    if (node.nodeType !== Node.TEXT_NODE) continue;
    const said = say(node.data, place);
    if (said !== node.data) node.data = said; // the node stays, React still knows it
  }
  for (const name of ATTRIBUTES) {
    const value = element.getAttribute(name);
    const said = value && say(value, place);
    if (said && said !== value) element.setAttribute(name, said);
  }
}

function say(text, place) {
  const bare = text.trim();
  if (!LATIN.test(bare)) return text;
  const known = place.words.get(bare);
  if (known !== undefined) return known;
  for (const [pattern, chinese] of place.patterns) {
    const found = pattern.exec(bare);
    if (found) return filled(chinese, found, place);
  }
  return text;
}

/** `$1` stands for what the pattern found, `{1}` for the same said in Chinese. */
function filled(chinese, found, place) {
  return chinese.replace(/\$(\d)|\{(\d)\}/g, (_, plain, said) =>
    plain ? (found[plain] ?? '') : say(found[said] ?? '', place),
  );
}

/** Calendars follow the browser's language, which may be English: here it is always ours. */
function calendarsIn(lang) {
  if (navigator.language.startsWith('zh')) return;
  Object.defineProperty(navigator, 'language', { get: () => lang });
  Object.defineProperty(navigator, 'languages', { get: () => [lang] });
  window.dispatchEvent(new Event('languagechange'));
}
