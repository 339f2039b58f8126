import type { ProgrammeDefinition } from '../src/domains/membership/contract/programme.ts';
import { addDays, addMonths } from '../src/kernel/day.ts';
import { halfDayMs, type NaiveGrowth, NaiveTier } from './naive-tiers.ts';
import type { TestLine } from './order-lines.ts';

/** What a programme would have made of somebody, as a trial says it. */
export interface PlainLived {
  tier: string;
  growth: number;
  earned: number;
  takenBack: number;
  expired: number;
  outstanding: number;
}

interface PlainOrder {
  at: number;
  sales: TestLine[];
  refunds: TestLine[];
}

const sum = (numbers: number[]): number => numbers.reduce((all, each) => all + each, 0);
const shanghaiDay = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);

/**
 * Everybody under a programme, worked out with lists and loops, half a day at a time: a point and a unit of growth for each whole unit of
 * money, multipliers of categories and tiers multiplied, ends after whole months. Products are different within an order, and no more of
 * one comes back than was bought. All moments are noons in Shanghai.
 */
export function plainTrial(
  lines: readonly TestLine[],
  rootOf: (no: number) => number,
  definition: ProgrammeDefinition,
  now: number,
): Map<number, PlainLived> {
  const people = Map.groupBy(
    lines.filter(({ customerNo, at }) => customerNo > 0 && Date.parse(at) <= now),
    ({ customerNo }) => rootOf(customerNo),
  );
  return new Map(
    [...people].flatMap(([no, own]) => {
      const orders = [...Map.groupBy(own, ({ order }) => order).values()]
        .map((of): PlainOrder => {
          const sales = of.filter(({ kind }) => kind === 'sale');
          return {
            at: Math.min(...sales.map(({ at }) => Date.parse(at))),
            sales,
            refunds: of.filter(({ kind }) => kind === 'refund'),
          };
        })
        .filter(({ sales }) => sales.length > 0)
        .sort((a, b) => a.at - b.at);
      return orders.length === 0 ? [] : [[no, plainLife(orders, definition, now)] as const];
    }),
  );
}

function plainLife(
  orders: readonly PlainOrder[],
  definition: ProgrammeDefinition,
  now: number,
): PlainLived {
  const growth = orders.flatMap(plainGrowth);
  const naive = new NaiveTier(
    orders[0].at,
    growth,
    [],
    [{ versionNo: 1, startsAt: 0, definition }],
    [],
  );
  for (let t = orders[0].at; t <= now; t += halfDayMs) naive.tick(t);
  const so = { earned: 0, takenBack: 0, expired: 0, outstanding: 0 };
  const { expiry } = definition.points;
  for (const { at, sales, refunds } of orders) {
    const tier =
      naive.seen.filter((change) => change.at < at).at(-1)?.to ?? definition.tiers[0].key;
    const factorOf = ({ category }: TestLine): number =>
      definition.points.multipliers.reduce(
        (factor, { when, factor: by }) =>
          (when.kind === 'tier' && when.tiers.includes(tier)) ||
          (when.kind === 'category' && when.categories.includes(category))
            ? factor * Number(by)
            : factor,
        1,
      );
    const worth = (line: TestLine): number => line.amount * factorOf(line);
    const points = Math.floor(sum(sales.map(worth)));
    const back = (line: TestLine): number =>
      sum(refunds.filter(({ product }) => product === line.product).map(({ amount }) => amount));
    const isWhole =
      sum(refunds.map(({ amount }) => amount)) >= sum(sales.map(({ amount }) => amount));
    const gone = sum(
      sales.map((line) => (line.amount === 0 ? 0 : (worth(line) * back(line)) / line.amount)),
    );
    const taken = isWhole
      ? points
      : Math.floor(Math.round((points * gone * 1e6) / sum(sales.map(worth))) / 1e6);
    so.earned += points;
    so.takenBack += taken;
    const end =
      expiry.kind === 'duration'
        ? Date.parse(`${addDays(addMonths(shanghaiDay(at), expiry.months), 1)}T00:00:00+08:00`)
        : Infinity;
    so[end <= now ? 'expired' : 'outstanding'] += points - taken;
  }
  return { tier: naive.shown, growth: sum(growth.map(({ amount }) => amount)), ...so };
}

/** What an order gave, and took away as its returns came. */
function plainGrowth({ at, sales, refunds }: PlainOrder): NaiveGrowth[] {
  const money = sum(sales.map(({ amount }) => amount));
  const whole = Math.floor(money);
  const growth: NaiveGrowth[] = whole > 0 ? [{ at, amount: whole, knownAt: at }] : [];
  let gone = 0;
  for (const moment of [...new Set(refunds.map((refund) => Date.parse(refund.at)))].sort(
    (a, b) => a - b,
  )) {
    const back = sum(
      refunds.filter((refund) => Date.parse(refund.at) <= moment).map(({ amount }) => amount),
    );
    const inAll = back >= money ? whole : Math.floor((whole * back) / money);
    if (inAll > gone) growth.push({ at, amount: gone - inAll, knownAt: moment });
    gone = inAll;
  }
  return growth;
}
