import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleProgramme } from '../../../../../test/sample-programme.ts';
import type { Version } from '../../programme/programme.ts';
import { noPayment } from '../rules/order.ts';
import { entriesTo, isSame } from './entries.ts';
import { type FoundOrder, type KeptOrder, soldOf } from './kept-order.ts';
import { debtLimitOf, EarnedSoFar, type EarningPerson, tierAt } from './person.ts';
import { type Terms, versionFor } from './terms.ts';
import { nothingOf, wantedOf } from './wanted.ts';

const timeZone = 'Asia/Shanghai';
const at = (text: string): number => Date.parse(`${text}T04:00:00Z`);
const version = (
  versionNo: number,
  startsAt: string,
  changes: Parameters<typeof sampleProgramme>[0] = {},
): Version => ({
  versionNo,
  startsAt: Date.parse(`${startsAt}T00:00:00+08:00`),
  definition: sampleProgramme(changes),
});
const terms = (versions: Version[], pauses: Terms['pauses'] = []): Terms => ({
  versions,
  pauses,
  timeZone,
});
const since = (day: string, leftAt: number | null = null) => [
  { joinedAt: at(day), leftAt },
];

describe('the version an order earns by', () => {
  const two = terms([version(1, '2026-01-01'), version(2, '2026-04-01')]);

  it('is the one in force when it was placed, to the brand’s midnight', () => {
    const of = (moment: string) =>
      versionFor(Date.parse(moment), since('2026-01-02'), two)?.versionNo;
    expect(of('2026-03-31T23:59:59.999+08:00')).toBe(1);
    expect(of('2026-04-01T00:00:00+08:00')).toBe(2);
  });

  it('is the first one for what was before it, where history counts by the rules', () => {
    expect(versionFor(at('2025-06-01'), since('2026-01-02'), two)?.versionNo).toBe(1);
    const opening = terms([version(1, '2026-01-01', { settlement: 'opening_balances' })]);
    expect(versionFor(at('2025-06-01'), since('2026-01-02'), opening)).toBeNull();
    expect(versionFor(at('2026-06-01'), since('2026-01-02'), opening)?.versionNo).toBe(1);
  });

  it('is none where there is no programme, nobody is a member, or the programme stands still', () => {
    expect(versionFor(at('2026-06-01'), since('2026-01-02'), terms([]))).toBeNull();
    expect(versionFor(at('2026-06-01'), [], two)).toBeNull();
    const paused = {
      ...two,
      pauses: [
        { from: at('2026-05-01'), until: at('2026-05-03') },
        { from: at('2026-06-01'), until: null },
      ],
    };
    const earns = [
      '2026-04-30',
      '2026-05-01',
      '2026-05-02',
      '2026-05-03',
      '2026-06-01',
      '2026-07-01',
    ];
    expect(
      earns.map((day) => versionFor(at(day), since('2026-01-02'), paused) !== null),
    ).toEqual([true, false, false, true, false, false]);
  });

  it('is none after somebody left, and one again when they came back', () => {
    const memberships = [
      ...since('2026-01-02', at('2026-02-01')),
      ...since('2026-05-01'),
    ];
    const after = terms([
      version(1, '2026-01-01', { joining: { counts: 'after_joining' } }),
    ]);
    expect(
      ['2026-01-15', '2026-02-01', '2026-03-01', '2026-05-02'].map(
        (day) => versionFor(at(day), memberships, after) !== null,
      ),
    ).toEqual([true, false, false, true]);
  });

  it.each([
    ['everything', [true, true, true, true]],
    ['with_joining_order', [false, true, true, true]],
    ['after_joining', [false, false, false, true]],
  ] as const)('counts %s of what was bought before joining', (counts, expected) => {
    const only = terms([version(1, '2026-01-01', { joining: { counts } })]);
    const moments = [
      '2026-02-28T15:59:59Z',
      '2026-02-28T16:00:00Z',
      '2026-03-01T04:00:00Z',
      '2026-03-01T04:00:01Z',
    ];
    expect(
      moments.map(
        (moment) => versionFor(Date.parse(moment), since('2026-03-01'), only) !== null,
      ),
    ).toEqual(expected);
  });
});

