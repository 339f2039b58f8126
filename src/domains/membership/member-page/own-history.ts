import type { Locale } from '../../../kernel/locale.ts';
import type { OwnEntry } from '../contract/member-page.ts';
import { entriesOf } from '../points/read-points.ts';
import { shownEntry } from '../points/routes.ts';
import type { PageDoors } from './content.ts';

/** A member's points line by line. Who of the staff gave or took something is the brand's own matter; why is theirs. */
export async function ownHistory({ platform, say }: Pick<PageDoors, 'platform' | 'say'>, lineage: readonly number[], { before, limit }: { before?: number | undefined; limit: number }, locale: Locale): Promise<{ entries: OwnEntry[]; next: number | null }> {
  const rows = await entriesOf(platform, lineage, before, limit);
  const page = rows.slice(0, limit).map((row) => {
    const { entryNo, kind, amount, occurredAt, lots, ...shown } = shownEntry(row, say, locale);
    const { by, reason } = row.derivation;
    const sentence = typeof by === 'string' && typeof reason === 'string' ? say(locale, 'membership', `page.entry.${kind}`, { reason }) : shown.sentence;
    return { entryNo, kind, amount, occurredAt, sentence, lots: lots.map((lot) => ({ amount: lot.amount, expiresAt: lot.expiresAt })) };
  });
  return { entries: page, next: rows.length > limit ? (page.at(-1)?.entryNo ?? null) : null };
}
