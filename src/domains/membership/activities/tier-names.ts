import type { Locale } from '../../../kernel/locale.ts';
import { nameIn } from '../contract/programme.ts';
import type { MembershipDoors } from '../part.ts';

/** What tiers are called today, by their keys. */
export async function tierNamesOf({ platform, programme }: Pick<MembershipDoors, 'platform' | 'programme'>, locale: Locale): Promise<Map<string, string>> {
  const version = await programme.at(platform.clock.now().getTime());
  return new Map(version?.definition.tiers.map(({ key, names }) => [key, nameIn(names, locale)]) ?? []);
}
