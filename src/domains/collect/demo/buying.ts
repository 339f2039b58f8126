import type { Person } from './people.ts';
import type { DemoTruth } from './records.ts';
import { exponential, gamma } from './samplers.ts';
import type { World } from './world.ts';

/**
 * The known process: Pareto/NBD on the brand's clock. From the first order on, a customer buys
 * at a constant rate of their own, gamma-distributed over customers, until they drop out, at
 * a rate of their own, gamma-distributed too and independent of the first. All rates are per
 * day of the brand's clock (see TimeScale), which the seasons speed up and slow down.
 * Source: D. C. Schmittlein, D. G. Morrison and R. Colombo, "Counting Your Customers: Who Are
 * They and What Will They Do Next?", Management Science 33(1), 1987.
 */
export const buyingProcess = {
  /** Mean rate 1.2 / 45: an order in 37.5 days. */
  purchase: { shape: 1.2, rate: 45 },
  /** Mean life 180 / (1.4 - 1): 450 days. */
  dropOut: { shape: 1.4, rate: 180 },
  /** Share of customers who ever order; the others sign up and only look. */
  buyerShare: 0.86,
  /** Mean time from signing up to the first order. */
  firstOrderDelayDays: 0.8,
} as const;

/** When a customer orders, in order of time, and the truth behind it. */
export function buyingOf(
  world: World,
  { customer }: Person,
): { truth: DemoTruth; momentsMs: number[] } {
  const random = world.random(customer.index, 'buying');
  const { purchase, dropOut, buyerShare, firstOrderDelayDays } = buyingProcess;
  const registeredAt = world.trade.positionOf(customer.registeredAtMs);
  if (!random.chance(buyerShare)) {
    const activeUntil = registeredAt + exponential(random, 1 / 30);
    const truth = { purchaseRate: 0, dropOutRate: 1 / 30, firstOrderAt: null, activeUntil };
    return { truth: { customerIndex: customer.index, ...truth }, momentsMs: [] };
  }
  const purchaseRate = gamma(random, purchase.shape, purchase.rate);
  const dropOutRate = gamma(random, dropOut.shape, dropOut.rate);
  const first = registeredAt + exponential(random, 1 / firstOrderDelayDays);
  const activeUntil = first + exponential(random, dropOutRate);
  const until = Math.min(activeUntil, world.trade.days);
  const momentsMs: number[] = [];
  for (let at = first; at < until; at += exponential(random, purchaseRate)) {
    momentsMs.push(Math.max(world.trade.momentAt(at), customer.registeredAtMs));
  }
  const firstOrderAt = momentsMs.length > 0 ? first : null;
  return {
    truth: { customerIndex: customer.index, purchaseRate, dropOutRate, firstOrderAt, activeUntil },
    momentsMs,
  };
}
