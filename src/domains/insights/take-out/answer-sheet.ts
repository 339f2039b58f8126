import type { Locale } from '../../../kernel/locale.ts';
import type { Say } from '../../../platform/i18n.ts';
import type { CellFormat } from '../../../platform/workbook/styles.ts';
import type { WorkbookSheet } from '../../../platform/workbook/workbook.ts';
import { timeDimensions } from '../contract.ts';
import type { ReportTable } from '../reports/report-table.ts';

const isTime = (key: string): boolean => timeDimensions.some((name) => name === key);

/** The answer to a question as a sheet: its totals under the headings, each number in the format of its unit. */
export function answerSheet(title: string, { columns, rows, totals }: ReportTable, say: Say, locale: Locale): WorkbookSheet {
  const shown = columns.map(({ key, label, unit }): WorkbookSheet['columns'][number] => ({ title: label, format: unit ?? ((isTime(key) ? 'day' : 'text') satisfies CellFormat) }));
  if (columns[0].unit === null) return { title, columns: shown, totals, rows };
  // Without dimensions there is nothing but the total, and nobody would see that it is one.
  return { title, columns: [{ title: '', format: 'text', width: 12 }, ...shown], rows: [[say(locale, 'insights', 'takeOut.total'), ...totals]] };
}

/** What each column of an answer means, and whether rows were left out; lines for the sheet of definitions. */
export function answerMeanings(title: string, { columns, rows, total }: ReportTable, say: Say, locale: Locale): [string, string][] {
  const meanings = columns.filter(({ definition }) => definition !== '').map(({ label, definition }): [string, string] => [label, definition]);
  return total > rows.length ? [[title, say(locale, 'insights', 'ask.cut', { shown: rows.length, total })], ...meanings] : meanings;
}
