import type pg from 'pg';
import { addDays, type Day, dayIn, startOfDay } from '../../../../kernel/day.ts';
import { formatDecimal } from '../../../../kernel/decimal.ts';
import type { Locale } from '../../../../kernel/locale.ts';
import { parseSort } from '../../../../kernel/page.ts';
import { Problem } from '../../../../kernel/problem.ts';
import { programKeyOf } from '../../../../kernel/program.ts';
import { route, type Route } from '../../../../platform/http/route.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { type BenefitCounts, type BenefitDefinition, type BenefitSummary, changeBenefit, createBenefit, listBenefits, listGivers, readBenefit, readBenefitMatrix, type ShownBenefit, stopBenefit } from '../../contract/benefits.ts';
import { nameIn } from '../../contract/programme.ts';
import { shownTier } from '../../members/shown.ts';
import type { MembershipDoors } from '../../part.ts';
import { pointsCost } from '../../points/program-cost.ts';
import type { Version } from '../../programme/programme.ts';
import { countsOf, monthsOf, nothing, type Period } from '../counts.ts';
import type { Describe } from '../describe.ts';
import type { Givers } from '../givers/giver.ts';
import { pointsOf } from '../rules/each.ts';
import { type Benefit, insertBenefit, readBenefit as readStored, readBenefits, setStopped, stateOf, updateBenefit } from '../store/benefits.ts';
import { askBudget, expectedCost, worthAt } from '../within-budget.ts';

const usualDays = 30;
const year = 365;

/** Benefits: the list, one of them, the matrix of tiers, and what keeping them takes. */
export function benefitRoutes({ platform, programme, budget }: MembershipDoors, givers: Givers, describe: Describe): Route[] {
  const { pg: pool, clock } = platform;
  const periodOf = async (asked: { from?: Day | undefined; to?: Day | undefined }, days: number): Promise<Period & { timeZone: string }> => {
    const { timeZone } = await readBrand(pool);
    const to = asked.to ?? dayIn(timeZone, clock.now());
    const from = asked.from ?? addDays(to, 1 - days);
    if (from > to) throw new Problem('membership.benefit_period', { fields: [{ path: 'query.to', code: 'before_from' }] });
    return { from: startOfDay(from, timeZone), until: startOfDay(addDays(to, 1), timeZone), timeZone };
  };
  const summary = async (benefit: Benefit, counts: BenefitCounts, versions: readonly Version[], locale: Locale): Promise<BenefitSummary> => ({
    benefitId: benefit.benefitId, kind: benefit.kind, name: nameIn(benefit.definition.names, locale), sentence: await describe.promise(benefit.definition, locale),
    tiers: inOrder(benefit.tiers, versions).map((key) => shownTier(versions, key, locale)), cost: benefit.definition.cost, state: stateOf(benefit, clock.now().getTime()),
    startsAt: new Date(benefit.startsAt).toISOString(), endsAt: benefit.endsAt === null ? null : new Date(benefit.endsAt).toISOString(), left: benefit.leftInAll, counts,
  });
  const check = async (definition: BenefitDefinition): Promise<void> => {
    const known = new Set((await programme.versions()).flatMap(({ definition: { tiers } }) => tiers.map(({ key }) => key)));
    const wrong = definition.tiers.filter((key) => !known.has(key));
    if (wrong.length > 0) throw new Problem('membership.benefit_tier', { status: 422, params: { tiers: wrong }, fields: [{ path: 'body.tiers', code: 'unknown_tier' }] });
    if (definition.endsAt !== null && Date.parse(definition.endsAt) <= Date.parse(definition.startsAt)) throw new Problem('membership.benefit_ends_first', { status: 422, fields: [{ path: 'body.endsAt', code: 'before_start' }] });
    if ('gifts' in definition.promise) definition.promise.gifts.forEach(({ giver }) => givers.of(giver));
  };
  return [
    route(listBenefits, async ({ query: { page, pageSize, sort, q, kind, tier, state, from, to }, actor: { locale } }) => {
      const versions = await programme.versions();
      const now = clock.now();
      const found = (await readBenefits(pool)).filter((benefit) => (kind === undefined || benefit.kind === kind) && (tier === undefined || benefit.tiers.includes(tier))
        && (state === undefined || stateOf(benefit, now.getTime()) === state) && (q === undefined || nameIn(benefit.definition.names, locale).toLowerCase().includes(q.toLowerCase())));
      const counts = await countsOf(pool, found.map(({ benefitId }) => benefitId), now, await periodOf({ from, to }, usualDays));
      const rows = await Promise.all(found.map((benefit) => summary(benefit, counts.get(benefit.benefitId) ?? nothing, versions, locale)));
      const { field, descending } = parseSort(sort, ['name', 'granted', 'used', 'cost']) ?? { field: 'name' as const, descending: false };
      const valueOf = (row: BenefitSummary): string | number => (field === 'name' ? row.name : Number(row.counts[field]));
      rows.sort((a, b) => (field === 'name' ? a.name.localeCompare(b.name, locale) : Number(valueOf(a)) - Number(valueOf(b))) * (descending ? -1 : 1));
      return { rows: rows.slice((page - 1) * pageSize, page * pageSize), total: rows.length, computedAt: now.toISOString() };
    }),
    route(readBenefitMatrix, async ({ actor: { locale } }) => {
      const versions = await programme.versions();
      const now = clock.now().getTime();
      const tiers = (versions.findLast(({ startsAt }) => startsAt <= now) ?? versions.at(-1))?.definition.tiers ?? [];
      return {
        tiers: tiers.map(({ key }) => shownTier(versions, key, locale)),
        benefits: (await readBenefits(pool)).map((benefit) => ({ benefitId: benefit.benefitId, kind: benefit.kind, name: nameIn(benefit.definition.names, locale), tiers: [...benefit.tiers], state: stateOf(benefit, now) })),
      };
    }),
    route(listGivers, async ({ actor: { locale } }) => ({
      givers: await Promise.all(givers.all().map(async ({ kind, name, choices }) => ({ giver: kind, name: name(locale), choices: choices === null ? null : await choices(locale) }))),
    })),
    route(readBenefit, async ({ params: { benefitId }, query, actor }) => {
      const { locale } = actor;
      const now = clock.now();
      const benefit = await readStored(pool, benefitId);
      const versions = await programme.versions();
      const period = await periodOf(query, usualDays);
      const counts = (await countsOf(pool, [benefitId], now, period)).get(benefitId) ?? nothing;
      const since = new Date(now.getTime() - year * 86_400_000);
      const { rows: [{ members, oscillating }] } = await pool.query<{ members: number; oscillating: number }>(
        `select (select count(*) from member where left_at is null and tier = any($1::text[])) as members,
          (select count(distinct customer_no) from benefit_grant where benefit_id = $2 and derivation ->> 'refusal' = 'already_given') as oscillating`, [benefit.tiers, benefitId]);
      const worth = worthAt(versions, now);
      const expected = await expectedCost(pool, benefit, worth, now);
      return {
        ...(await summary(benefit, counts, versions, locale)), version: benefit.version, definition: benefit.definition, changedBy: benefit.changedBy, changedAt: benefit.changedAt.toISOString(), fullLines: benefit.fullLines === null ? null : [...benefit.fullLines], budgetLines: await budget.lines(programKeyOf('benefit', benefitId), actor),
        expected: expected && { ...expected, amount: formatDecimal(expected.amount) }, points: await shownPoints(pool, benefit, worth), members, oscillating, months: await monthsOf(pool, benefitId, now, { from: since, until: period.until }, period.timeZone), computedAt: now.toISOString(),
      };
    }),
    ...keepingRoutes({ platform, programme, budget }, check),
  ];
}

