import { type Day, dayIn, startOfDay } from '../../../../kernel/day.ts';
import { type Actor, systemActor } from '../../../../kernel/actor.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { DayStep } from '../../boundary/boundary.ts';
import type { MallItem } from '../../contract/mall.ts';
import type { ProgrammeDefinition } from '../../contract/programme.ts';
import type { MembershipDoors } from '../../part.ts';
import { findItem } from '../items/store.ts';
import type { DoneForMany, WantedByMany } from '../orders/exchange-many.ts';
import { hindranceOf } from '../rules/hindrance.ts';
import { whyUnredeemable } from '../rules/redeemable.ts';
import { type Candidate, findCandidates, keyOf, keysOf, lastAccount } from './candidates.ts';

export type AutoRedeemDoors = Pick<MembershipDoors, 'platform' | 'programme' | 'members'>;
/** The mall, as far as it is asked here. */
interface MallDoor {
  exchangeMany(asked: WantedByMany, actor: Actor): Promise<DoneForMany>;
  finishCutShort(keysBegin: string): Promise<number>;
}
type AutoRedeem = NonNullable<ProgrammeDefinition['autoRedeem']>;

/** Accounts that are looked at in one statement. */
const span = 50_000;
/** The item is locked for as long as so many exchange: others who want it wait some hundredths of a second. */
const atOnce = 500;

/**
 * Exchanges by itself for whoever has enough points, where the day's programme says so: as somebody would by hand in the mall, once for a day and
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
    }).map(({ customerNo }) => customerNo);
  }

  /** Returns how many exchanged, and whether others still may. */
  async function exchangeAll(day: Day, item: MallItem, mostPoints: number, customerNos: readonly number[]): Promise<{ worked: number; isOver: boolean }> {
    let worked = 0;
    for (let from = 0; from < customerNos.length; from += atOnce) {
      const wanted = customerNos.slice(from, from + atOnce).map((customerNo) => ({ key: keyOf(day, customerNo), customerNo }));
      const { exchanged, isOver } = await mall.exchangeMany({ itemNo: item.itemNo, mostPoints, wanted }, systemActor);
      worked += exchanged;
      if (!isOver) continue;
      log.warn({ day, itemNo: item.itemNo, worked }, 'exchanges by themselves ended: the item is not to be had any more');
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
      const { worked, isOver } = await exchangeAll(day, item, rule.points, await mayHave(candidates, item, rule));
      return { position: isOver || upTo >= (await lastAccount(pool)) ? null : upTo, worked };
    },
  };
}
