import { fileURLToPath } from 'node:url';
import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import type { Locale } from '../../../../kernel/locale.ts';
import type { Block, WrittenDocument } from '../../contract.ts';
import { colours, widthsOf } from './looks.ts';

type Pdf = PDFKit.PDFDocument;

const fontFile = (name: string): string => fileURLToPath(import.meta.resolve(`@expo-google-fonts/noto-sans-sc/${name}`));
/**
 * One family for all three languages: it has every letter of GBK and of Big5 that is in use. Only letters that stand in a document go into its
 * file. They are named by their files: under a name of its own the first one would be opened anew each time, which takes ten milliseconds.
 */
const fonts = { plain: fontFile('400Regular/NotoSansSC_400Regular.ttf'), bold: fontFile('700Bold/NotoSansSC_700Bold.ttf') };
/** The family has no pictures: an emoji would be an empty box. */
const pictures = /[\p{Emoji_Presentation}\p{Emoji_Modifier}\u{fe0f}\u{200d}]/gu;
/** What stands within a tree keeps its ideographic spaces. */
const letters = (text: string): string => text.replace(pictures, '').replace(/^[ \n]+|[ \n]+$/g, '');

const margin = 56;
const indent = 14;
const sizes = { 1: 18, 2: 14, 3: 12, title: 24, lead: 12.5, plain: 10.5, note: 9, figure: 16 };
const leading = 3.5;
const inner = (pdf: Pdf): number => pdf.page.width - 2 * margin;
const bottom = (pdf: Pdf): number => pdf.page.height - margin;

/** Begins a page where less than this is left of it. */
function demandRoom(pdf: Pdf, height: number): void {
  if (pdf.y + height > bottom(pdf)) pdf.addPage();
}

function write(pdf: Pdf, text: string, { size, colour = colours.text, isBold = false, after = 6, x = margin, width = inner(pdf) }: { size: number; colour?: string; isBold?: boolean; after?: number; x?: number; width?: number }): void {
  pdf.font(isBold ? fonts.bold : fonts.plain).fontSize(size).fillColor(`#${colour}`).text(letters(text), x, pdf.y, { width, lineGap: leading });
  pdf.y += after;
}

const pad = 5;
interface RowLooks {
  widths: readonly number[];
  columns: readonly { isNumber: boolean }[];
  isHead?: boolean;
}

const cellOptions = ({ widths, columns }: RowLooks, n: number): PDFKit.Mixins.TextOptions => ({ width: widths[n] - 2 * pad, lineGap: 2, align: columns[n].isNumber ? 'right' : 'left' });

/** How high a cell's text stands, in the font of its row. */
function cellHeight(pdf: Pdf, text: string, looks: RowLooks, n: number): number {
  pdf.font(looks.isHead ? fonts.bold : fonts.plain).fontSize(sizes.note);
  return pdf.heightOfString(letters(text) || ' ', cellOptions(looks, n));
}

/** Whether there was room for it. */
function writeRow(pdf: Pdf, texts: readonly string[], looks: RowLooks): boolean {
  const { widths, isHead } = looks;
  const height = Math.max(...texts.map((text, n) => cellHeight(pdf, text, looks, n))) + 2 * pad;
  if (pdf.y + height > bottom(pdf)) return false;
  const top = pdf.y;
  if (isHead) pdf.rect(margin, top, inner(pdf), height).fill(`#${colours.fill}`);
  pdf.fillColor(`#${colours.text}`);
  texts.forEach((text, n) => pdf.text(letters(text), margin + pad + widths.slice(0, n).reduce((sum, each) => sum + each, 0), top + pad, cellOptions(looks, n)));
  pdf.moveTo(margin, top + height).lineTo(margin + inner(pdf), top + height).lineWidth(0.5).stroke(`#${colours.rule}`);
  pdf.y = top + height;
  return true;
}

/** What of a row has room on the page, and the rest of it: cells that are short stand in the first part whole. */
function cutRow(pdf: Pdf, row: readonly string[], looks: RowLooks): [string[], string[]] {
  const room = bottom(pdf) - pdf.y - 2 * pad;
  const ends = row.map((text, n) => {
    let end = text.length;
    for (let height = cellHeight(pdf, text, looks, n); height > room && end > 1; height = cellHeight(pdf, text.slice(0, end), looks, n)) end = Math.max(1, Math.min(end - 1, Math.floor((end * room) / height)));
    // Never within a letter of two parts.
    return end > 1 && end < text.length && text.codePointAt(end - 1)! > 0xffff ? end - 1 : end;
  });
  return [row.map((text, n) => text.slice(0, ends[n])), row.map((text, n) => text.slice(ends[n]))];
}

