import type { Block } from '../contract.ts';

type Column = { title: string; share?: number; isNumber?: boolean };

/** What no file can hold or show: control characters, halves of surrogate pairs, two non-characters. */
const unwritable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
/** A vertical tab, and others, are how text out of other programs breaks a line. */
export const clean = (text: string): string => text.replace(/\r\n?|[\u000b\u0085\u2028\u2029]/g, '\n').replace(unwritable, '');

export const heading = (level: 1 | 2 | 3, text: string): Block => ({ is: 'heading', level, text: clean(text) });
/** Nothing where there is no text. */
export const paragraph = (text: string, tone: 'plain' | 'lead' | 'note' = 'plain'): Block[] => (text.trim() === '' ? [] : [{ is: 'paragraph', text: clean(text), tone }]);
export const list = (items: readonly string[]): Block[] => (items.length === 0 ? [] : [{ is: 'list', items: items.map(clean) }]);
/** Nothing where there are no rows. */
export const table = (columns: readonly Column[], rows: readonly (readonly string[])[]): Block[] =>
  (rows.length === 0 ? [] : [{ is: 'table', columns: columns.map(({ title, share = 1, isNumber = false }) => ({ title: clean(title), share, isNumber })), rows: rows.map((row) => row.map(clean)) }]);
export const figures = (all: readonly { label: string; value: string; note?: string }[]): Block[] =>
  (all.length === 0 ? [] : [{ is: 'figures', figures: all.map(({ label, value, note = '' }) => ({ label: clean(label), value: clean(value), note: clean(note) })) }]);

/** A part with its heading; nothing where nothing stands under it. */
export const under = (level: 1 | 2 | 3, title: string, ...parts: readonly (readonly Block[])[]): Block[] => {
  const blocks = parts.flat();
  return blocks.length === 0 ? [] : [heading(level, title), ...blocks];
};
