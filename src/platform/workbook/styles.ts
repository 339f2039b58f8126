import { xmlText } from './cell-text.ts';

/** How the cells of a column are written. Amounts are in one currency; a share of 0.125 shows as 12.5%. */
export const cellFormats = ['text', 'money', 'count', 'quantity', 'percent', 'day'] as const;
export type CellFormat = (typeof cellFormats)[number];

const firstOwnFormat = 164;
const firstCellStyle = 2;

/** The style of a heading. */
export const headingStyle = 1;
/** The style of a cell, plain or of a total. Text is marked as text, so that it is still none when somebody edits it. */
export const styleOf = (format: CellFormat, isTotal: boolean): number => firstCellStyle + cellFormats.indexOf(format) * 2 + (isTotal ? 1 : 0);

/** How money of a currency is written: its sign in front, and as many decimals as it has. */
export function moneyFormat(currency: string): string {
  const parts = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  const sign = parts.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? currency;
  const { maximumFractionDigits: decimals = 2 } = parts.resolvedOptions();
  return `"${sign.replaceAll('"', '')}"#,##0${decimals > 0 ? `.${'0'.repeat(decimals)}` : ''}`;
}

/** The part that says how cells look (ECMA-376, 18.8). */
export function stylesPart(currency: string): string {
  const codes: Record<CellFormat, string> = { text: '@', money: moneyFormat(currency), count: '#,##0', quantity: '#,##0.####', percent: '0.0%', day: 'yyyy-mm-dd' };
  const numberFormats = cellFormats.map((format, i) => `<numFmt numFmtId="${firstOwnFormat + i}" formatCode="${xmlText(codes[format])}"/>`).join('');
  const cell = (format: CellFormat, font: number, border: number): string => {
    const isText = format === 'text';
    const alignment = isText ? '<alignment vertical="top" wrapText="1"/>' : '<alignment vertical="top"/>';
    return `<xf numFmtId="${firstOwnFormat + cellFormats.indexOf(format)}" fontId="${font}" fillId="0" borderId="${border}" xfId="0" applyNumberFormat="1"${isText ? ' quotePrefix="1"' : ''} applyAlignment="1">${alignment}</xf>`;
  };
  const cells = cellFormats.flatMap((format) => [cell(format, 0, 0), cell(format, 1, 1)]).join('');
  const font = (inner: string): string => `<font>${inner}<sz val="11"/><name val="Calibri"/><family val="2"/></font>`;
  return `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="${cellFormats.length}">${numberFormats}</numFmts>`
    + `<fonts count="2">${font('')}${font('<b/>')}</fonts>`
    + '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8F0EA"/><bgColor indexed="64"/></patternFill></fill></fills>'
    + '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left/><right/><top/><bottom style="thin"><color rgb="FF8A968E"/></bottom><diagonal/></border></borders>'
    + '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    + `<cellXfs count="${firstCellStyle + cellFormats.length * 2}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>`
    + `<xf numFmtId="49" fontId="1" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" applyBorder="1" quotePrefix="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>${cells}</cellXfs>`
    + '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';
}
