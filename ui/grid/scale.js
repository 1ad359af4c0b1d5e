// Where in the sheet one is. Browsers draw nothing taller than some million pixels: a taller sheet
// is pressed together in its middle, and the rows in sight are shifted to where they would be.

const TALLEST = 8e6; // pixels
const EDGE = 1e6; // at either end nothing is pressed, so that both ends are reached as usual
const REST = 200; // ms

// How high the sheet shall be for so many pixels of rows.
export function fit(view, tall) {
  view.tall = tall;
  view.high = Math.min(tall, TALLEST);
  return view.high;
}

export const top = (view) => view.pane.scrollTop + view.shift;

// From a place in the whole sheet to the one in the pressed sheet, or back.
function mapped(y, from, to) {
  if (y < EDGE || from === to) return y;
  if (y > from - EDGE) return y + to - from;
  return EDGE + ((y - EDGE) * (to - 2 * EDGE)) / (from - 2 * EDGE);
}

export function to(view, y) {
  const { pane } = view;
  const at = Math.max(Math.min(y, view.tall - pane.clientHeight), 0);
  pane.scrollTop = mapped(at, view.tall, view.high);
  view.shift = view.tall > view.high ? Math.round(at - pane.scrollTop) : 0;
  view.last = pane.scrollTop;
}

// After the pane was scrolled: small steps are steps over rows, large ones drags of the bar.
export function moved(view) {
  const { pane, tall, high } = view;
  if (tall === high || pane.scrollTop === view.last) return;
  const room = 2 * pane.clientHeight;
  const far = Math.abs(pane.scrollTop - view.last) > room;
  if (far) view.shift = Math.round(mapped(pane.scrollTop, high, tall) - pane.scrollTop);
  view.last = pane.scrollTop;
  const settle = () => to(view, top(view));
  if (pane.scrollTop < room || pane.scrollTop > high - 2 * room) settle();
  clearTimeout(view.resting);
  view.resting = setTimeout(settle, REST);
}
