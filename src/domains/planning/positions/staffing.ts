import { type Actor, may } from '../../../kernel/actor.ts';
import { formatDecimal, parseDecimal } from '../../../kernel/decimal.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { Item, ItemBody } from '../contract.ts';
import type { Items } from '../items/items.ts';
import { requirePlan } from '../plans/keep-plans.ts';
import { type MonthStaffing, staffingOf } from './rules/staffing.ts';

/** Heads of every month of a plan and what they cost. */
export async function planStaffing({ pg }: Pick<Platform, 'pg'>, items: Items, planNo: number): Promise<MonthStaffing[]> {
  const { startsOn, years } = await requirePlan(pg, planNo);
  const all = await items.list(planNo, ['position', 'assignment', 'position_cost']);
  const under = Map.groupBy(all, ({ parentNo }) => parentNo);
  const bodies = <K extends Item['kind']>(kind: K, of: Item[] | undefined): ItemBody<K>[] => (of ?? []).filter((item) => item.kind === kind).map(({ body }) => body as ItemBody<K>);
  const positions = all.filter(({ kind }) => kind === 'position').map(({ itemNo, body }) => {
    const { opens, closes, headcount } = body as ItemBody<'position'>;
    const costs = bodies('position_cost', under.get(itemNo)).map(({ from, monthly }) => ({ from, monthly: parseDecimal(monthly) ?? 0n }));
    return { opens, closes, headcount, costs, shares: bodies('assignment', under.get(itemNo)) };
  });
  return staffingOf(positions, `${startsOn.slice(0, 7)}-01`, years * 12);
}

/** What positions cost with all their heads in every month of a plan, `2026-06` and so on. */
export const monthCosts = async (...asked: Parameters<typeof planStaffing>): Promise<Map<string, bigint>> => new Map((await planStaffing(...asked)).map(({ month, cost }) => [month.slice(0, 7), cost]));

/** What somebody may see of it. */
export const shownStaffing = (months: MonthStaffing[], actor: Actor) =>
  months.map(({ month, heads, filled, cost, filledCost, unpriced }) => {
    const money = (amount: bigint): string | null => (may(actor, 'planning.people') ? formatDecimal(amount) : null);
    return { month, heads: formatDecimal(heads), filled: formatDecimal(filled), cost: money(cost), filledCost: money(filledCost), unpriced };
  });
