import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEarningShop, type EarningShop } from '../../../../test/earning-shop.ts';
import { hasOnlineRetail, readOnlineRetail } from '../../../../test/online-retail.ts';
import type { TestLine } from '../../../../test/order-lines.ts';
import { proveLedger } from '../ledger/store/proof.ts';

const present = hasOnlineRetail('a programme is not run over a real year');

const people = 500;
/** From here on a pound earns two points instead of one. */
const changeAt = '2011-06-01T00:00:00.000Z';

interface Line {
  customerNo: number;
  order: string;
  product: string;
  at: string;
  pence: number;
}

/** Lines of the first customers; what was cancelled is given back of the last invoice of the same article that it fits into. */
function readLines(): { sales: Line[]; returns: Line[] } {
  const lines = readOnlineRetail().flatMap(({ customerNo, invoice: order, product, atMs, quantity, price }): Line[] => {
    const pence = Math.round(quantity * price * 100);
    return pence === 0 ? [] : [{ customerNo, order, product, at: new Date(atMs).toISOString(), pence }];
  });
  const numbers = [...new Set(lines.map(({ customerNo }) => customerNo))].sort(
    (a, b) => a - b,
  );
  const chosen = new Set(numbers.slice(0, people));
  const own = lines.filter(({ customerNo }) => chosen.has(customerNo));
  const sales = own.filter(({ order }) => !order.startsWith('C'));
  const left = new Map(sales.map((line) => [line, line.pence]));
  const byArticle = Map.groupBy(
    sales,
    ({ customerNo, product }) => `${customerNo} ${product}`,
  );
  const returns = own
    .filter(({ order }) => order.startsWith('C'))
    .flatMap((cancelled): Line[] => {
      const bought = (
        byArticle.get(`${cancelled.customerNo} ${cancelled.product}`) ?? []
      ).findLast(
        (line) => line.at <= cancelled.at && (left.get(line) ?? 0) >= -cancelled.pence,
      );
      if (!bought) return [];
      left.set(bought, (left.get(bought) ?? 0) + cancelled.pence);
      return [{ ...cancelled, order: bought.order, pence: -cancelled.pence }];
    });
  return { sales, returns };
}

interface Reckoned {
  points: number;
  growth: number;
  earned: number;
}

/** What everybody should have come to, by sums of whole pence alone. */
function reckonPlainly({
  sales,
  returns,
}: ReturnType<typeof readLines>): Map<number, Reckoned> {
  const total = (lines: readonly Line[]): number =>
    lines.reduce((sum, { pence }) => sum + pence, 0);
  const returned = Map.groupBy(returns, ({ order }) => order);
  const found = new Map<number, Reckoned>();
  for (const [order, lines] of Map.groupBy(sales, (line) => line.order)) {
    const [sold, back] = [total(lines), total(returned.get(order) ?? [])];
    const rate =
      lines.reduce((first, { at }) => (at < first ? at : first), lines[0].at) < changeAt
        ? 1
        : 2;
    const earned = Math.floor((sold * rate) / 100);
    const grown = Math.floor(sold / 1_000);
    const share = (amount: number): number =>
      back >= sold ? amount : Math.floor((amount * back) / sold);
    const own = found.get(lines[0].customerNo) ?? { points: 0, growth: 0, earned: 0 };
    own.points += earned - share(earned);
    own.growth += grown - share(grown);
    own.earned += earned;
    found.set(lines[0].customerNo, own);
  }
  return found;
}

describe.skipIf(!present)('a programme over a real year', () => {
  let shop: EarningShop;
  beforeAll(async () => {
    shop = await createEarningShop();
    const growth = { perMoney: { amount: 1, per: '10' } };
    await shop.publish({ growth }, '2010-12-01T00:00:00Z');
    await shop.publish({ growth, points: { rate: { amount: 2, per: '1' } } }, changeAt);
  });
  afterAll(() => shop?.close());

  it('comes to what plain sums say, for everybody, told at once and then told again', async () => {
    const read = readLines();
    const plain = reckonPlainly(read);
    await shop.join([...plain.keys()], '2010-12-01T00:00:00Z');
    const told = (line: Line, kind: 'sale' | 'refund'): Partial<TestLine> => {
      const { pence, ...rest } = line;
      return { ...rest, kind, amount: pence / 100, quantity: kind === 'sale' ? 1 : 0 };
    };
    const lines = [
      ...read.sales.map((line) => told(line, 'sale')),
      ...read.returns.map((line) => told(line, 'refund')),
    ];
    for (let from = 0; from < lines.length; from += 20_000)
      await shop.tell(lines.slice(from, from + 20_000));
    expect((await shop.round()).length).toBeGreaterThan(people * 0.9);
    const sums = async () => {
      const { rows } = await shop.platform.pg.query<Reckoned & { no: number }>(
        `select customer_no as no, sum(points)::bigint as points, sum(growth)::bigint as growth, sum(regular + bonus)::bigint as earned
          from order_earning group by 1`,
      );
      return new Map(rows.map(({ no, ...each }) => [no, each]));
    };
    const found = await sums();
    const wrong = [...plain].filter(
      ([no, each]) =>
        JSON.stringify({ points: 0, growth: 0, earned: 0, ...found.get(no) }) !==
        JSON.stringify(each),
    );
    expect(wrong).toEqual([]);
    // What is kept of orders is what stands in both ledgers, but for what returns came too late for.
    const { rows } = await shop.platform.pg.query(
      `with entries as (select customer_no, sum(amount) as points from points_entry group by 1), grown as (select customer_no, sum(amount) as growth from growth_entry group by 1)
        select k.customer_no from (select customer_no, sum(points + shortfall) as points, sum(growth) as growth from order_earning group by 1) k
        left join entries e using (customer_no) left join grown g using (customer_no)
        where k.points <> coalesce(e.points, 0) or k.growth <> coalesce(g.growth, 0)`,
    );
    expect(rows).toEqual([]);
    await shop.platform.pg.query('update fact_batch set applied_at = clock_timestamp()');
    expect(await shop.round()).toEqual([]);
    expect(await sums()).toEqual(found);
    expect(await proveLedger(shop.platform.pg)).toEqual({
      imbalances: [],
      wrongLots: [],
      overReversed: [],
    });
    expect(read.returns.length).toBeGreaterThan(300);
  });
});
