import type { Locale } from '../../../../kernel/locale.ts';
import { xmlText } from '../../../../platform/workbook/cell-text.ts';
import type { Block, WrittenDocument } from '../../contract.ts';
import { colours, officeFonts } from './looks.ts';

const lines = (text: string): string => xmlText(text).replaceAll('\n', '<br>');
const small = `font-size:12px;color:#${colours.soft}`;
const cell = `padding:6px 8px;border-bottom:1px solid #${colours.rule};vertical-align:top;text-align:`;
const tones = { plain: 'margin:0 0 10px', lead: 'margin:0 0 14px;font-size:16px', note: `margin:0 0 10px;${small}` };

function blockHtml(block: Block): string {
  switch (block.is) {
    case 'heading':
      return `<h${block.level} style="color:#${colours.accent};margin:${block.level === 1 ? 28 : 18}px 0 8px;font-size:${26 - block.level * 4}px">${lines(block.text)}</h${block.level}>`;
    case 'paragraph':
      return `<p style="${tones[block.tone]}">${lines(block.text)}</p>`;
    case 'list':
      return `<ul style="margin:0 0 10px;padding-left:20px">${block.items.map((item) => `<li>${lines(item)}</li>`).join('')}</ul>`;
    case 'table': {
      const align = (n: number): string => (block.columns[n].isNumber ? 'right' : 'left');
      const head = block.columns.map(({ title }, n) => `<th style="${cell}${align(n)};${small}">${lines(title)}</th>`).join('');
      const rows = block.rows.map((row) => `<tr>${row.map((text, n) => `<td style="${cell}${align(n)}">${lines(text)}</td>`).join('')}</tr>`).join('');
      return `<table style="width:100%;border-collapse:collapse;margin:0 0 14px"><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`;
    }
    case 'figures':
      return `<table style="margin:0 0 14px"><tr>${block.figures.map(({ label, value, note }) =>
        `<td style="padding:8px 24px 8px 0;vertical-align:top"><div style="${small}">${lines(label)}</div><div style="font-size:20px">${lines(value)}</div><div style="${small}">${lines(note)}</div></td>`).join('')}</tr></table>`;
  }
}

/** A document as one page of HTML with its looks within it, as programs of mail take it. */
export function htmlOf({ title, subtitle, blocks }: WrittenDocument, locale: Locale): string {
  const { latin, chinese } = officeFonts[locale];
  const font = [...new Set([latin, chinese])].map((name) => `'${name}'`).join(',');
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${xmlText(title)}</title></head>`
    + `<body style="max-width:820px;margin:24px auto;padding:0 16px;color:#${colours.text};font:14px/1.6 ${font},sans-serif">`
    + `<h1 style="margin:0 0 4px;font-size:26px">${lines(title)}</h1><p style="margin:0 0 20px;${small}">${lines(subtitle)}</p>${blocks.map(blockHtml).join('')}</body></html>`;
}
