// Where columns lie: widths in pixels, the first of them frozen beside the row numbers.

const EDGE = 1; // columns drawn beyond what is in sight, on either side

export function measure(columns, roomy, digits) {
  const number = Math.max(roomy ? 52 : 40, 8 * digits + 12);
  const widths = columns.map((column, i) => {
    const width = column.width || 110;
    return roomy || i ? width : Math.min(width, 92);
  });
  const lefts = [];
  let x = number;
  for (const width of widths) {
    lefts.push(x);
    x += width;
  }
  return { number, widths, lefts, total: x, frozen: number + (widths[0] || 0) };
}

// The columns that a window of the sheet shows; the first is always there.
export function visible(layout, left, width) {
  const from = left + layout.frozen;
  const to = left + width;
  const shown = [];
  for (let i = 1; i < layout.widths.length; i += 1) {
    if (layout.lefts[i] + layout.widths[i] > from && layout.lefts[i] < to) shown.push(i);
  }
  if (!shown.length) return layout.widths.length > 1 ? [0, 1] : [0];
  const first = Math.max(shown[0] - EDGE, 1);
  const last = Math.min(shown[shown.length - 1] + EDGE, layout.widths.length - 1);
  const all = [0];
  for (let i = first; i <= last; i += 1) all.push(i);
  return all;
}
