import { addMonths, type Day, dayIn, startOfDay } from '../../../../kernel/day.ts';
import { parseDecimal } from '../../../../kernel/decimal.ts';
import type { exampleMember } from '../../contract/programme-design.ts';
import type { ProgrammeDefinition } from '../../contract/programme.ts';
import { growthOf } from '../../earning/rules/growth.ts';
import { noPayment } from '../../earning/rules/order.ts';
import { advance } from '../../tiers/rules/advance.ts';
import type { TierChange } from '../../tiers/rules/life.ts';
import type { Phrase } from '../words/phrase.ts';

type Example = ReturnType<typeof exampleMember.parse>;

/** Something that becomes of a member. */
export interface WayPoint {
  on: Day;
  kind: TierChange['kind'];
  tier: string;
  phrase: Phrase;
}

const noon = 12 * 3_600_000;
/** So many cycles after the last order are looked at. */
const cyclesAfter = 2;

/** What would become of somebody who joins with this month, by the rules that will count. */
export function tryMember(definition: ProgrammeDefinition, { monthly, months }: Example, timeZone: string, now: Date): WayPoint[] {
  const first: Day = `${dayIn(timeZone, now).slice(0, 8)}01`;
  const startOfMonth = (later: number): number => startOfDay(addMonths(first, later), timeZone).getTime();
  const lines = [{ productId: '', category: '', amount: parseDecimal(monthly) ?? 0n }];
  const growth = Array.from({ length: months }, (_, at) => {
    const placedAt = startOfDay(`${addMonths(first, at).slice(0, 8)}15`, timeZone).getTime() + noon;
    return { at: placedAt, no: at + 1, amount: growthOf({ orderId: '', placedAt, channel: '', lines, payment: noPayment }, definition.growth).growth };
  });
  const joinedAt = startOfMonth(0);
  // Nobody is there to approve a drop.
  const tried = { ...definition, tierRules: { ...definition.tierRules, review: 'by_itself' as const } };
  const setting = { versions: [{ versionNo: 1, startsAt: joinedAt, definition: tried }], pauses: [], timeZone };
  const end = startOfMonth(months + cyclesAfter * definition.tierRules.clock.months);
  const { changes = [] } = advance(null, { joinedAt, growth, grants: [] }, setting, end) ?? {};
  return changes.map(({ kind, from, to, at, derivation: { total = 0, needed = 0 } }) =>
    ({ on: dayIn(timeZone, new Date(at)), kind, tier: to, phrase: { key: `way.${kind}`, params: { to: { tier: to }, from: { tier: from ?? to }, total, needed } } }));
}
