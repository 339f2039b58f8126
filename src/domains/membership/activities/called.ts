import type { Locale } from '../../../kernel/locale.ts';
import type { ActivityDefinition } from '../contract/activities.ts';
import { nameIn, type Names } from '../contract/programme.ts';
import type { MembershipDoors } from '../part.ts';

/** What tiers are called today, by their keys, and items of the mall by their numbers. */
export interface Called {
  tiers: ReadonlyMap<string, string>;
  items: ReadonlyMap<number, string>;
}

/** The names of what activities speak of, in a language. */
export async function calledIn({ platform: { pg, clock }, programme }: Pick<MembershipDoors, 'platform' | 'programme'>, definitions: readonly ActivityDefinition[], locale: Locale): Promise<Called> {
  const version = await programme.at(clock.now().getTime());
  const numbers = definitions.flatMap(({ does }) => (does.kind === 'exchange' ? [does.itemNo] : []));
  const { rows } = numbers.length === 0 ? { rows: [] } : await pg.query<{ itemNo: number; names: Names }>(
    `select item_no as "itemNo", definition -> 'names' as names from mall_item where item_no = any($1::int[])`, [numbers]);
  return {
    tiers: new Map(version?.definition.tiers.map(({ key, names }) => [key, nameIn(names, locale)]) ?? []),
    items: new Map(rows.map(({ itemNo, names }) => [itemNo, nameIn(names, locale)])),
  };
}
