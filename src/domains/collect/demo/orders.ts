import { type BasketItem, drawCoupon, drawTaste, fillBasket } from './basket.ts';
import { fen, type ShelfProduct } from './catalogue.ts';
import { channelMix, channels, type DemoChannel, miniProgram, store, tmall } from './channels.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';
import type { DemoOrder, DemoOrderLine } from './records.ts';
import { drawRefunds } from './refunds.ts';
import { regionChoice, regions } from './regions.ts';
import { dayInChina, hourInChina, type World } from './world.ts';

const piece = 10_000n;
/** How often a customer stays with the channel through which they came. */
const homeChannelShare = 0.72;
const sentElsewhereShare = 0.06;

/** The orders a customer makes at the given moments, with their refunds. */
export function ordersOf(world: World, person: Person, momentsMs: number[]): DemoOrder[] {
  if (momentsMs.length === 0) return [];
  const { customer } = person;
  const random = world.random(customer.index, 'basket');
  const refundRandom = world.random(customer.index, 'refund');
  const taste = drawTaste(random);
  const bought: ShelfProduct[] = [];
  return momentsMs.map((occurredAtMs, nth) => {
    const season = world.seasonOf(occurredAtMs);
    const channel = channelOf(world, person, random, occurredAtMs);
    const elsewhere = random.chance(sentElsewhereShare);
    const items = fillBasket(random, taste, season, bought);
    const totalFen = items.reduce((sum, item) => sum + item.quantity * item.unitPriceFen, 0);
    const couponFen = drawCoupon(random, totalFen, season);
    const lines = linesOf(items, totalFen, couponFen);
    const order: DemoOrder = {
      orderId: orderIdOf(channel, occurredAtMs, customer.index, nth),
      customerIndex: customer.index,
      occurredAtMs,
      channel: channel.name,
      region: elsewhere ? regions[regionChoice.draw(random)][0] : customer.province,
      promotion: season.promotion,
      lines,
      total: BigInt(totalFen - couponFen) * fen,
      refunds: [],
    };
    order.refunds = drawRefunds(refundRandom, order, items, world.endMs);
    return order;
  });
}

/** Unique, because it holds the customer's number and how many orders came before. */
const orderIdOf = (channel: DemoChannel, occurredAtMs: number, index: number, nth: number) =>
  `${channel.code}${dayInChina(occurredAtMs)}${String(index).padStart(8, '0')}${String(nth).padStart(3, '0')}`;

/** Stores are open from 10 to 22, and only a customer with a device orders where we track. */
function channelOf(
  world: World,
  { channel: home, aliases }: Person,
  random: Random,
  occurredAtMs: number,
): DemoChannel {
  const away = channels[channelMix(world.partOf(occurredAtMs)).draw(random)];
  const wanted = random.chance(homeChannelShare) ? home : away;
  const hour = hourInChina(occurredAtMs);
  const closed = wanted === store && (hour < 10 || hour >= 22);
  if (closed) return aliases.deviceId ? miniProgram : tmall;
  return wanted.tracked && !aliases.deviceId ? tmall : wanted;
}

/** The coupon is shared out by rounding running sums, so that the shares add up to it. */
function linesOf(items: BasketItem[], totalFen: number, couponFen: number): DemoOrderLine[] {
  let runningFen = 0;
  let sharedFen = 0;
  return items.map(({ product, quantity, unitPriceFen }, at) => {
    const grossFen = quantity * unitPriceFen;
    runningFen += grossFen;
    const shareFen = Math.round((couponFen * runningFen) / totalFen) - sharedFen;
    sharedFen += shareFen;
    return {
      lineNo: at + 1,
      product: product.record,
      quantity: BigInt(quantity) * piece,
      unitPrice: BigInt(unitPriceFen) * fen,
      couponDiscount: BigInt(shareFen) * fen,
      amount: BigInt(grossFen - shareFen) * fen,
    };
  });
}
