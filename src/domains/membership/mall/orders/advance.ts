import { parseDecimal } from '../../../../kernel/decimal.ts';
import { Problem } from '../../../../kernel/problem.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import type { MallOrderState } from '../../contract/mall.ts';
import type { MembershipDoors } from '../../part.ts';
import { madeCode, sealCode, takeCode } from '../codes.ts';
import { returnToStock } from '../items/store.ts';
import type { PartnerBenefits } from '../partner-benefits.ts';
import { nextStep, type Step } from '../rules/step.ts';
import { type Changes, findOrder, moveOrder, type OrderRow, removeOrder } from './store.ts';

export type OrderDoors = Pick<MembershipDoors, 'platform' | 'ledger' | 'programme'> & { partners: PartnerBenefits };

/** The order is somebody else's to finish: it was taken over, or changed by another request. */
export class TakenOver extends Error {}

/** A hold outlives the order's own end, so that points are there while the order says so. */
const holdMarginMs = 3_600_000;
const dayMs = 86_400_000;
const usualReinstatementDays = 30;

const keyOf = ({ orderNo }: Pick<OrderRow, 'orderNo'>, what: string): string => `mall ${orderNo} ${what}`;

type OfPoints = Pick<OrderRow, 'orderNo' | 'customerNo' | 'openedAt' | 'activityNo'> & { definition: Pick<OrderRow['definition'], 'names'> };

/** What every command about an order's points says. The same order says the same, whenever it is said. */
const common = (order: OfPoints, what: string) => ({
  key: keyOf(order, what), customerNo: order.customerNo, occurredAt: order.openedAt.getTime(), input: { mallOrder: order.orderNo, what },
  derivation: { mallOrder: order.orderNo, item: order.definition.names, ...(order.activityNo === null ? {} : { activity: order.activityNo }) },
});

/** What a command says that spends an order's points. */
export const pointsOf = (order: OfPoints) => common(order, 'points');

/**
 * Takes an order as far as it goes: until it waits for somebody or has ended. Every step can be done again, because points move by
 * commands with keys, and an order only from the state it was read in. Refused where points or benefits are not there; then
 * everything that was put aside has gone back.
 */
export async function advance(doors: OrderDoors, read: OrderRow): Promise<OrderRow> {
  let order = read;
  for (let step = nextStep(order, doors.platform.clock.now()); step; step = nextStep(order, doors.platform.clock.now())) order = await steps[step](doors, order);
  return order;
}

const steps: Record<Step, (doors: OrderDoors, order: OrderRow) => Promise<OrderRow>> = {
  take_points: takePoints,
  spend_held: spendHeld,
  give,
  let_go: letGo,
  give_back: giveBack,
  time_out: (doors, order) => move(doors, order, 'closing', { reason: 'timeout' }),
};

async function move({ platform: { pg, clock } }: OrderDoors, order: OrderRow, to: MallOrderState, changes: Changes = {}): Promise<OrderRow> {
  if (!(await moveOrder(pg, { ...order, from: order.state, to, at: clock.now(), by: 'system' }, changes))) throw new TakenOver();
  return reread(pg, order);
}

async function reread(connection: Parameters<typeof findOrder>[0], { orderNo }: OrderRow): Promise<OrderRow> {
  const order = await findOrder(connection, orderNo);
  if (!order) throw new TakenOver();
  return order;
}

/** It cannot be, whoever asks: nothing is wrong with the program. */
export const isRefused = (error: unknown): error is Problem => error instanceof Problem && (error.status === 404 || error.status === 409);

/** Where money is to be paid points are put aside, otherwise they are spent. Where there are too few, nothing is left of the order. */
async function takePoints(doors: OrderDoors, order: OrderRow): Promise<OrderRow> {
  const waits = parseDecimal(order.money) !== 0n;
  try {
    if (order.points > 0) {
      const amount = order.points;
      await doors.ledger.execute(waits
        ? { ...common(order, 'hold'), kind: 'hold', amount, expiresAt: order.expiresAt.getTime() + holdMarginMs }
        : { ...pointsOf(order), kind: 'spend', amount });
    }
  } catch (error) {
    if (!isRefused(error)) throw error;
    await inTransaction(doors.platform.pg, async (client) => {
      if (!(await removeOrder(client, order))) throw new TakenOver();
      await returnToStock(client, order.itemNo);
    });
    throw error;
  }
  return move(doors, order, waits ? 'reserved' : 'confirmed');
}

