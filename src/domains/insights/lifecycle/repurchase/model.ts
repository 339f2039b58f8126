import { z } from 'zod';
import { dayIn } from '../../../../kernel/day.ts';
import { Problem } from '../../../../kernel/problem.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { momentText } from '../../../commerce/public.ts';
import { repurchase, type Repurchase } from '../../contract/repurchase.ts';
import { earliestDay, portionsOf } from '../../history/portions.ts';
import { modelKind } from '../../models/model-kind.ts';
import { bestDays, cameBy, chancesOf, dayBy, survivalOf, type Waits } from './survival.ts';

export const repurchaseResult = z.object({ windows: z.array(repurchase), leftOut: z.number().int() });

const bounds = { timeoutMs: 600_000, memoryBytes: 3 * 2 ** 30 };
const mostCategories = 200;
/** Fewer buyers than this say nothing of a category. */
const leastBuyers = 20;

/** Finds of every category, and of all, when buyers come a second time. Counts of days are read; curves are reckoned from those. */
export const repurchaseKind = ({ clickhouse, pg: pool }: Platform) => modelKind({
  kind: 'repurchase',
  params: z.object({}),
  result: repurchaseResult,
  begins: { reading: 0, fitting: 0.95 },
  async run({ asOf, tell }) {
    const { timeZone } = await readBrand(pool);
    const asked = { zone: timeZone, before: momentText(asOf), today: dayIn(timeZone, asOf), earliest: earliestDay };
    const portions = await portionsOf(clickhouse);
    const byCategory = new Map<string | null, Map<number, Waits>>();
    for (const [i, { where, buyer, params }] of portions.entries()) {
      for (const [j, isWhole] of [true, false].entries()) {
        await tell('reading', (i + j / 2) / portions.length);
        const rows = await clickhouse.rows(waitsSql(where, buyer, isWhole), { ...asked, ...params }, bounds) as (Waits & { category: string })[];
        for (const { category, ...waits } of rows) addTo(byCategory, isWhole ? null : category, waits);
      }
    }
    await tell('fitting', 0);
    const all = byCategory.get(null);
    if (!all) throw new Problem('insights.no_buyers', { status: 422 });
    byCategory.delete(null);
    const windows = [...byCategory].map(([category, waits]) => windowOf(category, [...waits.values()]))
      .filter(({ buyers }) => buyers >= leastBuyers).toSorted((a, b) => b.buyers - a.buyers);
    return { windows: [windowOf(null, [...all.values()]), ...windows.slice(0, mostCategories)], leftOut: byCategory.size - Math.min(windows.length, mostCategories) };
  },
});

/**
 * How long the buyers of a category waited for their second day of buying of it, or have been waiting. Days, not orders: who
 * orders twice on a day has come once. An order counts although it was given back.
 */
const waitsSql = (where: string, buyer: string, isWhole: boolean): string => `
  select category, toInt32(if(hasCome, days[2], toInt32(toDate32({today:String}))) - days[1]) as day, toUInt32(countIf(hasCome)) as came, toUInt32(countIf(not hasCome)) as waiting
  from (
    select no, category, arraySort(groupUniqArray(on)) as days, length(days) > 1 as hasCome from (
      select ${buyer} as no, ${isWhole ? "''" : 'toString(category)'} as category, toInt32(toDate32(toTimeZone(occurred_at, {zone:String}))) as on from order_line
      where ${where} and kind = 'sale' and occurred_at < {before:DateTime64(3, 'UTC')} and on >= toInt32(toDate32({earliest:String})))
    group by no, category)
  group by category, day`;

function addTo(all: Map<string | null, Map<number, Waits>>, category: string | null, { day, came, waiting }: Waits): void {
  const waits = all.get(category) ?? new Map<number, Waits>();
  all.set(category, waits);
  const known = waits.get(day);
  waits.set(day, { day, came: came + (known?.came ?? 0), waiting: waiting + (known?.waiting ?? 0) });
}

/** Points of a curve that is drawn. */
const mostPoints = 120;

export function windowOf(category: string | null, waits: readonly Waits[]): Repurchase {
  const points = survivalOf(waits);
  const [buyers, came] = waits.reduce(([all, back], each) => [all + each.came + each.waiting, back + each.came], [0, 0]);
  const longest = waits.reduce((most, { day }) => Math.max(most, day), 0);
  const chances = chancesOf(waits, points);
  const seen = points.filter(({ came: on }) => on > 0);
  const step = Math.max(1, Math.ceil(longest / mostPoints));
  const atRiskOn = (day: number): number => waits.reduce((sum, each) => sum + (each.day >= day ? each.came + each.waiting : 0), 0);
  const curve = Array.from({ length: Math.floor(longest / step) + 1 }, (_, i) => {
    const day = i * step;
    const { share, low, high } = cameBy(points, day, longest) ?? { share: 0, low: 0, high: 0 };
    return { day, share, low, high, atRisk: atRiskOn(day), rate: chances[day - 1]?.rate ?? null };
  });
  let before = 0;
  const ofWhoCame = [0.25, 0.5, 0.75].flatMap((share) => {
    before = 0;
    const found = seen.find(({ came: on }) => (before += on) >= share * came);
    return found ? [found.day] : [];
  });
  return {
    category, buyers, came, longest, curve, ofWhoCame,
    quartiles: [0.25, 0.5, 0.75].map((share) => dayBy(points, share)),
    within180: cameBy(points, 180, longest), within365: cameBy(points, 365, longest),
    best: bestDays(chances),
  };
}
