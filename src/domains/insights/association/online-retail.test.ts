import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestImports, type TestImports } from '../../../../test/imports-server.ts';
import { associationParams, type AssociationResult, type AssociationRule } from '../contract.ts';
import { rulesOfRun } from './kept/rules-of-run.ts';
import { associationModel } from './model/association-model.ts';

const path = join(import.meta.dirname, '../../../../../shared/data/online_retail/online_retail.csv.gz');
if (!existsSync(path)) process.stderr.write(`Not tested, for lack of the file: ${path}\n`);

const windowDays = 30;

/** An order as a second look at the table sees it. */
interface Seen {
  no: number;
  at: number;
  items: Set<string>;
}

describe.skipIf(!existsSync(path))('association of Online Retail', () => {
  let test: TestImports;
  let result: AssociationResult;
  let orders: Seen[];
  let baskets: AssociationRule[];
  let sequences: AssociationRule[];
  beforeAll(async () => {
    test = await createTestImports();
    await test.bringIn('online_retail.csv.gz', readFileSync(path));
    const { platform } = test;
    const model = associationModel(platform, { namesOf: async () => new Map() } as never);
    result = (await model.run({
      modelId: 1,
      params: associationParams.parse({ windowDays }),
      asOf: new Date('2026-11-26'),
      tell: async () => undefined,
      signal: new AbortController().signal,
    })) as AssociationResult;
    const rulesWith = async (basis: string) => {
      const asked = { modelId: 1, level: 'product', basis, sure: false, limit: 20_000, offset: 0 };
      return (await rulesOfRun(platform.reader, asked)).rows;
    };
    [baskets, sequences] = [await rulesWith('basket'), await rulesWith('sequence')];
    const rows = (await platform.reader.rows(
      `select customer_no as no, toUnixTimestamp(min(occurred_at)) as at, groupUniqArray(product_id) as items from order_line
       where kind = 'sale' and product_id != '' and occurred_at >= {from:DateTime64(3, 'UTC')} and occurred_at < {until:DateTime64(3, 'UTC')}
       group by customer_no, order_key order by no, at`,
      { from: result.from.replace('Z', ''), until: result.until.replace('Z', '') },
    )) as { no: number; at: number; items: string[] }[];
    orders = rows.map(({ no, at, items }) => ({ no, at: Number(at), items: new Set(items) }));
  }, 170_000);
  afterAll(() => test.close());

  it('finds rules of both kinds, and bundles, in all of its orders', () => {
    expect(result.product.orders).toBe(orders.length);
    expect(result.product.ordersOfNobody).toBe(orders.filter(({ no }) => no === 0).length);
    expect(result.product.people).toBe(new Set(orders.map(({ no }) => no).filter((no) => no > 0)).size);
    expect(baskets.length).toBeGreaterThan(100);
    expect(sequences.length).toBeGreaterThan(100);
    expect(result.product.bundles).toBeGreaterThan(100);
  });

  it('has rules of baskets with the figures of a second computation', () => {
    // Which orders hold an item, by item: what is counted here shares nothing with the miner.
    const holding = new Map<string, Set<number>>();
    orders.forEach(({ items }, n) => {
      for (const item of items) holding.set(item, (holding.get(item) ?? new Set()).add(n));
    });
    const having = (items: string[]): number =>
      items
        .map((item) => holding.get(item) ?? new Set<number>())
        .reduce((all, some) => all.intersection(some)).size;
    for (const rule of baskets) {
      const first = rule.antecedent.map(({ id }) => id);
      const both = having([...first, rule.consequent.id]);
      expect(rule).toMatchObject({
        base: orders.length,
        withBoth: both,
        withAntecedent: having(first),
        withConsequent: having([rule.consequent.id]),
      });
      expect(rule.confidence).toBeCloseTo(both / having(first), 10);
      expect(rule.support).toBeCloseTo(both / orders.length, 10);
    }
  });

  it('has rules of sequences with the figures of a second computation', () => {
    const last = new Date(result.until).getTime() / 1_000 - windowDays * 86_400;
    const people = Map.groupBy(orders.filter(({ no }) => no > 0), ({ no }) => no);
    const occasions = [...people.values()].flatMap((own) =>
      own
        .filter(({ at }) => at <= last)
        .map((order) => {
          const next = own.filter(({ at }) => at > order.at && at <= order.at + windowDays * 86_400);
          return { items: order.items, next: new Set(next.flatMap(({ items }) => [...items])) };
        }),
    );
    expect(result.product.occasions).toBe(occasions.length);
    const step = Math.ceil(sequences.length / 60);
    for (const rule of sequences.filter((_, n) => n % step === 0)) {
      const [{ id: first }, { id: second }] = [rule.antecedent[0], rule.consequent];
      const withFirst = occasions.filter(({ items }) => items.has(first));
      expect(rule).toMatchObject({
        base: occasions.length,
        withAntecedent: withFirst.length,
        withConsequent: occasions.filter(({ next }) => next.has(second)).length,
        withBoth: withFirst.filter(({ next }) => next.has(second)).length,
      });
    }
  });

  it('recommends better than what sells, and than what each bought most before', () => {
    const { people, hitRate, popular, ownMost } = result.product.holdOut;
    expect(people).toBeGreaterThan(2_000);
    expect(hitRate).toBeGreaterThan(popular);
    expect(hitRate).toBeGreaterThan(ownMost);
  });
});