/** What the points of its gifts cost each time, and what became of those it gave so far. */
async function shownPoints(pool: pg.Pool, { benefitId, definition: { promise } }: Benefit, worth: bigint): Promise<ShownBenefit['points']> {
  const points = pointsOf(promise);
  const soFar = (await pointsCost(pool)).get(programKeyOf('benefit', benefitId));
  return points === 0 && !soFar ? null : { given: '0', redeemed: '0', lapsed: '0', ...soFar, each: formatDecimal(BigInt(points) * worth) };
}

/** What changes benefits; `check` refuses a definition that makes no sense in this programme. */
function keepingRoutes(doors: Pick<MembershipDoors, 'platform' | 'programme' | 'budget'>, check: (definition: BenefitDefinition) => Promise<void>): Route[] {
  const { pg: pool, clock } = doors.platform;
  const changing = (benefitId: number, by: string, change: (client: pg.PoolClient) => Promise<number>) => inTransaction(pool, async (client) => {
    const before = await readStored(client, benefitId, 'for update');
    const version = await change(client);
    return { version, overBudget: [...(await askBudget(doors, client, benefitId, before, by))] };
  });
  return [
    route(createBenefit, async ({ body, actor }) => {
      await check(body);
      return inTransaction(pool, async (client) => {
        const benefitId = await insertBenefit(client, body, actor, clock.now());
        await askBudget(doors, client, benefitId, null, actor.name);
        return { benefitId };
      });
    }),
    route(changeBenefit, async ({ params: { benefitId }, body: { version, ...definition }, actor }) => {
      await check(definition);
      return changing(benefitId, actor.name, (client) => updateBenefit(client, benefitId, version, definition, actor, clock.now()));
    }),
    route(stopBenefit, async ({ params: { benefitId }, body: { stopped }, actor }) => changing(benefitId, actor.name, (client) => setStopped(client, benefitId, stopped, actor, clock.now()))),
  ];
}

/** Keys of tiers as the programme has them, from the lowest; those that are gone at the end. */
function inOrder(keys: readonly string[], versions: readonly Version[]): string[] {
  const order = versions.flatMap(({ definition: { tiers } }) => tiers.map(({ key }) => key));
  const place = (key: string): number => (order.includes(key) ? order.lastIndexOf(key) : order.length);
  return keys.toSorted((a, b) => place(a) - place(b));
}
