import type { Locale } from '../../../../kernel/locale.ts';
import { button, card, faint, heading, html, type Html, look, page, tiles } from '../../../insights/public.ts';
import type { Block, WrittenDocument } from '../../contract.ts';

/** What stands around a document that goes as a mail. */
export interface MailFrame {
  /** Above it: why it comes late, and such. */
  note?: string;
  link: { text: string; href: string } | null;
  foot: string;
}

/** More columns than these do not fit a phone beside each other. */
const besides = 3;
const lines = (text: string): Html[] => text.split('\n').map((line, n) => (n === 0 ? html`${line}` : html`<br>${line}`));
const cellStyle = `padding:6px 8px 6px 0;border-bottom:1px solid ${look.line};vertical-align:top`;

type TableBlock = Extract<Block, { is: 'table' }>;

/** A table with many columns as one entry a row: its name, and under it what the columns say. */
const entries = ({ columns, rows }: TableBlock): Html =>
  html`${rows.map((row) => html`<p class="ink" style="margin:0 0 10px"><b>${row[0]}</b><br><span class="faint" style="font-size:13px;color:${look.faint}">${row.slice(1).map((text, n) => `${columns[n + 1].title} ${text}`).join(' · ')}</span></p>`)}`;

const plainTable = ({ columns, rows }: TableBlock): Html => {
  const align = (n: number): string => (columns[n].isNumber ? 'right' : 'left');
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 10px"><tr>${columns.map(({ title }, n) => html`<td class="faint line" align="${align(n)}" style="${cellStyle};font-size:13px;color:${look.faint}">${title}</td>`)}</tr>
${rows.map((row) => html`<tr>${row.map((text, n) => html`<td class="ink line" align="${align(n)}" style="${cellStyle}">${lines(text)}</td>`)}</tr>`)}</table>`;
};

function blockHtml(block: Block): Html {
  switch (block.is) {
    case 'heading':
      return block.level < 3 ? heading(block.text) : html`<h3 class="ink" style="margin:14px 0 6px;font-size:14px;font-weight:600;color:${look.ink}">${block.text}</h3>`;
    case 'paragraph':
      return block.tone === 'note' ? faint(block.text) : html`<p class="ink" style="margin:0 0 8px">${lines(block.text)}</p>`;
    case 'list':
      return html`<ul class="ink" style="margin:0 0 8px;padding-left:20px">${block.items.map((item) => html`<li style="margin:0 0 4px">${lines(item)}</li>`)}</ul>`;
    case 'table':
      return block.columns.length > besides ? entries(block) : plainTable(block);
    case 'figures':
      return tiles(block.figures.map((figure) => ({ ...figure, tone: 'faint' })));
  }
}

/** Chapters, each with its heading; what stands before the first heading is one of its own. */
function chaptersOf(blocks: readonly Block[]): Block[][] {
  const starts = blocks.flatMap((block, at) => (at === 0 || (block.is === 'heading' && block.level < 3) ? [at] : []));
  return starts.map((start, n) => blocks.slice(start, starts[n + 1]));
}

/** A document as a mail that is read without opening anything: a card a chapter, narrow enough for a phone. */
export function mailHtml({ title, subtitle, blocks }: WrittenDocument, locale: Locale, { note, link, foot }: MailFrame): string {
  const head = card(html`<h1 class="ink" style="margin:0 0 4px;font-size:20px;line-height:1.4;color:${look.ink}">${title}</h1>${faint(subtitle)}${note ? html`<p class="bad" style="margin:10px 0 0;color:${look.bad}">${note}</p>` : html``}`);
  const end = html`<tr><td align="center" style="padding:8px 4px 20px">${link ? html`<p style="margin:0 0 16px">${button(link.href, link.text)}</p>` : html``}${faint(foot)}</td></tr>`;
  return page(locale, title, html`${head}${chaptersOf(blocks).map((chapter) => card(html`${chapter.map(blockHtml)}`))}${end}`);
}

/** Punctuation as it is written among Chinese letters, and among Latin ones. */
const marks = (locale: Locale): { said: (label: string, value: string) => string; more: (note: string) => string } =>
  (locale === 'en' ? { said: (label, value) => `${label}: ${value}`, more: (note) => ` (${note})` } : { said: (label, value) => `${label}：${value}`, more: (note) => `（${note}）` });

/** A figure in a line of plain text. */
export function figureLine({ label, value, note }: { label: string; value: string; note: string }, locale: Locale): string {
  const { said, more } = marks(locale);
  return `${said(label, value)}${note === '' ? '' : more(note)}`;
}

function blockText(block: Block, locale: Locale): string {
  switch (block.is) {
    case 'heading':
      return `\n${block.text}`;
    case 'paragraph':
      return block.text;
    case 'list':
      return block.items.map((item) => `- ${item}`).join('\n');
    case 'table':
      return block.rows.map((row) => row.map((text, n) => (n === 0 ? text : `${block.columns[n].title} ${text}`)).join(' · ')).join('\n');
    case 'figures':
      return block.figures.map((figure) => figureLine(figure, locale)).join('\n');
  }
}

/** The same for who reads plain text. */
export const mailText = ({ title, subtitle, blocks }: WrittenDocument, locale: Locale, { note, link, foot }: MailFrame): string =>
  [title, subtitle, ...(note ? [note] : []), ...blocks.map((block) => blockText(block, locale)), '', ...(link ? [marks(locale).said(link.text, link.href)] : []), foot].join('\n');
