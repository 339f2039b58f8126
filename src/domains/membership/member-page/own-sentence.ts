import { z } from 'zod';
import type { Locale } from '../../../kernel/locale.ts';
import type { Say } from '../../../platform/i18n.ts';
import { nameIn, names } from '../contract/programme.ts';
import type { EntryRow } from '../points/read-points.ts';

/** What stands in entries of the several parts, as far as a member is told of it. */
const byHand = z.object({ by: z.string(), reason: z.string() }).transform(({ reason }) => ({ what: 'byHand', reason }));
const ofOrder = z.object({ reason: z.literal('order'), order: z.string() }).transform(({ order }) => ({ what: 'order', order }));
const ofMall = z.object({ mallOrder: z.number(), item: names }).transform(({ item }) => ({ what: 'mall', title: item }));
const ofActivity = z.object({ activity: z.number(), title: names }).transform(({ title }) => ({ what: 'activity', title }));
const known = z.union([byHand, ofOrder, ofMall, ofActivity]);

/**
 * Why points came or went, as a member is told: who of the staff did it is the brand's own matter, what for is theirs.
 * Null where the general sentence says enough.
 */
export function ownSentence({ kind, derivation }: Pick<EntryRow, 'kind' | 'derivation'>, say: Say, locale: Locale): string | null {
  const found = known.safeParse(derivation);
  if (!found.success) return null;
  const { what, ...values } = found.data;
  const key = `page.entry.${what}.${kind}`;
  const sentence = say(locale, 'membership', key, 'title' in values ? { name: nameIn(values.title, locale) } : values);
  return sentence === key ? null : sentence;
}
