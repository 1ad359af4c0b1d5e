// Blocks of cells as text: tabs between columns, lines between rows, quotes around what needs them.

// From Excel, WPS or any table: rows of texts.
export function parse(text) {
  const rows = [[]];
  let cell = '';
  let quoted = false;
  let started = false; // a quote counts only at the beginning of a cell
  const source = text.replace(/\r\n?/g, '\n');
  for (let i = 0; i < source.length; i += 1) {
    const sign = source[i];
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (source[i + 1] === '"') [cell, i] = [`${cell}"`, i + 1];
      else quoted = false;
    } else if (sign === '"' && !started && closes(source, i)) {
      [quoted, started] = [true, true];
    } else if (sign === '\t' || sign === '\n') {
      rows[rows.length - 1].push(cell);
      if (sign === '\n') rows.push([]);
      [cell, started] = ['', false];
    } else {
      [cell, started] = [cell + sign, true];
    }
  }
  rows[rows.length - 1].push(cell);
  const last = rows[rows.length - 1];
  // Spreadsheets end the last row with a line break too.
  if (rows.length > 1 && last.length === 1 && last[0] === '') rows.pop();
  return rows;
}

// Whether the quote at `start` has its counterpart at the end of the cell: 5" is no quoted cell.
function closes(source, start) {
  for (let i = start + 1; i < source.length; i += 1) {
    if (source[i] !== '"') continue;
    if (source[i + 1] === '"') i += 1;
    else return i + 1 === source.length || source[i + 1] === '\t' || source[i + 1] === '\n';
  }
  return false;
}

const quote = (text) => (/[\t\n\r"]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
export const write = (rows) => rows.map((row) => row.map(quote).join('\t')).join('\r\n');

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text) => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign]);
const style = 'mso-number-format:&quot;\\@&quot;;white-space:pre-wrap';

// The same as a table of text cells: a spreadsheet then keeps all 18 digits of a number.
export function markup(rows) {
  const cell = (text) => `<td style="${style}">${escape(text)}</td>`;
  const lines = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`);
  return `<meta charset="utf-8"><table>${lines.join('')}</table>`;
}
