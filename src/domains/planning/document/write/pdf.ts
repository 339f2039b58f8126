import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import type { Locale } from '../../../../kernel/locale.ts';
import type { Block, WrittenDocument } from '../../contract.ts';
import { base } from './fonts.ts';
import { lineHeight, linesOf, writeLine } from './lines.ts';
import { colours, widthsOf } from './looks.ts';

type Pdf = PDFKit.PDFDocument;

/** Marks stand with their letters, as in names of files; what stands within a tree keeps its ideographic spaces. */
const letters = (text: string): string => text.normalize('NFC').replaceAll('\t', ' ').replace(/^[ \n]+|[ \n]+$/g, '');

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
  const looks = { size, isBold, width };
  const height = lineHeight(pdf, looks);
  pdf.fillColor(`#${colour}`);
  for (const line of linesOf(pdf, letters(text), looks)) {
    demandRoom(pdf, height);
    const { y } = pdf;
    writeLine(pdf, line, { ...looks, x, y });
    pdf.y = y + height + leading;
  }
  pdf.y += after;
}

const pad = 5;
const rowLeading = 2;
interface RowLooks {
  widths: readonly number[];
  columns: readonly { isNumber: boolean }[];
  isHead?: boolean;
}

const cellLooks = ({ widths, isHead }: RowLooks, n: number): { size: number; isBold: boolean; width: number } => ({ size: sizes.note, isBold: isHead ?? false, width: widths[n] - 2 * pad });
const cellLines = (pdf: Pdf, texts: readonly string[], looks: RowLooks): string[][] => texts.map((text, n) => linesOf(pdf, letters(text), cellLooks(looks, n)));
const rowLine = (pdf: Pdf): number => lineHeight(pdf, { size: sizes.note }) + rowLeading;

const rowHeight = (pdf: Pdf, cells: readonly (readonly string[])[]): number => Math.max(...cells.map((lines) => lines.length)) * rowLine(pdf) + 2 * pad;

/** Whether there was room for it. */
function writeRow(pdf: Pdf, cells: readonly (readonly string[])[], looks: RowLooks): boolean {
  const { widths, columns, isHead } = looks;
  const height = rowHeight(pdf, cells);
  if (pdf.y + height > bottom(pdf)) return false;
  const top = pdf.y;
  if (isHead) pdf.rect(margin, top, inner(pdf), height).fill(`#${colours.fill}`);
  pdf.fillColor(`#${colours.text}`);
  cells.forEach((lines, n) => {
    const x = margin + pad + widths.slice(0, n).reduce((sum, each) => sum + each, 0);
    lines.forEach((line, at) => writeLine(pdf, line, { ...cellLooks(looks, n), x, y: top + pad + at * rowLine(pdf), isRight: columns[n].isNumber }));
  });
  pdf.moveTo(margin, top + height).lineTo(margin + inner(pdf), top + height).lineWidth(0.5).stroke(`#${colours.rule}`);
  pdf.y = top + height;
  return true;
}

type TableBlock = Extract<Block, { is: 'table' }>;
const looksOf = (pdf: Pdf, { columns }: TableBlock): RowLooks => ({ columns, widths: widthsOf(columns.map(({ share }) => share), inner(pdf)) });

/** The heads of a table and its first row, or as much of a long one as is worth beginning. */
const longRow = 200;
function tableBegin(pdf: Pdf, block: TableBlock): number {
  const looks = looksOf(pdf, block);
  const height = (texts: readonly string[], of: RowLooks): number => rowHeight(pdf, cellLines(pdf, texts, of));
  return height(block.columns.map(({ title }) => title), { ...looks, isHead: true }) + Math.min(longRow, height(block.rows[0] ?? [''], looks));
}

/** A row that does not fit goes to the next page, under its heads again; one that is longer than a page is cut where the page ends. */
function writeTable(pdf: Pdf, block: TableBlock): void {
  const { columns, rows } = block;
  const looks = looksOf(pdf, block);
  const heads = { ...looks, isHead: true };
  const head = (): boolean => writeRow(pdf, cellLines(pdf, columns.map(({ title }) => title), heads), heads);
  demandRoom(pdf, tableBegin(pdf, block));
  head();
  for (const row of rows) {
    let rest = cellLines(pdf, row, looks);
    if (writeRow(pdf, rest, looks)) continue;
    do {
      pdf.addPage();
      head();
      const count = Math.max(1, Math.floor((bottom(pdf) - pdf.y - 2 * pad) / rowLine(pdf)));
      writeRow(pdf, rest.map((lines) => lines.slice(0, count)), looks);
      rest = rest.map((lines) => lines.slice(count));
    } while (rest.some((lines) => lines.length > 0));
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

const above = (level: 1 | 2 | 3): number => (level === 1 ? 14 : 8);

/** How much of a page a block takes before it may go on in the next; a heading takes what stands under it along. */
function roomOf(pdf: Pdf, blocks: readonly Block[], at: number): number {
  const block = blocks.at(at);
  switch (block?.is) {
    case undefined:
      return 0;
    case 'heading':
      return above(block.level) + lineHeight(pdf, { size: sizes[block.level], isBold: true }) + leading + 6 + roomOf(pdf, blocks, at + 1);
    case 'paragraph':
      return lineHeight(pdf, { size: sizes[block.tone] });
    case 'list':
      return 20;
    case 'table':
      return tableBegin(pdf, block);
    case 'figures':
      return 70;
  }
}

function writeBlock(pdf: Pdf, block: Block): void {
  switch (block.is) {
    case 'heading':
      pdf.y += above(block.level);
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
      return writeTable(pdf, block);
    case 'figures':
      return writeFigures(pdf, block.figures);
  }
}

/** A document as a PDF, with the letters that stand in it embedded. */
export async function pdfOf({ title, subtitle, blocks }: WrittenDocument, locale: Locale): Promise<Buffer> {
  const pdf = new PDFDocument({ size: 'A4', margins: { top: margin, bottom: margin, left: margin, right: margin }, bufferPages: true, lang: locale, displayTitle: true, info: { Title: title, Subject: subtitle }, font: base.plain });
  const file = buffer(pdf);
  write(pdf, title, { size: sizes.title, isBold: true, after: 2 });
  write(pdf, subtitle, { size: sizes.note, colour: colours.soft, after: 8 });
  blocks.forEach((block, at) => {
    if (block.is === 'heading') demandRoom(pdf, roomOf(pdf, blocks, at));
    writeBlock(pdf, block);
  });
  const { start, count } = pdf.bufferedPageRange();
  for (let n = start; n < start + count; n++) {
    pdf.switchToPage(n);
    // Below the margin, where a text would begin another page.
    pdf.page.margins.bottom = 0;
    pdf.font(base.plain).fontSize(sizes.note).fillColor(`#${colours.soft}`).text(`${n + 1} / ${count}`, margin, pdf.page.height - 38, { width: inner(pdf), align: 'center', lineBreak: false });
  }
  pdf.end();
  return file;
}
