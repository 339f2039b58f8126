import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  askedFunnel,
  createFunnelShop,
  eventStep,
  hourMs,
  orderStep,
  shopFact,
  type ShopFact,
  zero,
} from '../../../../test/funnel-shop.ts';
import { plainRun } from '../../../../test/plain-funnel.ts';

const dear = { property: 'price', test: 'compare', compare: { is: 'at_least', value: 5 } };
const inShop = { field: 'channel', test: 'any_of', values: ["Joe's \\ shop"] };

/** Steps that may be asked for, and which facts they are. */
const choices: {
  step: object;
  is: (fact: ShopFact, first: ReadonlyMap<number, number>) => boolean;
}[] = [
  { step: eventStep('View'), is: ({ what }) => what === 'View' },
  { step: eventStep('View', dear), is: ({ what, price }) => what === 'View' && price >= 5 },
  { step: eventStep('Add'), is: ({ what }) => what === 'Add' },
  { step: orderStep(), is: ({ what }) => what === 'sale' },
  {
    step: orderStep('sale', inShop),
    is: ({ what, channel }) => what === 'sale' && channel === "Joe's \\ shop",
  },
  { step: orderStep('refund'), is: ({ what }) => what === 'refund' },
  {
    step: { ...orderStep(), which: 'first' },
    is: ({ what, at, no }, first) => what === 'sale' && first.get(no) === at,
  },
];

describe('a funnel, computed a second time', () => {
  let brand: Awaited<ReturnType<typeof createFunnelShop>>;
  beforeAll(async () => {
    brand = await createFunnelShop();
  });
  afterAll(() => brand.shop.close());

  it(
    'agree with a second computation in plain code, on random facts, merges and steps',
    { timeout: 170_000 },
    async () => {
      const anyFact = fc.record({
        no: fc.integer({ min: 1, max: 9 }),
        at: fc.integer({ min: -6, max: 96 }).map((hours) => zero + hours * hourMs),
        what: fc.constantFrom('View', 'View', 'Add', 'sale', 'refund'),
        price: fc.integer({ min: 3, max: 7 }),
        channel: fc.constantFrom("Joe's \\ shop", '官网', ''),
        order: fc.integer({ min: 1, max: 12 }).map((n) => `O${n}`),
      }) as fc.Arbitrary<ShopFact>;
      const anySteps = fc.array(fc.constantFrom(...choices), { minLength: 2, maxLength: 5 });
      const anyShape = fc.record({
        of: fc.constantFrom('whole', 'each'),
        hours: fc.integer({ min: 1, max: 60 }),
        order: fc.constantFrom('loose', 'strict'),
      });
      const split = fc.constantFrom('none', 'newness', 'gender', 'channel');
      await fc.assert(
        fc.asyncProperty(
          fc.array(anyFact, { maxLength: 60 }),
          anySteps,
          anyShape,
          split,
          fc.boolean(),
          async (facts, steps, { of, hours, order: strictness }, by, merged) => {
            const merges = new Map(
              merged
                ? [
                    [8, 2],
                    [9, 2],
                  ]
                : [],
            );
            await brand.replaceFacts(facts, merges);
            const reply = await brand.read(
              askedFunnel(
                steps.map(({ step }) => step),
                { window: { of, amount: hours, unit: 'hour' }, order: strictness, split: { by } },
              ),
            );
            const shape = {
              steps: steps.length,
              windowMs: hours * hourMs,
              windowOf: of as 'whole',
              order: strictness as 'loose',
              fromMs: zero,
              untilMs: zero + 72 * hourMs,
            };
            const runs = plainRuns(facts, merges, steps, shape);
            expect(reply.steps.map(({ reached }) => reached)).toEqual(
              steps.map((_, step) => runs.filter(({ times }) => times.length > step).length),
            );
            const gaps = (step: number) =>
              runs
                .filter(({ times }) => times.length > step)
                .map(({ times }) => times[step] - times[step - 1])
                .sort((a, b) => a - b);
            reply.steps.forEach(({ since }, step) => {
              const own = step === 0 ? [] : gaps(step);
              expect(since === null).toBe(own.length === 0);
              if (since && own.length % 2 === 1)
                expect(since.median).toBe(own[(own.length - 1) / 2]);
            });
            expect(reply.trend.map(({ entered, finished }) => [entered, finished])).toEqual(
              [0, 1, 2].map((day) => {
                const began = runs.filter(
                  ({ times }) => Math.floor((times[0] - zero) / (24 * hourMs)) === day,
                );
                return [
                  began.length,
                  began.filter(({ times }) => times.length === steps.length).length,
                ];
              }),
            );
            for (const { key, reached } of reply.groups) {
              if (by === 'gender')
                expect(reached[0]).toBe(
                  runs.filter(({ no }) => ['female', 'male', ''][(no - 1) % 3] === key).length,
                );
              if (by === 'newness')
                expect(reached[0]).toBe(
                  runs.filter(({ hadOrdered }) => hadOrdered === (key === 'returning')).length,
                );
            }
            if (by !== 'none')
              expect(reply.groups.reduce((sum, { reached }) => sum + reached[0], 0)).toBe(
                runs.length,
              );
          },
        ),
        { numRuns: 60 },
      );
    },
  );

  it(
    "agree with the engine's own windowFunnel where the two mean the same",
    { timeout: 120_000 },
    async () => {
      const anyView = fc.record({
        no: fc.integer({ min: 1, max: 5 }),
        hours: fc.uniqueArray(fc.integer({ min: 0, max: 70 }), { maxLength: 12 }),
        whats: fc.array(fc.constantFrom('View' as const, 'Add' as const, 'sale' as const), {
          minLength: 12,
          maxLength: 12,
        }),
      });
      await fc.assert(
        fc.asyncProperty(
          fc
            .array(anyView, { maxLength: 5 })
            .map((all) => [...new Map(all.map((one) => [one.no, one])).values()]),
          fc.integer({ min: 1, max: 40 }),
          async (people, hours) => {
            await brand.replaceFacts(
              people.flatMap(({ no, hours: at, whats }) =>
                at.map((hour, i) => shopFact(no, hour, whats[i])),
              ),
            );
            const { steps } = await brand.read(
              askedFunnel([eventStep('View'), eventStep('Add'), orderStep()], {
                window: { of: 'whole', amount: hours, unit: 'hour' },
              }),
            );
            const rows = (await brand.shop.platform.reader
              .rows(`select level, count() as people from (
        select customer_no, windowFunnel(${hours * 3_600})(toDateTime(occurred_at), what = 'View', what = 'Add', what = 'sale') as level
        from (select customer_no, occurred_at, toString(name) as what from event union all select customer_no, occurred_at, toString(kind) from order_line) group by customer_no) where level > 0 group by level`)) as {
              level: number;
              people: string;
            }[];
            const stopped = new Map(
              rows.map(({ level, people: count }) => [Number(level), Number(count)]),
            );
            expect(steps.map(({ stopped: count }) => count)).toEqual(
              [1, 2, 3].map((level) => stopped.get(level) ?? 0),
            );
          },
        ),
        { numRuns: 20 },
      );
    },
  );
});

