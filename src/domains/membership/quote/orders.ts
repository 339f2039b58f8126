import { createHash } from 'node:crypto';
import { conflict, notFound, Problem } from '../../../kernel/problem.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { parseDecimal } from '../../../kernel/decimal.ts';
import type { MemberOrder } from '../contract/quote.ts';
import { carryOut, carryOutReturn, type OrderDoors } from './carry-out.ts';
import { excessOf, type Quantities, restOf, returnOf, type Returned } from './rules/returns.ts';
import { unitsText } from './rules/money.ts';
import { claimQuote, decideOrder, findQuote, insertReturn, readReturns, type StoredQuote, type StoredReturn } from './store.ts';


const minuteMs = 60_000;

/** Places an order: its prices are kept and its points put aside until it is to be paid. The same order again answers the same. */
export async function hold(doors: OrderDoors, { orderKey, quoteId, minutes }: { orderKey: string; quoteId: string; minutes: number }): Promise<MemberOrder> {
  const { platform: { pg, clock } } = doors;
  const now = clock.now();
  const isNew = await claimQuote(pg, quoteId, orderKey, new Date(now.getTime() + minutes * minuteMs), now);
  const placed = await findQuote(pg, { quoteId });
  if (!placed) throw notFound('membership.quote_not_found');
  if (placed.orderKey !== orderKey) throw await whyNotPlaced(doors, placed, orderKey);
  await carryOut(doors, placed, isNew);
  return shownOrder(doors, placed);
}

async function whyNotPlaced({ platform: { pg } }: OrderDoors, { orderKey, isReserved }: StoredQuote, wanted: string): Promise<Problem> {
  if (isReserved) return conflict('membership.lines_reserved');
  if (orderKey !== null) return conflict('membership.quote_used');
  return conflict((await findQuote(pg, { orderKey: wanted })) ? 'membership.order_key_used' : 'membership.quote_lapsed');
}

/** Decides that an order was paid, or will not be, and has the ledger do it. The same again answers the same. */
export async function decide(doors: OrderDoors, orderKey: string, state: 'committed' | 'cancelled'): Promise<MemberOrder> {
  const { platform: { pg, clock } } = doors;
  await decideOrder(pg, orderKey, state, clock.now());
  const order = await requireOrder(doors, orderKey);
  if (order.state !== state) throw conflict(`membership.order_${stateOf(order, clock.now())}`);
  await carryOut(doors, order);
  return shownOrder(doors, order);
}

/** Goods came back: what that gives back is worked out once under the return's key, and the points go to where they came from. */
export async function giveBack(doors: OrderDoors, { orderKey, key, lines }: { orderKey: string; key: string; lines?: { line: string; quantity: string }[] | undefined }) {
  const { platform: { pg, clock } } = doors;
  const hash = createHash('sha256').update(JSON.stringify(lines?.toSorted((a, b) => (a.line < b.line ? -1 : 1)).map(({ line, quantity }) => [line, String(parseDecimal(quantity))]) ?? 'rest')).digest();
  const { order, returned, isReplay } = await inTransaction(pg, async (client) => {
    const order = await findQuote(client, { orderKey }, true);
    if (!order) throw notFound('membership.order_not_found');
    const earlier = await readReturns(client, order);
    const same = earlier.find((each) => each.key === key);
    if (same) {
      if (!same.hash.equals(hash)) throw conflict('membership.key_used', { key });
      return { order, returned: same, isReplay: true };
    }
    if (order.state !== 'committed') throw conflict('membership.order_not_paid');
    const back = workOut(order, earlier, lines);
    await insertReturn(client, order, { ...back, key, hash }, clock.now());
    return { order, returned: back, isReplay: false };
  });
  await carryOutReturn(doors, order, { key, points: returned.points });
  return { ...(await shownOrder(doors, order)), money: unitsText(returned.money, order.unit), pointsBack: returned.points, isReplay };
}

function workOut({ agreed }: StoredQuote, earlier: readonly StoredReturn[], lines: readonly { line: string; quantity: string }[] | undefined): Returned & { quantities: Quantities } {
  const before = new Map<string, bigint>();
  for (const [line, quantity] of earlier.flatMap(({ quantities }) => [...quantities])) before.set(line, (before.get(line) ?? 0n) + quantity);
  const quantities: Quantities = lines ? new Map(lines.map(({ line, quantity }) => [line, parseDecimal(quantity) ?? 0n])) : restOf(agreed, before);
  const excess = excessOf(agreed, before, quantities);
  if (excess !== undefined) throw conflict('membership.returned_too_much', { line: excess });
  if (quantities.size === 0) throw conflict('membership.returned_already');
  return { ...returnOf(agreed, before, quantities), quantities };
}

export async function requireOrder({ platform: { pg } }: OrderDoors, orderKey: string): Promise<StoredQuote> {
  const order = await findQuote(pg, { orderKey });
  if (!order) throw notFound('membership.order_not_found');
  return order;
}

const stateOf = ({ state, payUntil }: StoredQuote, now: Date): MemberOrder['state'] =>
  (state === 'committed' || state === 'cancelled' ? state : payUntil !== null && payUntil > now ? 'held' : 'lapsed');

export async function shownOrder({ platform: { pg, clock } }: OrderDoors, order: StoredQuote): Promise<MemberOrder> {
  const returns = await readReturns(pg, order);
  return {
    orderKey: order.orderKey ?? '', quoteId: order.quoteId, customerNo: order.customerNo, state: stateOf(order, clock.now()),
    placedAt: order.placedAt.toISOString(), payUntil: (order.payUntil ?? order.validUntil).toISOString(), currency: order.currency, pay: order.pay, points: order.points,
    returned: { money: unitsText(returns.reduce((sum, { money }) => sum + money, 0n), order.unit), points: returns.reduce((sum, { points }) => sum + points, 0) },
  };
}
