import { createFormat } from '../../../kernel/format.ts';
import type { Locale } from '../../../kernel/locale.ts';
import type { Say } from '../../../platform/i18n.ts';
import type { Bill } from './rules/bill.ts';
import type { Verdict } from './rules/layers.ts';
import { unitsText } from './rules/money.ts';
import type { PointsUsed } from './rules/points.ts';

interface Saying {
  unit: bigint;
  names: ReadonlyMap<string, string>;
  say: Say;
  locale: Locale;
  currency: string;
}

const formatOf = ({ locale, currency }: Saying) => createFormat({ locale, currency, timeZone: 'UTC' });

/** Why a layer counts or does not, in a sentence. */
export function sayLayer({ accepted, amount, reason, by, missing, layer }: Verdict, saying: Saying): string {
  const { say, locale, names, unit } = saying;
  const { money } = formatOf(saying);
  return say(locale, 'membership', `quote.layer.${accepted ? (reason ?? 'accepted') : reason}`, {
    amount: money(unitsText(amount, unit)), missing: money(unitsText(missing, unit)), by: by && (names.get(by) ?? by), base: say(locale, 'membership', `quote.base.${layer.base}`),
  });
}

/** How many points are used, and why not as many as were wanted. */
export function sayPoints({ points, money, reason }: PointsUsed, saying: Saying): string {
  const { say, locale, unit } = saying;
  const format = formatOf(saying);
  return say(locale, 'membership', `quote.points.${reason ?? (points > 0 ? 'used' : 'none')}`, { points: format.number(points), money: format.money(unitsText(money, unit)) });
}

/** Why freight is charged or not. */
export function sayFreight({ freight, freightFree, missingForFree }: Bill, saying: Saying): string {
  const { money } = formatOf(saying);
  const key = freightFree > 0n ? 'free' : freight === 0n ? 'none' : missingForFree > 0n ? 'missing' : 'charged';
  return saying.say(saying.locale, 'membership', `quote.freight.${key}`, { amount: money(unitsText(freight + freightFree, saying.unit)), missing: money(unitsText(missingForFree, saying.unit)) });
}
