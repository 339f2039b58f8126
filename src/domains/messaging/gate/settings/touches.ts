import type pg from 'pg';
import { dayIn } from '../../../../kernel/day.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { GateTouches } from '../../contract/gate.ts';
import type { FrequencyCap, GateRules, PlatformQuota, QuietTime } from '../../contract/gate-rules.ts';
import { inTime } from '../read/in-time.ts';
import { zoneAttributes, zoneOfPerson } from '../read/time-zone.ts';
import { isQuiet } from '../rules/clock.ts';
import { periodsAt } from '../rules/periods.ts';
import type { Ground } from '../rules/decide-one.ts';
import { windowMs } from '../rules/windows.ts';

/** A count that takes longer is left out: the page says so and does not wait. */
const longestMs = 1_500;

/** What is asked of other parts. */
export interface Counting {
  universalControl(): Promise<number | null>;
  membersOf(audienceIds: readonly number[]): Promise<{ readonly size: number }>;
}

/** How many people each of these rules touches now. */
export async function countTouches({ pg: pool, clock }: Platform, counting: Counting, rules: GateRules): Promise<GateTouches> {
  const now = clock.now();
  const { timeZone } = await readBrand(pool);
  const periods = periodsAt(timeZone, now);
  const one = (text: string, values: unknown[]) => within(pool, async (client) => Number((await client.query<{ n: string }>(text, values)).rows[0].n));
  const ageLimit = rules.leastAge ?? 0;
  return {
    caps: await each(rules.caps, (cap) => one(...atCap(cap, now))),
    quiet: await quietNow(pool, rules.quiet, timeZone, now),
    quotas: await each(rules.quotas, async (quota) => (quota.of === 'channel'
      ? { used: await one(...usedOf(quota, periods)), people: null }
      : { used: null, people: await one(...atQuota(quota, periods)) })),
    universalControl: rules.universalControl === 0 ? 0 : await counting.universalControl(),
    underAge: await one('select count(*) as n from customer_profile join customer using (customer_no) where status = 0 and birth_date > $1::date - make_interval(years => $2)', [dayIn(timeZone, now), ageLimit]),
    unknownAge: rules.reachesUnknownAge ? 0 : await one('select count(*) as n from customer left join customer_profile using (customer_no) where status = 0 and birth_date is null', []),
    excluded: rules.excludedAudiences.length === 0 ? 0 : (await counting.membersOf(rules.excludedAudiences)).size,
    suppressed: await one('select count(*) as n from send_suppression', []),
    computedAt: now.toISOString(),
  };
}

async function each<T, R>(list: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (const one of list) done.push(await work(one));
  return done;
}

/** Null where the count was cut off. */
const within = (pool: pg.Pool, work: (client: pg.PoolClient) => Promise<number>): Promise<number | null> => inTime(pool, longestMs, work);

/** People who have had as many as a cap lets through. */
const atCap = (cap: FrequencyCap, now: Date): [string, unknown[]] => [
  `select count(*) as n from (select customer_no from send_claim join send_run using (run_no)
    where send_claim.state = 2 and at > $1 and purpose = 'marketing' and program_kind <> 'test' and ($2::text is null or channel = $2) and ($3::text is null or category = $3)
    group by customer_no having count(*) >= $4) as full_up`,
  [new Date(now.getTime() - windowMs(cap)), cap.channel, cap.category, cap.most]];

const usedOf = ({ channel, per }: PlatformQuota, periods: Ground['periods']): [string, unknown[]] =>
  ['select coalesce(sum(used), 0) as n from send_quota_use where channel = $1 and per = $2 and begins_on = $3', [channel, per, periods[per].beginsOn]];

const atQuota = ({ channel, per, most }: PlatformQuota, periods: Ground['periods']): [string, unknown[]] => [
  `select count(*) as n from (select customer_no from send_claim join send_run using (run_no) where send_claim.state = 2 and at >= $1 and channel = $2
    group by customer_no having count(*) >= $3) as full_up`,
  [new Date(periods[per].beganMs), channel, most]];

/** For whom it is quiet now: everybody by the brand's clock, or those by whose own it is. */
async function quietNow(pool: pg.Pool, times: readonly QuietTime[], brandZone: string, now: Date): Promise<(number | null)[]> {
  if (times.length === 0) return [];
  let zones: Map<string, number> | undefined;
  const everybody = await within(pool, async (client) => Number((await client.query<{ n: string }>('select count(*) as n from customer where status = 0')).rows[0].n));
  await within(pool, async (client) => {
    const { rows } = await client.query<{ country: string | null; said: string | null; n: number }>(
      `select country, coalesce(${zoneAttributes.map((name) => `attributes->>'${name}'`).join(', ')}) as said, count(*)::int as n from customer_profile join customer using (customer_no) where status = 0 group by 1, 2`);
    zones = new Map();
    for (const { country, said, n } of rows) {
      const zone = zoneOfPerson(said, country) ?? brandZone;
      zones.set(zone, (zones.get(zone) ?? 0) + n);
    }
    return 0;
  });
  return times.map((time) => {
    if (everybody === null || (time.clock === 'person' && !zones)) return null;
    const elsewhere = time.clock === 'person' ? [...(zones ?? [])].filter(([zone]) => zone !== brandZone) : [];
    const atHome = everybody - elsewhere.reduce((sum, [, n]) => sum + n, 0);
    return [[brandZone, atHome] as const, ...elsewhere].reduce((sum, [zone, n]) => (isQuiet(time, zone, now.getTime()) ? sum + n : sum), 0);
  });
}
