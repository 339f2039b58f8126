import type { BasketItem } from './basket.ts';
import { fen } from './catalogue.ts';
import type { Random } from './random.ts';
import type { DemoOrder, DemoOrderLine, DemoRefund, DemoRefundLine } from './records.ts';
import { gamma } from './samplers.ts';

const dayMs = 86_400_000;
const piece = 10_000n;
/** Chance that a whole order comes back, whatever is in it; its lines' own chances come on top. */
export const wholeOrderRate = 0.012;
/** Chance that someone who was given some money back later returns the goods after all. */
const afterwardsRate = 0.15;

const returnReasons = ['七天无理由退货', '与描述不符', '质量问题', '发错货', '收货地址变更'];
const moneyReasons = ['运输破损补偿', '降价补差', '少件补偿'];

/**
 * The refunds of an order, in time order, as far as they happen before `endMs`. The chance of
 * a line depends on its category. A line is refunded as a whole, by some of its pieces, or in
 * money alone; the refunds of a line never add up to more than was paid for it.
 */
export function drawRefunds(
  random: Random,
  order: DemoOrder,
  items: BasketItem[],
  endMs: number,
): DemoRefund[] {
  const refunds: DemoRefund[] = [];
  const add = (afterMs: number, reason: string, lines: DemoRefundLine[]) => {
    const occurredAtMs = afterMs + Math.floor((1 + gamma(random, 2, 0.4)) * dayMs);
    if (occurredAtMs >= endMs) return;
    const total = lines.reduce((sum, { amount }) => sum + amount, 0n);
    const refundId = `${order.orderId}-R${refunds.length + 1}`;
    refunds.push({ refundId, occurredAtMs, reason, lines, total });
  };
  if (random.chance(wholeOrderRate)) {
    add(order.occurredAtMs, random.pick(returnReasons), order.lines.map(wholeLine));
    return refunds;
  }
  const returned: DemoRefundLine[] = [];
  const compensated: DemoOrderLine[] = [];
  order.lines.forEach((line, at) => {
    if (!random.chance(items[at].product.category.refundRate)) return;
    if (random.chance(0.2)) compensated.push(line);
    else returned.push(random.chance(0.6) ? somePieces(random, line) : wholeLine(line));
  });
  if (returned.length > 0) add(order.occurredAtMs, random.pick(returnReasons), returned);
  for (const line of compensated) {
    const given = compensation(random, line);
    add(order.occurredAtMs, random.pick(moneyReasons), [given]);
    const rest = { ...wholeLine(line), amount: line.amount - given.amount };
    const after = refunds.at(-1);
    if (after?.lines[0] === given && random.chance(afterwardsRate)) {
      add(after.occurredAtMs, random.pick(returnReasons), [rest]);
    }
  }
  return refunds.sort((a, b) => a.occurredAtMs - b.occurredAtMs);
}

const wholeLine = ({ lineNo, product, quantity, amount }: DemoOrderLine): DemoRefundLine => ({
  lineNo,
  product,
  quantity,
  amount,
});

/** At least one piece, and its part of what was paid, rounded down to a fen. */
function somePieces(random: Random, line: DemoOrderLine): DemoRefundLine {
  const quantity = BigInt(1 + random.below(Number(line.quantity / piece))) * piece;
  const amount = (((line.amount / fen) * quantity) / line.quantity) * fen;
  return { ...wholeLine(line), quantity, amount };
}

/** Between a tenth and a half of what was paid, in whole yuan where that is not nothing. */
function compensation(random: Random, line: DemoOrderLine): DemoRefundLine {
  const percent = BigInt(10 + random.below(41));
  const amount = (line.amount * percent) / 100n;
  const rounded = amount >= piece ? (amount / piece) * piece : (amount / fen) * fen;
  return { ...wholeLine(line), quantity: 0n, amount: rounded };
}
