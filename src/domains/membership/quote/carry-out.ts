import { Problem } from '../../../kernel/problem.ts';
import type { Command } from '../ledger/command.ts';
import type { MembershipDoors } from '../part.ts';
import { findQuote, markDone, markReturned, type StoredQuote, unclaimQuote } from './store.ts';

export type OrderDoors = Pick<MembershipDoors, 'platform' | 'ledger' | 'programme'>;

/** Points stay aside a little longer than an order can be paid, so that who pays at the last moment finds them. */
const afterwardsMs = 10 * 60_000;
const dayMs = 86_400_000;
const atOnce = 200;

const keyOf = ({ quoteId }: StoredQuote, what: string): string => `quote ${quoteId} ${what}`;

/**
 * Has the ledger do what was decided about an order, once however often it is asked: after a crash between the decision and the ledger it is
 * done again. An order that has just been placed and whose points are not there is taken back.
 */
export async function carryOut(doors: OrderDoors, order: StoredQuote, isNew = false): Promise<void> {
  const { platform: { pg, clock }, ledger } = doors;
  const { customerNo, points, state, payUntil, orderKey: document, quoteId, doneAt } = order;
  if (doneAt !== null) return;
  if (points > 0 && customerNo !== null && payUntil !== null) {
    const base = { customerNo, occurredAt: order.placedAt.getTime(), derivation: { document } };
    const holdKey = keyOf(order, 'hold');
    const run = (command: Command) => ledger.execute(command);
    if (state !== 'cancelled') {
      await run({ ...base, key: holdKey, kind: 'hold', amount: points, expiresAt: payUntil.getTime() + afterwardsMs, input: { quoteId, points } }).catch(async (error: unknown) => {
        if (isNew && error instanceof Problem) await unclaimQuote(pg, quoteId);
        throw error;
      });
    }
    if (state === 'committed') await run({ ...base, key: keyOf(order, 'spend'), kind: 'commit', holdKey, input: { quoteId } });
    if (state === 'cancelled') await run({ ...base, key: keyOf(order, 'release'), kind: 'release', holdKey, input: { quoteId } }).catch(ignoreGone);
  }
  await markDone(pg, order, clock.now());
}

/** What was never put aside, or has gone back by itself, need not be let go. */
function ignoreGone(error: unknown): void {
  if (!(error instanceof Problem) || !['membership.hold_not_found', 'membership.hold_expired', 'membership.hold_released'].includes(error.code)) throw error;
}

/** Gives the points of a return back to where they came from. */
export async function carryOutReturn({ platform: { pg, clock }, ledger, programme }: OrderDoors, order: StoredQuote, { key, points }: { key: string; points: number }): Promise<void> {
  const now = clock.now();
  if (points > 0 && order.customerNo !== null) {
    const days = (await programme.at(order.placedAt.getTime()))?.definition.points.reinstatementDays ?? 0;
    await ledger.execute({
      key: keyOf(order, `return ${key}`), kind: 'give_back', customerNo: order.customerNo, of: keyOf(order, 'spend'), amount: points,
      occurredAt: now.getTime(), reinstatedUntil: now.getTime() + days * dayMs, derivation: { document: order.orderKey }, input: { points },
    });
  }
  await markReturned(pg, order.quoteId, key, now);
}

/** Does what was decided and not done, because the program ended in between; forgets quotes that nobody used. */
export async function finishOrders(doors: OrderDoors): Promise<void> {
  const { platform: { pg, clock, log } } = doors;
  const waitedSince = new Date(clock.now().getTime() - 10_000);
  const tolerant = (work: Promise<void>): Promise<void> => work.catch((error: unknown) => log.warn({ err: error }, 'points of an order could not be moved'));
  const { rows: orders } = await pg.query<{ quoteId: string }>(
    `select quote_id as "quoteId" from quote where state <> 'quoted' and done_at is null and decided_at < $1 order by decided_at desc limit $2`, [waitedSince, atOnce]);
  for (const { quoteId } of orders) {
    const order = await findQuote(pg, { quoteId });
    if (order) await tolerant(carryOut(doors, order, order.state === 'held'));
  }
  const { rows: returns } = await pg.query<{ quoteId: string; key: string; points: number }>(
    `select quote_id as "quoteId", return_key as key, points from quote_return where done_at is null and recorded_at < $1 order by recorded_at desc limit $2`, [waitedSince, atOnce]);
  for (const { quoteId, ...back } of returns) {
    const order = await findQuote(pg, { quoteId });
    if (order) await tolerant(carryOutReturn(doors, order, back));
  }
  await pg.query(`delete from quote where quote_id in (select quote_id from quote where state = 'quoted' and valid_until < $1 limit 1000)`, [new Date(clock.now().getTime() - dayMs)]);
}
