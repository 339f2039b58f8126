import fc from 'fast-check';
import type { ProgrammeDefinition } from '../../src/domains/membership/contract/programme.ts';
import { sampleProgramme } from '../sample-programme.ts';

const of = fc.constantFrom;

/** What somebody does, or what befalls them, on a day. `who` is one of their two numbers, `pick` one of the things they did before. */
export type Act =
  | { do: 'nothing' | 'merge' | 'part' }
  | { do: 'order'; who: number; amount: number; category: string }
  | { do: 'return'; pick: number; percent: number }
  | { do: 'gift'; who: number; amount: number; waits: number; lasts: number }
  | { do: 'spend'; who: number; amount: number }
  | { do: 'hold'; who: number; amount: number; lasts: number }
  | { do: 'commit'; who: number; pick: number; amount: number | undefined }
  | { do: 'release'; who: number; pick: number }
  | { do: 'give_back'; who: number; pick: number; amount: number }
  | { do: 'again'; pick: number; isOther: boolean }
  | { do: 'grant'; who: number; tier: string; lasts: number | null };

const who = fc.nat(1);
const pick = fc.nat(1_000);
const amount = fc.integer({ min: 1, max: 90 });
/** Half days. */
const lasts = fc.integer({ min: 1, max: 120 });

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: of('nothing') }) },
  { weight: 6, arbitrary: fc.record({ do: of('order'), who, amount: fc.integer({ min: 10, max: 400 }), category: of('tea', 'cup') }) },
  { weight: 3, arbitrary: fc.record({ do: of('return'), pick, percent: of(10, 33, 50, 100) }) },
  { weight: 1, arbitrary: fc.record({ do: of('gift'), who, amount, waits: of(0, 0, 7), lasts }) },
  { weight: 3, arbitrary: fc.record({ do: of('spend'), who, amount }) },
  { weight: 2, arbitrary: fc.record({ do: of('hold'), who, amount, lasts }) },
  { weight: 2, arbitrary: fc.record({ do: of('commit'), who, pick, amount: fc.option(amount, { nil: undefined }) }) },
  { weight: 1, arbitrary: fc.record({ do: of('release'), who, pick }) },
  { weight: 2, arbitrary: fc.record({ do: of('give_back'), who, pick, amount }) },
  { weight: 2, arbitrary: fc.record({ do: of('again'), pick, isOther: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: of('grant'), who, tier: of('gold', 'black'), lasts: fc.option(lasts) }) },
  { weight: 1, arbitrary: fc.record({ do: of('merge') }) },
  { weight: 1, arbitrary: fc.record({ do: of('part') }) },
);

const expiry = fc.oneof(
  fc.record({ kind: of('never') }),
  fc.record({ kind: of('duration'), months: of(1, 2), roundTo: of('day', 'month') }),
  fc.record({ kind: of('end_of_period'), period: of('month'), periods: of(0, 1) }),
);
/**
 * In a rolling window it matters when somebody rose where that is held for a while, or where what lifted them may be returned: of people who
 * become one that is known by days only, so where tiers of theirs are followed it does not matter.
 */
const rules = (isRolling: boolean): fc.Arbitrary<ProgrammeDefinition> => fc.record({
  clock: fc.record({ kind: isRolling ? of('rolling') : of('tier_start', 'join_anniversary', 'calendar', 'rolling'), months: of(1, 2, 3), startMonth: fc.integer({ min: 1, max: 12 }) }),
  tierRules: fc.record({ graceDays: of(0, 5, 20), minimumDays: isRolling ? of(0) : of(0, 15), drop: of('one_level', 'recompute', 'none'), refunds: isRolling ? of('at_review', 'never') : of('at_once', 'at_review', 'never') }),
  entries: of([150, 500], [200, 900], [400, 600]),
  keep: of(0.3, 0.7, 1),
  growth: fc.record({ perMoney: fc.record({ amount: of(1, 2), per: of('1', '3') }), perOrder: of(0, 7) }),
  points: fc.record({
    rate: fc.record({ amount: of(1, 3), per: of('5', '10', '11') }), rounding: of('down', 'half_up', 'up'), combine: of('product', 'highest'),
    pendingDays: of(0, 2, 7), takeBack: of('only_pending', 'within_balance', 'debt', 'debt'), expiry,
    thresholds: of(0, 20).map((points) => (points === 0 ? [] : [{ from: '200', points }])),
  }),
  debtLimit: of(0, 30, 500),
}).map(({ clock, tierRules, entries, keep, growth, points, debtLimit }) => {
  const plain = sampleProgramme();
  return sampleProgramme({
    tiers: plain.tiers.map((tier, i) => ({ ...tier, debtLimit, entry: [0, ...entries][i], keep: i === 0 ? null : Math.round(entries[i - 1] * keep) })),
    tierRules: { ...tierRules, clock }, growth,
    points: {
      ...points,
      multipliers: [
        { key: 'tea', names: { en: 'tea' }, when: { kind: 'category', categories: ['tea'] }, factor: '1.5' },
        { key: 'high', names: { en: 'high' }, when: { kind: 'tier', tiers: ['gold', 'black'] }, factor: '1.2' },
      ],
    },
  });
});

/** A brand's programme in two versions with a pause, and people who live under it. Days are counted from when they joined. */
export interface RandomClub {
  isRolling: boolean;
  first: ProgrammeDefinition;
  second: ProgrammeDefinition;
  secondFrom: number;
  pause: { from: number; days: number };
  /** What each does, one act a step. */
  people: Act[][];
  /** On which steps days are closed. */
  closes: boolean[];
}

export const stepsOfLife = 24;

export const randomClub = (people: number): fc.Arbitrary<RandomClub> => fc.boolean().chain((isRolling) => fc.record({
  isRolling: fc.constant(isRolling),
  first: rules(isRolling),
  second: rules(isRolling),
  secondFrom: fc.integer({ min: 15, max: 70 }),
  pause: fc.record({ from: fc.integer({ min: 10, max: 60 }), days: fc.integer({ min: 1, max: 15 }) }),
  people: fc.array(fc.array(act, { minLength: stepsOfLife, maxLength: stepsOfLife }), { minLength: people, maxLength: people }),
  closes: fc.array(fc.nat(4).map((n) => n === 0), { minLength: stepsOfLife, maxLength: stepsOfLife }),
}));