describe('a person', () => {
  const definition = sampleProgramme();
  const person = (more: Partial<EarningPerson>): EarningPerson => ({
    numbers: [1, 2],
    memberships: [],
    tiers: [],
    birthDate: null,
    changes: [],
    ...more,
  });

  it('had the highest tier of their numbers at a moment, the first where nothing is written', () => {
    const changes = [
      { customerNo: 1, at: at('2026-01-01'), to: 'silver' },
      { customerNo: 2, at: at('2026-02-01'), to: 'gold' },
      { customerNo: 1, at: at('2026-03-01'), to: 'black' },
      { customerNo: 1, at: at('2026-04-01'), to: 'silver' },
    ];
    const days = ['2025-01-01', '2026-01-01', '2026-02-01', '2026-03-15', '2026-04-01'];
    expect(days.map((day) => tierAt(person({ changes }), at(day), definition))).toEqual([
      'silver',
      'silver',
      'gold',
      'black',
      'gold',
    ]);
  });

  it('may owe what the highest of their tiers allows, and nothing without one', () => {
    const tiers = definition.tiers.map((tier, i) => ({ ...tier, debtLimit: 50 * i }));
    const of = (...held: string[]) =>
      debtLimitOf(person({ tiers: held }), {
        versionNo: 1,
        startsAt: 0,
        definition: { ...definition, tiers },
      });
    expect([of(), of('silver'), of('silver', 'gold'), of('black')]).toEqual([
      0, 0, 50, 100,
    ]);
  });

  it('earned so much by day and month of the brand, without the order that is looked at', () => {
    const soFar = new EarnedSoFar(timeZone);
    const order = (moment: string, regular: number, bonus = 0) => ({
      placedAt: Date.parse(moment),
      regular,
      bonus,
    });
    soFar.add(1, order('2026-03-31T15:59:59Z', 10));
    soFar.add(1, order('2026-03-31T16:00:00Z', 5, 2));
    soFar.add(2, order('2026-03-31T15:59:59Z', 100));
    expect(soFar.before(1, order('2026-03-31T04:00:00Z', 0), undefined)).toEqual({
      day: 10,
      month: 10,
    });
    expect(soFar.before(1, order('2026-04-20T04:00:00Z', 0), undefined)).toEqual({
      day: 0,
      month: 7,
    });
    expect(
      soFar.before(1, order('2026-04-01T04:00:00Z', 0), { regular: 5, bonus: 2 }),
    ).toEqual({ day: 0, month: 0 });
  });
});

const order = (
  amounts: number[],
  returned: number[] = [],
  more: Partial<FoundOrder> = {},
): FoundOrder => ({
  orderKey: '7',
  customerNo: 1,
  paidAt: null,
  orderId: 'O-7',
  channel: 'app',
  placedAt: at('2026-03-01'),
  payment: noPayment,
  lines: amounts.map((amount, i) => ({
    productId: `p${i}`,
    category: '',
    amount: BigInt(amount) * 10_000n,
  })),
  refunds: returned.map((amount, i) => ({
    productId: '',
    amount: BigInt(amount) * 10_000n,
    at: at('2026-03-02') + i,
  })),
  ...more,
});

describe('what was sold', () => {
  it('is known again by its lines in any order and its payment, and by nothing that came back', () => {
    const sold = soldOf(order([1, 2]));
    expect(soldOf({ ...order([1, 2]), lines: order([1, 2]).lines.toReversed() })).toBe(
      sold,
    );
    expect(soldOf(order([1, 2], [1]))).toBe(sold);
    expect(soldOf(order([1, 3]))).not.toBe(sold);
    expect(
      soldOf(order([1, 2], [], { payment: { ...noPayment, pointsPaid: 1n } })),
    ).not.toBe(sold);
  });
});

