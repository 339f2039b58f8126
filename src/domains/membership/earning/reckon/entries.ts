import type { Earn, TakeBack, TakeBackPolicy } from '../../ledger/command.ts';
import { type IdleRule, idleRuleOf } from '../../ledger/idle.ts';
import type { PointsRules } from '../../contract/programme.ts';
import { availableAt, expiresAt } from '../rules/validity.ts';
import type { KeptOrder } from './kept-order.ts';
import type { Wanted } from './wanted.ts';

/** An addition to somebody's growth. It counts at the moment of its order, also where it takes away. */
export interface GrowthEntry {
  customerNo: number;
  amount: number;
  kind: 'order' | 'refund' | 'opening';
  occurredAt: number;
  key: string;
  derivation: Record<string, unknown>;
}

/** What has to be written so that an order comes to what is wanted. */
export interface Entries {
  commands: (Earn | TakeBack)[];
  growth: GrowthEntry[];
  /** What is kept once they are written; `shortfalls` are those of the commands, in their order. */
  kept(shortfalls: readonly number[]): KeptOrder;
}

export interface EntryRules {
  points: Pick<PointsRules, 'pendingDays' | 'expiry' | 'takeBack'>;
  /** How much the person may owe. */
  debtLimit: number;
  timeZone: string;
  /** Points that have ended by this moment are earned less what came back: nothing else is taken for them. */
  now: number;
}

/** By its order and its number among the order's entries: the same whenever it is made again. */
export const entryKey = (orderKey: string, entry: number): string => `order ${orderKey} ${entry}`;

/** The entries that take an order from what it has come to, to what it should have. None where it is there. */
export function entriesTo(kept: KeptOrder | undefined, { order, earned, grown, returned, returnedAt }: Wanted, rules: EntryRules): Entries {
  const commands: Entries['commands'] = [];
  const growth: GrowthEntry[] = [];
  const earnings = [...(kept?.earnings ?? [])];
  let [entries, shortfall] = [kept?.entries ?? 0, kept?.shortfall ?? 0];
  const base = { customerNo: order.customerNo, occurredAt: order.placedAt };
  const validity = validityOf(order.placedAt, rules);
  const earn = (amount: number): void => {
    if (amount <= 0) return;
    const entry = ++entries;
    commands.push({ ...base, kind: 'earn', key: entryKey(order.orderKey, entry), amount, ...validity, derivation: kept ? { ...earned, before: kept.points } : earned });
    earnings.push([entry, amount]);
  };
  const takeBack = (amount: number): void => {
    let rest = amount;
    for (let i = earnings.length - 1; i >= 0 && rest > 0; i--) {
      const [of, left] = earnings[i];
      const some = Math.min(rest, left);
      if (some === 0) continue;
      commands.push({
        ...base, kind: 'take_back', key: entryKey(order.orderKey, ++entries), of: entryKey(order.orderKey, of), amount: some, occurredAt: returnedAt,
        policy: rules.points.takeBack as TakeBackPolicy, debtLimit: rules.debtLimit, derivation: returned,
      });
      earnings[i] = [of, left - some];
      rest -= some;
    }
    // What was forgiven before has no earning any more that it could be taken of.
    shortfall += rest;
  };
  const whole = order.regular + order.bonus;
  // An order that came with its return earned first and lost then, and its lines say both.
  const before = kept ? kept.points : 0;
  if (!kept) {
    earn(validity.expiresAt !== null && validity.expiresAt <= rules.now ? order.points : whole);
    takeBack(earnings.reduce((sum, [, left]) => sum + left, 0) - order.points);
  } else if (order.points > before) {
    // What a return failed to take is not given a second time.
    const forgiven = Math.min(shortfall, order.points - before);
    shortfall -= forgiven;
    earn(order.points - before - forgiven);
  } else takeBack(before - order.points);
  const grow = (amount: number, kind: GrowthEntry['kind'], derivation: Record<string, unknown>): void => {
    if (amount !== 0) growth.push({ ...base, amount, kind, key: entryKey(order.orderKey, ++entries), derivation });
  };
  if (kept) grow(order.growth - kept.growth, order.growth > kept.growth ? 'order' : 'refund', order.growth > kept.growth ? grown : { ...returned, at: new Date(returnedAt).toISOString() });
  else {
    grow(order.byMoney + order.perOrder, 'order', grown);
    grow(order.growth - order.byMoney - order.perOrder, 'refund', { ...returned, at: new Date(returnedAt).toISOString() });
  }
  return { commands, growth, kept: (shortfalls) => ({ ...order, earnings, entries, shortfall: shortfalls.reduce((sum, each) => sum + each, shortfall) }) };
}

/** From when points of a moment can be spent, and when they end. */
export const validityOf = (placedAt: number, { points: { pendingDays, expiry }, timeZone }: { points: Pick<PointsRules, 'pendingDays' | 'expiry'>; timeZone: string }): Pick<Earn, 'availableAt' | 'expiresAt'> & { idle?: IdleRule } => ({
  availableAt: availableAt(placedAt, pendingDays, timeZone),
  expiresAt: expiresAt(expiry, placedAt, timeZone),
  ...(expiry.kind === 'inactivity' ? { idle: idleRuleOf(expiry.months, timeZone) } : {}),
});

/** Whether nothing has to be written, not even what is kept. */
export const isSame = (kept: KeptOrder | undefined, { order }: Wanted): boolean =>
  (kept ? kept.sold === order.sold && kept.points === order.points && kept.growth === order.growth && kept.regular === order.regular && kept.bonus === order.bonus : order.regular + order.bonus + order.byMoney + order.perOrder === 0);
