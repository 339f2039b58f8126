import type { Locale } from '../../../kernel/locale.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { OwnEntry } from '../contract/member-page.ts';
import { entriesOf } from '../points/read-points.ts';
import { shownEntry } from '../points/routes.ts';
import type { PageDoors } from './content.ts';

/** A member's points line by line. Who of the staff did something is the brand's own matter: to a member it was the brand. */
export async function ownHistory({ platform, say }: Pick<PageDoors, 'platform' | 'say'>, lineage: readonly number[], { before, limit }: { before?: number | undefined; limit: number }, locale: Locale): Promise<{ entries: OwnEntry[]; next: number | null }> {
  const [brand, rows] = await Promise.all([readBrand(platform.pg), entriesOf(platform, lineage, before, limit)]);
  const page = rows.slice(0, limit).map(({ derivation, ...row }) => {
    const { entryNo, kind, amount, occurredAt, sentence, lots } = shownEntry({ ...row, derivation: { ...derivation, by: brand.name } }, say, locale);
    return { entryNo, kind, amount, occurredAt, sentence, lots: lots.map((lot) => ({ amount: lot.amount, expiresAt: lot.expiresAt })) };
  });
  return { entries: page, next: rows.length > limit ? (page.at(-1)?.entryNo ?? null) : null };
}
