import { formatDecimal } from '../../../../kernel/decimal.ts';
import type { ProgrammeDefinition } from '../../contract/programme.ts';
import { baseOf } from './base.ts';
import { floor, type Order, type Refund, times } from './order.ts';
import { rateOf } from './points.ts';
import { restOf, returnedOf, shareOf } from './take-back.ts';

type GrowthRules = ProgrammeDefinition['growth'];

/** How the growth of an order came about. */
export interface GrowthDerivation {
  base: string;
  rate: GrowthRules['perMoney'];
  byMoney: number;
  perOrder: number;
}

/** What an order adds to somebody's growth: whole units of its money, and something for being an order. */
export function growthOf(order: Order, rules: GrowthRules): { growth: number; derivation: GrowthDerivation } {
  const base = baseOf(order, rules.counts);
  const byMoney = Number(floor(times({ over: base.total, under: 1n }, rateOf(rules.perMoney))));
  const perOrder = base.total > 0n ? rules.perOrder : 0;
  return { growth: byMoney + perOrder, derivation: { base: formatDecimal(base.total), rate: rules.perMoney, byMoney, perOrder } };
}

/** How much of it its returns take away in all: the part of the money that came back, rounded down; everything when all came back. */
export function growthTakenBack(order: Order, earned: Pick<GrowthDerivation, 'byMoney' | 'perOrder'>, refunds: readonly Refund[], rules: GrowthRules): number {
  if (refunds.length === 0) return 0;
  const returned = returnedOf(order, refunds);
  if (returned.isWhole) return earned.byMoney + earned.perOrder;
  const base = baseOf(order, rules.counts);
  const rest = restOf(base, returned);
  const gone = { over: base.total * rest.under - rest.over, under: rest.under };
  return Number(shareOf(BigInt(earned.byMoney), gone, { over: base.total, under: 1n }));
}
