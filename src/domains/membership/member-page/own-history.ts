import type { Locale } from '../../../kernel/locale.ts';
import type { OwnEntry } from '../contract/member-page.ts';
import { entriesOf } from '../points/read-points.ts';
import { shownEntry } from '../points/routes.ts';
import type { PageDoors } from './content.ts';
import { ownSentence } from './own-sentence.ts';

/** A member's points line by line, each with its reason. */
export async function ownHistory({ platform, say }: Pick<PageDoors, 'platform' | 'say'>, lineage: readonly number[], { before, limit }: { before?: number | undefined; limit: number }, locale: Locale): Promise<{ entries: OwnEntry[]; next: number | null }> {
  const rows = await entriesOf(platform, lineage, before, limit);
  const page = rows.slice(0, limit).map((row) => {
    const { entryNo, kind, amount, occurredAt, lots, ...shown } = shownEntry(row, say, locale);
    return { entryNo, kind, amount, occurredAt, sentence: ownSentence(row, say, locale) ?? shown.sentence, lots: lots.map((lot) => ({ amount: lot.amount, expiresAt: lot.expiresAt })) };
  });
  return { entries: page, next: rows.length > limit ? (page.at(-1)?.entryNo ?? null) : null };
}
