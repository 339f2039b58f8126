import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../kernel/seeded-random.ts';
import { checkSettings } from './check.ts';
import { byAffinity, byMostBought, chooseSettings, foretold, type HeldOutOrders, sharesOf } from './hold-out.ts';

const path = join(
  import.meta.dirname,
  '..',
  '..',
  '..',
  '..',
  '..',
  '..',
  'shared',
  'data',
  'online_retail',
  'online_retail.csv.gz',
);
const present = existsSync(path);
if (!present) console.warn(`SKIPPED: preferences are not tried on Online Retail, for there is no ${path}`);
const goOn = async (): Promise<void> => {};

interface Order {
  daysAgo: number;
  values: number[];
}

/** Everybody's orders from the last one on, of which the first of the list is hidden. */
function heldOut(values: number, people: readonly (readonly Order[])[]): HeldOutOrders {
  const rows = people.map(([, ...before]) =>
    before.flatMap(({ daysAgo, values: own }) => own.map((code) => ({ code, daysAgo }))),
  );
  const starts = Uint32Array.from(
    [0, ...rows.map(({ length }) => length)].map((_, i, all) => all.slice(0, i + 1).reduce((sum, one) => sum + one, 0)),
  );
  const flat = rows.flat();
  return {
    values,
    starts,
    codes: Uint16Array.from(flat, ({ code }) => code),
    days: Float32Array.from(flat, ({ daysAgo }) => daysAgo),
    lines: new Float32Array(flat.length).fill(1),
    hidden: people.map(([last]) => last.values),
  };
}

/** Places as sorting finds them. */
function plainly(
  orders: HeldOutOrders,
  scoreOf: (person: number, value: number) => number,
): { hit1: number; hit3: number; mrr: number } {
  const shares = sharesOf(orders, [...orders.hidden.keys()]);
  const places = orders.hidden.map((values, person) => {
    const sorted = Array.from({ length: orders.values }, (_, value) => value).sort(
      (a, b) => scoreOf(person, b) - scoreOf(person, a) || shares[b] - shares[a] || a - b,
    );
    return Math.min(...values.map((value) => sorted.indexOf(value) + 1));
  });
  const mean = (of: (place: number) => number): number =>
    places.reduce((sum, place) => sum + of(place), 0) / places.length;
  return {
    hit1: mean((place) => (place === 1 ? 1 : 0)),
    hit3: mean((place) => (place <= 3 ? 1 : 0)),
    mrr: mean((place) => 1 / place),
  };
}

