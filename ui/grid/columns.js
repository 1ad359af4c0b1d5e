// What a column's kind means in the browser: how a value reads, how text becomes one.

import * as words from './words.js';

const LISTED = new Set(['choice', 'choices', 'yes_no', 'reference']);
const YES = new Set([words.yes, '√', '✓', 'y', 'yes', 'true', '1']);
const NO = new Set([words.no, '×', '✗', 'n', 'no', 'false', '0']);

export const listed = (column) => LISTED.has(column.editor);
export const missing = (value) => value === null || value === undefined || value === '';
export const same = (one, other) => one === other || (missing(one) && missing(other));

// Clerks think of their own edits as text: the server's number 12 is what they typed as “12”.
export const alike = (one, other) =>
  same(one, other) || (!missing(one) && !missing(other) && String(one) === String(other));

export function show(column, value, labels) {
  if (missing(value)) return '';
  if (column.editor === 'yes_no') return value === true ? words.yes : value === false ? words.no : value;
  if (column.editor === 'reference') return labels[value] ?? String(value);
  return String(value);
}

// The text with which an editor opens. A mask is no text to edit: a new value is typed whole.
export const opening = (column, value, labels) => (column.masked ? '' : show(column, value, labels));

// From typed or pasted text to the value that is sent; the server judges it.
export function read(column, text) {
  const value = column.multiline ? text.replace(/\r\n?/g, '\n') : text.replace(/\s*[\r\n]+\s*/g, ' ');
  const bare = value.trim();
  if (bare === '') return null;
  if (column.editor !== 'yes_no') return bare;
  const low = bare.toLowerCase();
  return YES.has(low) ? true : NO.has(low) ? false : bare;
}

// What a drop-down offers: {value, label} each.
export function options(column) {
  if (column.editor === 'yes_no') {
    return [
      { value: true, label: words.yes },
      { value: false, label: words.no },
    ];
  }
  return (column.choices || []).map((choice) => ({ value: choice, label: choice }));
}

export const parts = (value) => (missing(value) ? [] : String(value).split('、'));

// Several choices in the order of the column, whichever was ticked first.
export const joined = (column, chosen) =>
  column.choices.filter((choice) => chosen.includes(choice)).join('、') || null;

// Columns without which a new row cannot be stored.
export const required = (columns) => columns.filter((c) => c.required && missing(c.default));
