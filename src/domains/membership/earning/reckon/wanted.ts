import { formatDecimal } from '../../../../kernel/decimal.ts';
import type { Multiplier } from '../../contract/programme.ts';
import type { Version } from '../../programme/programme.ts';
import { appliedTo } from '../rules/factors.ts';
import { growthOf, growthTakenBack } from '../rules/growth.ts';
import { type Buyer, sum } from '../rules/order.ts';
import { type EarnedBefore, pointsOf } from '../rules/points.ts';
import { pointsTakenBack, returnedOf } from '../rules/take-back.ts';
import { type FoundOrder, type KeptOrder, soldOf } from './kept-order.ts';

/** What an order should have come to, and how. */
export interface Wanted {
  /** What will be kept of it once entries have made it so. */
  order: Omit<KeptOrder, 'shortfall' | 'entries' | 'earnings'>;
  earned: Record<string, unknown>;
  grown: Record<string, unknown>;
  /** Why something is taken, where anything came back. */
  returned: Record<string, unknown>;
  returnedAt: number;
}

/** Of whom, and when: asked only where it matters. */
export interface Circumstances {
  buyer(): Buyer;
  before(): EarnedBefore;
  extras(buyer: Buyer): readonly Multiplier[];
  timeZone: string;
}

/** What an order earns under a version, with what came back of it. What is kept of it decides again: the version, and what applied then. */
export function wantedOf(order: FoundOrder, kept: KeptOrder | undefined, version: Version, { buyer, before, extras: extrasFor, timeZone }: Circumstances): Wanted {
  const { definition: { points: promised, growth: growthRules }, versionNo } = version;
  const sold = soldOf(order);
  const isAsKept = kept?.sold === sold && kept.versionNo === versionNo;
  const whose: Buyer = kept?.versionNo === versionNo ? { tier: null, birthDate: null, applied: kept.applied } : buyer();
  const extras = kept?.versionNo === versionNo ? kept.extras : extrasFor(whose);
  const rules = { ...promised, multipliers: [...promised.multipliers, ...extras] };
  const named = { ...whose, applied: appliedTo(order, rules.multipliers, whose, timeZone) };
  const points = pointsOf(order, rules, named, before(), timeZone);
  // Caps went by what had been earned until then: what was kept stays, whatever other orders earned since.
  const earned = isAsKept ? { regular: kept.regular, bonus: kept.bonus, points: kept.regular + kept.bonus } : points;
  const growth = growthOf(order, growthRules);
  const { byMoney, perOrder } = isAsKept ? kept : growth.derivation;
  const taken = pointsTakenBack(order, earned, order.refunds, rules, named, timeZone);
  const shrunk = growthTakenBack(order, { byMoney, perOrder }, order.refunds, growthRules);
  const about = { order: order.orderId, orderKey: order.orderKey, versionNo };
  const returned = returnedOf(order, order.refunds);
  return {
    order: {
      orderKey: order.orderKey, customerNo: order.customerNo, orderId: order.orderId, placedAt: order.placedAt, versionNo, sold, applied: named.applied, extras,
      regular: earned.regular, bonus: earned.bonus, byMoney, perOrder, points: earned.points - taken.points, growth: byMoney + perOrder - shrunk,
    },
    earned: { reason: 'order', ...about, ...points.derivation, ...(extras.length > 0 ? { activities: extras.map(({ key, names }) => ({ key, names })) } : {}) },
    grown: { reason: 'order', ...about, ...growth.derivation },
    returned: {
      reason: order.refunds.length > 0 ? 'refund' : 'changed', ...about, goods: formatDecimal(sum(order.lines.map(({ amount }) => amount))), returned: formatDecimal(returned.total), isWhole: returned.isWhole,
      earned: earned.points, takenInAll: taken.points, bonusInAll: taken.bonus,
    },
    returnedAt: order.refunds.reduce((latest, { at }) => Math.max(latest, at), order.placedAt),
  };
}

/** Nothing any more, of an order that facts no longer tell of. */
export const nothingOf = ({ orderKey, customerNo, orderId, placedAt, versionNo, applied, extras, regular, bonus }: KeptOrder): Wanted => ({
  order: { orderKey, customerNo, orderId, placedAt, versionNo, sold: '0', applied, extras, regular: 0, bonus: 0, byMoney: 0, perOrder: 0, points: 0, growth: 0 },
  earned: {}, grown: {},
  returned: { reason: 'gone', order: orderId, orderKey, versionNo, earned: regular + bonus },
  returnedAt: placedAt,
});
