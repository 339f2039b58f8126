import { createFormat } from '../../../kernel/format.ts';
import type { Locale } from '../../../kernel/locale.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { OwnEntry } from '../contract/member-page.ts';
import { stepsOf } from '../earning/explain/steps.ts';
import { entriesOf } from '../points/read-points.ts';
import { shownEntry } from '../points/routes.ts';
import type { PageDoors } from './content.ts';
import { ownSentence } from './own-sentence.ts';
import { ownWords } from './own-words.ts';

/** A member's points line by line, each with its reason and how it was reckoned. */
export async function ownHistory({ platform, say, programme }: Pick<PageDoors, 'platform' | 'say' | 'programme'>, lineage: readonly number[], { before, limit }: { before?: number | undefined; limit: number }, locale: Locale): Promise<{ entries: OwnEntry[]; next: number | null }> {
  const [rows, brand, versions] = await Promise.all([entriesOf(platform, lineage, before, limit), readBrand(platform.pg), programme.versions()]);
  const telling = { say: ownWords(say), locale, versions, format: createFormat({ locale, timeZone: brand.timeZone, currency: brand.currency }) };
  const page = rows.slice(0, limit).map((row) => {
    const { entryNo, kind, amount, occurredAt, lots, ...shown } = shownEntry(row, say, locale);
    return {
      entryNo, kind, amount, occurredAt, sentence: ownSentence(row, say, locale) ?? shown.sentence, steps: stepsOf(row.derivation, telling),
      lots: lots.map((lot) => ({ amount: lot.amount, expiresAt: lot.expiresAt })),
    };
  });
  return { entries: page, next: rows.length > limit ? (page.at(-1)?.entryNo ?? null) : null };
}