/** A row that does not fit goes to the next page, under its heads again; one that is longer than a page is cut where the page ends. */
function writeTable(pdf: Pdf, columns: readonly { title: string; share: number; isNumber: boolean }[], rows: readonly (readonly string[])[]): void {
  const looks = { columns, widths: widthsOf(columns.map(({ share }) => share), inner(pdf)) };
  const head = (): boolean => writeRow(pdf, columns.map(({ title }) => title), { ...looks, isHead: true });
  demandRoom(pdf, 60);
  head();
  for (const row of rows) {
    if (writeRow(pdf, row, looks)) continue;
    let rest: readonly string[] = row;
    do {
      pdf.addPage();
      head();
      const [first, more] = cutRow(pdf, rest, looks);
      writeRow(pdf, first, looks);
      rest = more;
    } while (rest.some((text) => text !== ''));
  }
  pdf.x = margin;
  pdf.y += 12;
}

function writeFigures(pdf: Pdf, figures: readonly { label: string; value: string; note: string }[]): void {
  const across = 3;
  const width = inner(pdf) / across;
  for (let from = 0; from < figures.length; from += across) {
    demandRoom(pdf, 70);
    const top = pdf.y;
    const ends = figures.slice(from, from + across).map(({ label, value, note }, n) => {
      pdf.y = top;
      const at = { x: margin + n * width, width: width - 12, after: 0 };
      write(pdf, label, { size: sizes.note, colour: colours.soft, ...at });
      write(pdf, value, { size: sizes.figure, isBold: true, ...at });
      if (note) write(pdf, note, { size: sizes.note, colour: colours.soft, ...at });
      return pdf.y;
    });
    pdf.y = Math.max(...ends) + 8;
  }
  pdf.x = margin;
}

function writeBlock(pdf: Pdf, block: Block): void {
  switch (block.is) {
    case 'heading':
      pdf.y += block.level === 1 ? 14 : 8;
      demandRoom(pdf, 70);
      if (block.level < 3) pdf.outline.addItem(letters(block.text));
      return write(pdf, block.text, { size: sizes[block.level], isBold: true, colour: colours.accent });
    case 'paragraph':
      return write(pdf, block.text, { size: sizes[block.tone], colour: block.tone === 'note' ? colours.soft : colours.text });
    case 'list':
      for (const item of block.items) {
        demandRoom(pdf, 20);
        const top = pdf.y;
        write(pdf, '•', { size: sizes.plain, after: 0 });
        pdf.y = top;
        write(pdf, item, { size: sizes.plain, x: margin + indent, width: inner(pdf) - indent, after: 3 });
      }
      pdf.x = margin;
      pdf.y += 5;
      return;
    case 'table':
      return writeTable(pdf, block.columns, block.rows);
    case 'figures':
      return writeFigures(pdf, block.figures);
  }
}

/** A document as a PDF, with the letters that stand in it embedded. */
export async function pdfOf({ title, subtitle, blocks }: WrittenDocument, locale: Locale): Promise<Buffer> {
  const pdf = new PDFDocument({ size: 'A4', margins: { top: margin, bottom: margin, left: margin, right: margin }, bufferPages: true, lang: locale, displayTitle: true, info: { Title: title, Subject: subtitle }, font: fonts.plain });
  const file = buffer(pdf);
  write(pdf, title, { size: sizes.title, isBold: true, after: 2 });
  write(pdf, subtitle, { size: sizes.note, colour: colours.soft, after: 8 });
  for (const block of blocks) writeBlock(pdf, block);
  const { start, count } = pdf.bufferedPageRange();
  for (let n = start; n < start + count; n++) {
    pdf.switchToPage(n);
    // Below the margin, where a text would begin another page.
    pdf.page.margins.bottom = 0;
    pdf.font(fonts.plain).fontSize(sizes.note).fillColor(`#${colours.soft}`).text(`${n + 1} / ${count}`, margin, pdf.page.height - 38, { width: inner(pdf), align: 'center', lineBreak: false });
  }
  pdf.end();
  return file;
}