describe('foretelling a hidden order', () => {
  it('is measured as sorting all values would measure it', () => {
    const order = fc.record({
      daysAgo: fc.integer({ min: 0, max: 400 }),
      values: fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { minLength: 1 }),
    });
    fc.assert(
      fc.property(
        fc.array(fc.array(order, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 }),
        fc.constantFrom(30, null),
        fc.constantFrom(0.5, 10),
        (people, halfLifeDays, priorLines) => {
          const orders = heldOut(6, people);
          const all = [...orders.hidden.keys()];
          const shares = sharesOf(orders, all);
          const bought = (person: number, value: number, weight: (daysAgo: number) => number): number =>
            people[person]
              .slice(1)
              .reduce((sum, { daysAgo, values }) => sum + (values.includes(value) ? weight(daysAgo) : 0), 0);
          const weight = (daysAgo: number): number => (halfLifeDays === null ? 1 : 0.5 ** (daysAgo / halfLifeDays));
          const found = foretold(orders, shares, all, byAffinity(orders, shares, { halfLifeDays, priorLines }));
          const expected = plainly(
            orders,
            (person, value) => bought(person, value, weight) + priorLines * shares[value],
          );
          for (const key of ['hit1', 'hit3', 'mrr'] as const) expect(found[key]).toBeCloseTo(expected[key], 10);
          const simple = plainly(orders, (person, value) => bought(person, value, () => 1));
          for (const key of ['hit1', 'hit3', 'mrr'] as const)
            expect(foretold(orders, shares, all, byMostBought(orders))[key]).toBeCloseTo(simple[key], 10);
        },
      ),
    );
  });

  it('forgets where tastes change, and does not where they stay', async () => {
    const random = seededRandom(9);
    const made = (changes: boolean) =>
      heldOut(
        8,
        Array.from({ length: 3_000 }, () => {
          const [now, then] = [Math.floor(random() * 8), Math.floor(random() * 8)];
          return [0, 20, 40, 200, 220, 240, 260, 280].map((daysAgo) => ({
            daysAgo,
            values: [random() < 0.6 ? (changes && daysAgo > 100 ? then : now) : Math.floor(random() * 8)],
          }));
        }),
      );
    for (const changes of [true, false]) {
      const orders = made(changes);
      const all = [...orders.hidden.keys()];
      const { halfLifeDays } = await chooseSettings(orders, sharesOf(orders, all), all, goOn);
      if (changes) expect(halfLifeDays).toBeLessThanOrEqual(120);
      else expect(halfLifeDays === null || halfLifeDays >= 120).toBe(true);
      const quality = (await checkSettings(new Map([['category', orders]]), goOn)).quality[0];
      if (changes) expect(quality.model.mrr - quality.baseline.mrr).toBeGreaterThan(0.05);
      else expect(quality.model.mrr - quality.baseline.mrr).toBeGreaterThan(-0.01);
    }
  });

  it('is not tried with too few people or a single value', async () => {
    const few = heldOut(
      3,
      Array.from({ length: 99 }, () => [
        { daysAgo: 0, values: [1] },
        { daysAgo: 1, values: [1] },
      ]),
    );
    const one = heldOut(
      1,
      Array.from({ length: 200 }, () => [
        { daysAgo: 0, values: [0] },
        { daysAgo: 1, values: [0] },
      ]),
    );
    expect(
      await checkSettings(
        new Map([
          ['brand', few],
          ['category', one],
        ]),
        goOn,
      ),
    ).toEqual({ settings: {}, quality: [] });
  });

  it.skipIf(!present)(
    'on Online Retail is better than what somebody bought most, for products, hours and weekdays',
    async () => {
      const lines = gunzipSync(readFileSync(path))
        .toString('utf8')
        .trim()
        .split('\n')
        .slice(1)
        .flatMap((text) => {
          const [order, product, , , at, , customer] = [...text.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|\r?$)/g)].map(
            (match) => match[1],
          );
          return customer && !order.startsWith('C')
            ? [{ order, product, customer, atMs: Date.parse(`${at.replace(' ', 'T')}Z`) }]
            : [];
        });
      const commonest = [...Map.groupBy(lines, ({ product }) => product)]
        .toSorted((a, b) => b[1].length - a[1].length)
        .slice(0, 500)
        .map(([product]) => product);
      const codes = new Map(commonest.map((product, i) => [product, i]));
      const kinds: [
        dimension: 'category' | 'hour' | 'weekday',
        values: number,
        of: (line: (typeof lines)[number]) => number | undefined,
      ][] = [
        ['category', codes.size, ({ product }) => codes.get(product)],
        ['hour', 24, ({ atMs }) => new Date(atMs).getUTCHours()],
        ['weekday', 7, ({ atMs }) => new Date(atMs).getUTCDay()],
      ];
      const held = new Map(
        kinds.map(([dimension, values, of]) => [
          dimension,
          heldOut(
            values,
            [...Map.groupBy(lines, ({ customer }) => customer).values()].flatMap((own) => {
              const orders = [...Map.groupBy(own, ({ order }) => order).values()]
                .toSorted((a, b) => b[0].atMs - a[0].atMs)
                .map((one) => ({
                  daysAgo: (own.reduce((most, { atMs }) => Math.max(most, atMs), 0) - one[0].atMs) / 86_400_000,
                  values: [...new Set(one.map(of))].filter((code) => code !== undefined),
                }));
              return orders.length > 1 &&
                orders[0].values.length > 0 &&
                orders.slice(1).some(({ values: each }) => each.length > 0)
                ? [orders]
                : [];
            }),
          ),
        ]),
      );
      const { quality } = await checkSettings(held, goOn);
      expect(quality.map(({ dimension }) => dimension)).toEqual(['category', 'hour', 'weekday']);
      for (const { dimension, people, model, baseline } of quality) {
        expect(people, dimension).toBeGreaterThan(1_200);
        expect(model.mrr, dimension).toBeGreaterThan(baseline.mrr);
        expect(model.hit1, dimension).toBeGreaterThan(baseline.hit1);
      }
    },
    60_000,
  );
});