describe('the entries of an order', () => {
  const rules = {
    points: { pendingDays: 0, expiry: { kind: 'never' }, takeBack: 'debt' },
    debtLimit: 100,
    timeZone,
    now: 0,
  } as const;
  const first = version(1, '2026-01-01', {
    points: { thresholds: [{ from: '50', points: 20 }] },
    growth: { perOrder: 3 },
  });
  const circumstances = {
    extras: () => [],
    buyer: () => ({ tier: null, birthDate: null }),
    before: () => ({ day: 0, month: 0 }),
    timeZone,
  };
  const wanted = (found: FoundOrder, kept?: KeptOrder) =>
    found.lines.length === 0 && kept
      ? nothingOf(kept)
      : wantedOf(found, kept, first, circumstances);

  it('take it from anywhere to what it should have, and then there are none: 1,000 histories', () => {
    const telling = fc.record({
      lines: fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 4 }),
      returned: fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 3 }),
      missed: fc.integer({ min: 0, max: 5 }),
    });
    const property = fc.property(
      fc.array(telling, { minLength: 1, maxLength: 6 }),
      (tellings) => {
        let kept: KeptOrder | undefined;
        let [points, growth] = [0, 0];
        const keys = new Set<string>();
        for (const { lines, returned, missed } of tellings) {
          const want = wanted(order(lines, returned), kept);
          const entries = entriesTo(kept, want, rules);
          if (isSame(kept, want))
            expect([entries.commands, entries.growth]).toEqual([[], []]);
          else {
            const shortfalls = entries.commands.map((command) =>
              command.kind === 'take_back' ? Math.min(missed, command.amount) : 0,
            );
            for (const [i, { kind, amount }] of entries.commands.entries())
              points += kind === 'earn' ? amount : shortfalls[i] - amount;
            for (const { amount } of entries.growth) growth += amount;
            for (const { key } of [...entries.commands, ...entries.growth]) {
              expect(keys.has(key)).toBe(false);
              keys.add(key);
            }
            kept = entries.kept(shortfalls);
          }
          // What was not got stays in the account; all the rest is as it should be.
          expect(points).toBe(want.order.points + (kept?.shortfall ?? 0));
          expect(growth).toBe(want.order.growth);
          const left = (kept?.earnings ?? []).map(([, each]) => each);
          expect(Math.min(0, ...left)).toBe(0);
          expect(left.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(
            want.order.points,
          );
        }
      },
    );
    fc.assert(property, { numRuns: 1_000 });
  });

  it('say what was earned, and lost at once where it came with its return', () => {
    const { commands, growth } = entriesTo(
      undefined,
      wanted(order([60, 20], [40])),
      rules,
    );
    expect(commands.map(({ kind, amount, key }) => [kind, amount, key])).toEqual([
      ['earn', 100, 'order 7 1'],
      ['take_back', 60, 'order 7 2'],
    ]);
    expect(
      growth.map(({ amount, kind, occurredAt }) => [amount, kind, occurredAt]),
    ).toEqual([
      [83, 'order', at('2026-03-01')],
      [-40, 'refund', at('2026-03-01')],
    ]);
  });

  it('keep the multipliers that applied, whoever the buyer is later', () => {
    const multipliers = [
      {
        key: 'gold',
        names: { en: 'gold' },
        when: { kind: 'tier' as const, tiers: ['gold'] },
        factor: '3',
      },
    ];
    const doubled = version(1, '2026-01-01', { points: { multipliers } });
    const asGold = wantedOf(order([10]), undefined, doubled, {
      ...circumstances,
      buyer: () => ({ tier: 'gold', birthDate: null }),
    });
    expect(asGold.order).toMatchObject({ points: 30, applied: ['gold'] });
    const kept = entriesTo(undefined, asGold, rules).kept([]);
    expect(wantedOf(order([10, 5], [5]), kept, doubled, circumstances).order.points).toBe(
      30,
    );
  });

  it('keep what a cap left, whatever other orders earned since', () => {
    const capped = version(1, '2026-01-01', {
      points: { caps: { perOrder: null, perDay: 50, perMonth: null } },
    });
    const before = (day: number) => ({
      ...circumstances,
      before: () => ({ day, month: day }),
    });
    const kept = entriesTo(
      undefined,
      wantedOf(order([40]), undefined, capped, before(20)),
      rules,
    ).kept([]);
    expect(kept.points).toBe(30);
    expect(wantedOf(order([40], [20]), kept, capped, before(50)).order.points).toBe(15);
  });

  it('keep what activities made of it, although they are over', () => {
    const extra = {
      key: 'activity_7',
      names: { en: 'Double day' },
      when: { kind: 'product' as const, products: ['p0'] },
      factor: '2',
    };
    const fresh = wantedOf(order([10, 10]), undefined, first, {
      ...circumstances,
      extras: () => [extra],
    });
    expect(fresh.order).toMatchObject({ points: 30, extras: [extra], applied: [] });
    expect(fresh.earned).toMatchObject({
      activities: [{ key: 'activity_7' }],
      factors: [{ keys: ['activity_7'], of: '10', factor: '2' }],
    });
    const kept = entriesTo(undefined, fresh, rules).kept([]);
    const returned = wantedOf(
      { ...order([10, 10]), refunds: [{ productId: 'p0', amount: 100_000n, at: 0 }] },
      kept,
      first,
      circumstances,
    );
    expect(returned.order.points).toBe(10);
  });
});
