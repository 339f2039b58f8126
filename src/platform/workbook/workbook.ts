import { cellText, sheetNames, xmlText } from './cell-text.ts';
import { type CellFormat, headingStyle, styleOf, stylesPart } from './styles.ts';
import { type ZipEntry, zipArchive } from './zip.ts';

export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A number is written as the decimal it is given as; a day as `2026-06-18`; null is an empty cell. */
export type WorkbookCell = string | number | null;

export interface WorkbookColumn {
  title: string;
  format: CellFormat;
  /** In characters; by the format and the title where it is left out. */
  width?: number;
}

export interface WorkbookSheet {
  title: string;
  columns: WorkbookColumn[];
  rows: Iterable<readonly WorkbookCell[]> | AsyncIterable<readonly WorkbookCell[]>;
  /** Stands under the headings, and stays there while one scrolls. */
  totals?: readonly WorkbookCell[];
}

/** The most rows that a spreadsheet takes in one sheet. */
const mostRows = 1_048_576;
/** As much as is packed at once. */
const chunkLength = 65_536;

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook (.xlsx, ECMA-376) in the few parts that a spreadsheet needs, written while its rows come. Money is in `currency`. */
export function writeWorkbook(sheets: readonly WorkbookSheet[], currency: string): AsyncGenerator<Buffer> {
  const names = sheetNames(sheets.map(({ title }) => title));
  const part = (name: string, text: string): ZipEntry => ({ name, content: [declaration + text] });
  return zipArchive([
    part('[Content_Types].xml', contentTypes(sheets.length)),
    part('_rels/.rels', `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`),
    part('xl/workbook.xml', `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${names.map((name, i) => `<sheet name="${xmlText(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`),
    part('xl/_rels/workbook.xml.rels', relationships(sheets.length)),
    part('xl/styles.xml', stylesPart(currency)),
    ...sheets.map((sheet, i) => ({ name: `xl/worksheets/sheet${i + 1}.xml`, content: sheetText(sheet) })),
  ]);
}

/** The whole of a small workbook. */
export async function workbookBytes(sheets: readonly WorkbookSheet[], currency: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of writeWorkbook(sheets, currency)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function contentTypes(sheets: number): string {
  const part = (name: string, type: string): string => `<Override PartName="/xl/${name}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`;
  const each = Array.from({ length: sheets }, (_, i) => part(`worksheets/sheet${i + 1}.xml`, 'worksheet'));
  return '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    + `<Default Extension="xml" ContentType="application/xml"/>${part('workbook.xml', 'sheet.main')}${part('styles.xml', 'styles')}${each.join('')}</Types>`;
}

function relationships(sheets: number): string {
  const one = (id: number, type: string, target: string): string => `<Relationship Id="rId${id}" Type="${relations}/${type}" Target="${target}"/>`;
  const each = Array.from({ length: sheets }, (_, i) => one(i + 1, 'worksheet', `worksheets/sheet${i + 1}.xml`));
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${each.join('')}${one(sheets + 1, 'styles', 'styles.xml')}</Relationships>`;
}

async function* sheetText({ columns, rows, totals }: WorkbookSheet): AsyncGenerator<string> {
  const frozen = totals ? 2 : 1;
  const pane = `<pane xSplit="1" ySplit="${frozen}" topLeftCell="B${frozen + 1}" activePane="bottomRight" state="frozen"/><selection pane="bottomRight" activeCell="B${frozen + 1}" sqref="B${frozen + 1}"/>`;
  const widths = columns.map((column, i) => `<col min="${i + 1}" max="${i + 1}" width="${widthOf(column)}" customWidth="1"/>`).join('');
  let text = `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews><cols>${widths}</cols><sheetData>`;
  text += `<row r="1">${columns.map(({ title }, i) => textCell(i, 1, title, headingStyle)).join('')}</row>`;
  let last = 1;
  const line = (cells: readonly WorkbookCell[], isTotal: boolean): string => {
    last += 1;
    if (last > mostRows) throw new RangeError(`a sheet holds ${mostRows} rows at most`);
    return `<row r="${last}">${cells.map((cell, i) => cellOf(cell, columns[i].format, i, last, isTotal)).join('')}</row>`;
  };
  if (totals) text += line(totals, true);
  for await (const cells of rows) {
    text += line(cells, false);
    if (text.length < chunkLength) continue;
    yield text;
    text = '';
  }
  yield `${text}</sheetData><autoFilter ref="A1:${letters(columns.length - 1)}${last}"/></worksheet>`;
}

const usualWidths: Record<CellFormat, number> = { text: 24, money: 16, count: 12, quantity: 12, percent: 10, day: 12 };
/** Chinese characters are two wide; a heading wraps, so that a part of it is wide enough. */
const widthOf = ({ title, format, width }: WorkbookColumn): number =>
  width ?? Math.max(usualWidths[format], Math.min(24, [...title].reduce((sum, character) => sum + (character > '\u2e7f' ? 2 : 1), 2)));

/** A column's name: A to Z, then AA. */
const letters = (index: number): string => (index < 26 ? '' : letters(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26));

// A text of its own in each cell: a spreadsheet never takes it for a formula, whatever it begins with.
const textCell = (column: number, row: number, text: string, style: number): string =>
  `<c r="${letters(column)}${row}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${cellText(text)}</t></is></c>`;

const plainNumber = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;
const day = /^\d{4}-\d{2}-\d{2}$/;
const firstDayMs = Date.UTC(1899, 11, 30);

function cellOf(cell: WorkbookCell, format: CellFormat, column: number, row: number, isTotal: boolean): string {
  const style = styleOf(format, isTotal);
  const text = String(cell ?? '');
  if (cell === null) return `<c r="${letters(column)}${row}" s="${style}"/>`;
  const value = format === 'day' && day.test(text) ? String((Date.parse(`${text}T00:00:00Z`) - firstDayMs) / 86_400_000) : text;
  const isNumber = format !== 'text' && plainNumber.test(value);
  return isNumber ? `<c r="${letters(column)}${row}" s="${style}"><v>${value}</v></c>` : textCell(column, row, text, styleOf('text', isTotal));
}