/** Spends what is held; where the hold let go meanwhile, out of what there is now, and where that is too little the order is closed. */
async function spendHeld(doors: OrderDoors, order: OrderRow): Promise<OrderRow> {
  const base = pointsOf(order);
  try {
    await doors.ledger.execute({ ...base, kind: 'commit', holdKey: keyOf(order, 'hold') }).catch((error: unknown) => {
      if (!isRefused(error) || error.code === 'membership.key_used') throw error;
      return doors.ledger.execute({ ...base, kind: 'spend', amount: order.points });
    });
  } catch (error) {
    if (!isRefused(error)) throw error;
    if (error.code !== 'membership.key_used') {
      await advance(doors, await move(doors, order, 'closing', { reason: 'points_gone' }));
      throw error;
    }
    // An earlier turn, cut short, had spent them the other way.
  }
  return move(doors, order, 'confirmed');
}

async function give(doors: OrderDoors, order: OrderRow): Promise<OrderRow> {
  const { platform, partners } = doors;
  const { delivery, orderNo, itemNo } = order;
  if (delivery.kind === 'codes') {
    await inTransaction(platform.pg, async (client) => {
      const code = await takeCode(client, itemNo, orderNo);
      if (!(await moveOrder(client, { ...order, from: order.state, to: 'fulfilled', at: platform.clock.now(), by: 'system' }, { code }))) throw new TakenOver();
    });
    return reread(platform.pg, order);
  }
  if (delivery.kind === 'made_codes') return move(doors, order, 'fulfilled', { code: sealCode(platform.secret, madeCode(platform.secret, delivery.prefix, orderNo)) });
  if (delivery.kind !== 'partner') return order;
  try {
    const { code } = await partners.grant({ key: keyOf(order, 'benefit'), benefit: delivery.benefit, customerNo: order.customerNo });
    return await move(doors, order, 'fulfilled', code === null ? {} : { code: sealCode(platform.secret, code) });
  } catch (error) {
    if (!isRefused(error)) throw error;
    await advance(doors, await move(doors, order, 'reversing', { reason: 'benefit_gone' }));
    throw error;
  }
}

async function letGo(doors: OrderDoors, order: OrderRow): Promise<OrderRow> {
  if (order.points > 0) {
    await doors.ledger.execute({ ...common(order, 'release'), kind: 'release', holdKey: keyOf(order, 'hold') }).catch((error: unknown) => {
      // It let go by itself, or nothing of it is left.
      if (!isRefused(error)) throw error;
    });
  }
  return end(doors, order, 'cancelled');
}

async function giveBack(doors: OrderDoors, order: OrderRow): Promise<OrderRow> {
  const { platform: { clock }, programme, ledger, partners } = doors;
  if (order.delivery.kind === 'partner') await partners.takeBack(keyOf(order, 'benefit'));
  if (order.points > 0) {
    const now = clock.now().getTime();
    const days = (await programme.at(now))?.definition.points.reinstatementDays ?? usualReinstatementDays;
    await ledger.execute({ ...common(order, 'return'), kind: 'give_back', of: keyOf(order, 'points'), amount: order.points, reinstatedUntil: now + days * dayMs, occurredAt: now }).catch((error: unknown) => {
      // Who is erased has no points to get back.
      if (!(error instanceof Problem && error.status === 404)) throw error;
    });
  }
  return end(doors, order, 'reversed');
}

/** Ends an order that came to nothing, and gives back what it had taken of the item. */
async function end({ platform: { pg, clock } }: OrderDoors, order: OrderRow, to: 'cancelled' | 'reversed'): Promise<OrderRow> {
  await inTransaction(pg, async (client) => {
    if (!(await moveOrder(client, { ...order, from: order.state, to, at: clock.now(), by: 'system' }))) throw new TakenOver();
    if (order.returnsStock) await returnToStock(client, order.itemNo);
  });
  return reread(pg, order);
}
