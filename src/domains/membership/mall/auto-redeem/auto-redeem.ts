import { type Day, dayIn, startOfDay } from '../../../../kernel/day.ts';
import { type Actor, systemActor } from '../../../../kernel/actor.ts';
import { Problem } from '../../../../kernel/problem.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { DayStep } from '../../boundary/boundary.ts';
import type { MallItem } from '../../contract/mall.ts';
import type { ProgrammeDefinition } from '../../contract/programme.ts';
import type { MembershipDoors } from '../../part.ts';
import { findItem } from '../items/store.ts';
import { hindranceOf } from '../rules/hindrance.ts';
import { whyUnredeemable } from '../rules/redeemable.ts';
import { type Candidate, findCandidates, keyOf, keysOf, lastAccount } from './candidates.ts';

export type AutoRedeemDoors = Pick<MembershipDoors, 'platform' | 'programme' | 'members'>;
/** The mall, as far as it is asked here. */
interface MallDoor {
  exchange(wanted: { key: string; customerNo: number; itemNo: number }, actor: Actor): Promise<unknown>;
  finishCutShort(keysBegin: string): Promise<number>;
}
type AutoRedeem = NonNullable<ProgrammeDefinition['autoRedeem']>;

/** Accounts that are looked at in one statement. */
const span = 50_000;
/** The ledger writes what comes together in one transaction. */
const atOnce = 32;
/** Why one person is refused; any other refusal is of the item, and everybody's. */
const own = new Set(['nobody', 'mall_not_a_member', 'mall_not_for_tier', 'mall_day_limit', 'mall_total_limit', 'insufficient_points'].map((code) => `membership.${code}`));

/**
 * Exchanges by itself for whoever has enough points, where the day's programme says so: through the mall, as somebody would by hand, once for a day and
 * person. What was cut short before is finished first; with few left, those with the lower numbers have them.
 */
export function autoRedeem(doors: AutoRedeemDoors, mall: MallDoor): DayStep {
  const { platform: { pg: pool, clock, log } } = doors;

  async function mayHave(candidates: readonly Candidate[], { definition, stock, taken }: MallItem, { perMonth }: AutoRedeem): Promise<number[]> {
    const fresh = candidates.filter(({ ofDay, ofMonth }) => ofDay === 0 && (perMonth === null || ofMonth < perMonth));
    const standings = await doors.members.standings(fresh.map(({ customerNo }) => customerNo));
    const left = stock === null ? null : stock - taken;
    return fresh.filter(({ customerNo, ...counts }) => {
      const standing = standings.get(customerNo);
      return hindranceOf(definition, left, { isMember: standing !== undefined, tier: standing?.tier ?? null, ...counts }, clock.now()) === null;
    }).slice(0, left ?? undefined).map(({ customerNo }) => customerNo);
  }

  /** Returns how many exchanged, and whether others still may. */
  async function exchangeAll(day: Day, itemNo: number, customerNos: readonly number[]): Promise<{ worked: number; isOver: boolean }> {
    let worked = 0;
    for (let from = 0; from < customerNos.length; from += atOnce) {
      const settled = await Promise.allSettled(customerNos.slice(from, from + atOnce).map((customerNo) => mall.exchange({ key: keyOf(day, customerNo), customerNo, itemNo }, systemActor)));
      worked += settled.filter(({ status }) => status === 'fulfilled').length;
      const failures = settled.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
      for (const error of failures) if (!(error instanceof Problem) || error.status >= 500) throw error;
      const ofItem = failures.find((error) => error instanceof Problem && !own.has(error.code));
      if (!ofItem) continue;
      log.warn({ err: ofItem, day, itemNo }, 'exchanges by themselves ended early');
      return { worked, isOver: true };
    }
    return { worked, isOver: false };
  }

  return {
    name: 'auto_redeem',
    async work(day, position) {
      const over = { position: null, worked: 0 };
      await mall.finishCutShort(keysOf(day));
      const { timeZone } = await readBrand(pool);
      const begins = startOfDay(day, timeZone).getTime();
      const rule = (await doors.programme.at(begins))?.definition.autoRedeem;
      const isPaused = (await doors.programme.pauses()).some(({ from, until }) => from <= begins && (until === null || begins < until));
      if (!rule || rule.points === 0 || isPaused) return over;
      const item = await findItem(pool, rule.itemNo);
      if (item?.state !== 'listed' || whyUnredeemable(item, rule.points) !== null || (item.stock !== null && item.taken >= item.stock)) return over;
      const now = clock.now();
      const upTo = position + span;
      const candidates = await findCandidates(pool, { day, now, today: dayIn(timeZone, now), itemNo: item.itemNo, points: rule.points, above: position, upTo });
      const { worked, isOver } = await exchangeAll(day, item.itemNo, await mayHave(candidates, item, rule));
      return { position: isOver || upTo >= (await lastAccount(pool)) ? null : upTo, worked };
    },
  };
}
