import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Locale } from '../../../../kernel/locale.ts';
import { csvByteOrderMark, csvLine } from '../../../../kernel/csv.ts';
import type { Say } from '../../../../platform/i18n.ts';
import type { ShowCell } from '../inspect/masking.ts';
import { type Fault, rejectedRow } from './rejected-row.ts';

/** The reason a row or value was not taken, as a sentence in the reader's language. */
export const faultSentence = (say: Say, locale: Locale, fault: Fault, show: ShowCell): string =>
  say(locale, 'collect', `row.${fault.failure}`, { value: show(fault.column, fault.value), column: fault.column ?? '' });

/**
 * The rejected rows of an import as CSV: the number of the row, the columns at fault, the reasons,
 * and then the cells as they stand in the file, so that they can be mended and imported again.
 */
export async function* rejectsCsv(path: string, columns: readonly string[], say: Say, locale: Locale, show: ShowCell): AsyncGenerator<string> {
  const heading = (name: string): string => say(locale, 'collect', `imports.rejects.${name}`);
  yield csvByteOrderMark + csvLine([heading('row'), heading('columns'), heading('reasons'), ...columns]);
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  for await (const line of lines) {
    const row = rejectedRow.parse(JSON.parse(line));
    const at = row.faults.map((fault) => fault.column).filter((column) => column !== null);
    const reasons = row.faults.map((fault) => faultSentence(say, locale, fault, show));
    const cells = row.cells ? row.cells.map((text, index) => show(columns[index] ?? null, text)) : [show(null, row.text ?? '')];
    yield csvLine([row.rowNumber, [...new Set(at)].join('; '), reasons.join(' '), ...cells]);
  }
}
