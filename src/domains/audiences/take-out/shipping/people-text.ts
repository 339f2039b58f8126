import { csvByteOrderMark, csvLine } from '../../../../kernel/csv.ts';
import type { Locale } from '../../../../kernel/locale.ts';
import type { Say } from '../../../../platform/i18n.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { cellsOfCustomers, exportedColumns, knownAs, type Vault } from '../../../customers/public.ts';

/** Turns customer numbers into the text of a file, some at a time. */
export interface PeopleText {
  contentType: string;
  /** Stands at the beginning of a file. */
  head: string;
  lines(customerNos: readonly number[]): Promise<string>;
}

export interface PeopleTextParts {
  platform: Platform;
  vault: Vault;
  say: Say;
}

/** One line of JSON for each person: the number, what the shop knows them by, and with `isFull` what is personal. */
export const jsonLines = ({ platform, vault }: PeopleTextParts, isFull: boolean): PeopleText => ({
  contentType: 'application/x-ndjson',
  head: '',
  lines: async (customerNos) => (await knownAs(platform, vault, customerNos, isFull)).map((person) => `${JSON.stringify(person)}\n`).join(''),
});

/** The file that the web downloads. */
export const csvLines = ({ platform, vault, say }: PeopleTextParts, isFull: boolean, locale: Locale): PeopleText => ({
  contentType: 'text/csv; charset=utf-8',
  head: csvByteOrderMark + csvLine(exportedColumns.map((column) => say(locale, 'customers', `people.column.${column}`))),
  async lines(customerNos) {
    let text = '';
    for await (const cells of cellsOfCustomers(platform, vault, customerNos, isFull)) text += csvLine(cells);
    return text;
  },
});