/** How far everybody gets, out of facts of which lines of one order are one. */
function plainRuns(
  facts: readonly ShopFact[],
  merges: ReadonlyMap<number, number>,
  steps: typeof choices,
  shape: Parameters<typeof plainRun>[1],
) {
  const own = facts.map((one) => ({ ...one, no: merges.get(one.no) ?? one.no }));
  const first = new Map<number, number>();
  for (const { no, at, what } of own)
    if (what === 'sale' && at < (first.get(no) ?? Infinity)) first.set(no, at);
  return [...Map.groupBy(own, ({ no }) => no)].flatMap(([no, all]) => {
    const marked = all
      .toSorted((a, b) => a.at - b.at)
      .filter(({ at }) => at >= zero)
      .map((one) => ({
        ...one,
        steps: steps.flatMap(({ is }, step) => (is(one, first) ? [step] : [])),
      }));
    const placed = new Map<string, { at: number; steps: number[] }>();
    const kept: { at: number; steps: number[] }[] = [];
    for (const one of marked.filter((each) => each.steps.length > 0)) {
      const known = one.what === 'sale' ? placed.get(one.order) : undefined;
      if (known) known.steps.push(...one.steps);
      else {
        const fact = { at: one.at, steps: [...one.steps] };
        kept.push(fact);
        if (one.what === 'sale') placed.set(one.order, fact);
      }
    }
    const times = plainRun(kept, shape);
    return times.length === 0
      ? []
      : [{ no, times, hadOrdered: (first.get(no) ?? Infinity) < times[0] }];
  });
}
