import { AlignmentType, BorderStyle, Document, Footer, HeadingLevel, LevelFormat, Packer, PageNumber, Paragraph, ShadingType, Table, TableCell, TableRow, TextRun, WidthType } from 'docx';
import type { Locale } from '../../../../kernel/locale.ts';
import type { Block, WrittenDocument } from '../../contract.ts';
import { colours, officeFonts, widthsOf } from './looks.ts';

/** A4 less its margins, in twentieths of a point. */
const width = 9_026;
const headings = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 };
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const rule = { style: BorderStyle.SINGLE, size: 4, color: colours.rule };
/** In half points. */
const sizes = { plain: 21, lead: 24, note: 18 };

const runs = (text: string, looks: { size?: number; color?: string; bold?: boolean } = {}): TextRun[] => text.split('\n').map((line, n) => new TextRun({ text: line, break: n > 0 ? 1 : 0, ...looks }));

function tableOf(columns: readonly { title: string; share: number; isNumber: boolean }[], rows: readonly (readonly string[])[]): Table {
  const widths = widthsOf(columns.map(({ share }) => share), width);
  const row = (texts: readonly string[], isHead: boolean): TableRow => new TableRow({
    tableHeader: isHead, cantSplit: true,
    children: texts.map((text, n) => new TableCell({
      width: { size: widths[n], type: WidthType.DXA }, margins: { top: 60, bottom: 60, left: 90, right: 90 }, borders: { top: none, left: none, right: none, bottom: rule },
      shading: isHead ? { type: ShadingType.CLEAR, color: 'auto', fill: colours.fill } : undefined,
      children: [new Paragraph({ alignment: columns[n].isNumber ? AlignmentType.RIGHT : AlignmentType.LEFT, spacing: { after: 0 }, children: runs(text, { size: sizes.note, bold: isHead }) })],
    })),
  });
  return new Table({ width: { size: width, type: WidthType.DXA }, columnWidths: widths, rows: [row(columns.map(({ title }) => title), true), ...rows.map((texts) => row(texts, false))] });
}

function blockDocx(block: Block): (Paragraph | Table)[] {
  switch (block.is) {
    case 'heading':
      return [new Paragraph({ heading: headings[block.level], keepNext: true, children: runs(block.text) })];
    case 'paragraph':
      return [new Paragraph({ children: runs(block.text, { size: sizes[block.tone], color: block.tone === 'note' ? colours.soft : undefined }) })];
    case 'list':
      return block.items.map((item) => new Paragraph({ numbering: { reference: 'points', level: 0 }, spacing: { after: 60 }, children: runs(item) }));
    case 'table':
      return [tableOf(block.columns, block.rows), new Paragraph({ children: [] })];
    case 'figures':
      return block.figures.map(({ label, value, note }) => new Paragraph({
        children: [...runs(`${label}  `, { color: colours.soft }), ...runs(value, { bold: true, size: sizes.lead }), ...runs(note && `  ${note}`, { size: sizes.note, color: colours.soft })],
      }));
  }
}

/** A document as a file that word processors open and edit. */
export async function docxOf({ title, subtitle, blocks }: WrittenDocument, locale: Locale): Promise<Buffer> {
  const { latin, chinese } = officeFonts[locale];
  const style = (size: number, before: number) => ({ run: { size, bold: true, color: colours.accent }, paragraph: { spacing: { before, after: 120 } } });
  const file = new Document({
    title, creator: title, description: subtitle,
    styles: {
      default: {
        document: { run: { font: { ascii: latin, hAnsi: latin, cs: latin, eastAsia: chinese }, size: sizes.plain, color: colours.text, language: { value: locale === 'en' ? 'en-US' : locale, eastAsia: locale === 'en' ? 'zh-CN' : locale } }, paragraph: { spacing: { after: 120, line: 320 } } },
        title: { run: { size: 44, bold: true, color: colours.text }, paragraph: { spacing: { after: 80 } } },
        heading1: style(32, 400), heading2: style(26, 280), heading3: style(22, 200),
      },
    },
    numbering: { config: [{ reference: 'points', levels: [{ level: 0, format: LevelFormat.BULLET, text: '•', alignment: AlignmentType.LEFT, style: { paragraph: { indent: { left: 360, hanging: 260 } } } }] }] },
    sections: [{
      properties: { page: { size: { width: 11_906, height: 16_838 }, margin: { top: 1_300, bottom: 1_300, left: 1_440, right: 1_440 } } },
      footers: { default: new Footer({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ size: sizes.note, color: colours.soft, children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] })] })] }) },
      children: [
        new Paragraph({ heading: HeadingLevel.TITLE, children: runs(title) }),
        new Paragraph({ children: runs(subtitle, { color: colours.soft, size: sizes.note }) }),
        ...blocks.flatMap(blockDocx),
      ],
    }],
  });
  return Packer.toBuffer(file);
}
