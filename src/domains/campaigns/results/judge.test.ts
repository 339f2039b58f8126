import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../kernel/seeded-random.ts';
import { type JudgedArm, judge, type Judging } from './judge.ts';
import type { Outcomes } from './outcomes/outcomes.ts';
import { addSums, noSums, type Sums } from './statistics/sample.ts';

interface Person {
  spent: number;
  before: number;
}

function outcomesOf(people: readonly Person[]): Outcomes {
  const of = (
    y: (person: Person) => number,
    x: (person: Person) => number,
  ): Sums =>
    people.reduce(
      (sums, person) =>
        addSums(sums, {
          n: 1,
          y: y(person),
          yy: y(person) ** 2,
          x: x(person),
          xx: x(person) ** 2,
          xy: x(person) * y(person),
        }),
      noSums,
    );
  const buys = ({ spent }: Person): number => (spent > 0 ? 1 : 0);
  const bought = ({ before }: Person): number => (before > 0 ? 1 : 0);
  return {
    people: people.length,
    buyers: people.filter(buys).length,
    orders: people.filter(buys).length,
    revenue: BigInt(
      people.reduce((sum, { spent }) => sum + Math.round(spent * 10_000), 0),
    ),
    sums: {
      buyers: of(buys, bought),
      orders: of(buys, bought),
      revenue: of(
        ({ spent }) => spent,
        ({ before }) => before,
      ),
    },
  };
}

/** People of whom some buy, each as large as before: `more` is what being reached adds. */
function crowd(
  seed: number,
  size: number,
  more: (at: number) => number,
): Person[] {
  const random = seededRandom(seed);
  return Array.from({ length: size }, (_, at) => {
    const before = random() < 0.5 ? Math.round(random() * 200) : 0;
    return {
      before,
      spent: Math.max(
        0,
        before * 0.8 + Math.round(random() * 40) - 20 + more(at),
      ),
    };
  });
}

const arm = (
  key: string,
  share: number,
  parts: readonly Person[][],
): JudgedArm => ({
  key,
  name: '',
  isControl: key === 'control',
  share,
  bySegment: parts.map(outcomesOf),
});
const judging = (arms: JudgedArm[], more: Partial<Judging> = {}): Judging => ({
  arms,
  segments: (['never', 'champions', 'lost'] as const).slice(
    0,
    arms[0].bySegment.length,
  ),
  marginPercent: null,
  stopRule: null,
  ...more,
});

describe('what a campaign came to', () => {
  it('is found where there is an effect, sharper by what people did before, and is all people’s together', () => {
    const { earned, lifts, sampleRatio, segments } = judge(
      judging(
        [
          arm('control', 1_000, [
            crowd(1, 500, () => 0),
            crowd(2, 500, () => 0),
          ]),
          arm('a', 9_000, [crowd(3, 4_500, () => 6), crowd(4, 4_500, () => 6)]),
        ],
        { marginPercent: 40 },
      ),
    );
    const revenue = lifts.find(({ metric }) => metric === 'revenue');
    expect(revenue?.explained).toBeGreaterThan(0.8);
    expect(revenue?.sharp.low).toBeGreaterThan(3);
    expect(revenue?.sharp.high).toBeLessThan(7);
    // Theory: narrower by √(1 - ρ²).
    const width = ({
      low,
      high,
    }: {
      low: number | null;
      high: number | null;
    }): number => (high ?? 0) - (low ?? 0);
    expect(
      width(revenue?.sharp ?? earned!.revenue) /
        width(revenue?.plain ?? earned!.revenue),
    ).toBeCloseTo(Math.sqrt(1 - (revenue?.explained ?? 0)), 1);
    expect(earned?.revenue.difference).toBeCloseTo(
      (revenue?.sharp.difference ?? 0) * 9_000,
      6,
    );
    expect(earned?.margin?.difference).toBeCloseTo(
      (earned?.revenue.difference ?? 0) * 0.4,
      6,
    );
    expect(sampleRatio?.isMismatch).toBe(false);
    expect(segments.map(({ verdict }) => verdict)).toEqual([
      'gained',
      'gained',
    ]);
  });

  it('is not found where there is none, in whole and in parts', () => {
    const { earned, segments } = judge(
      judging([
        arm('control', 5_000, [crowd(5, 800, () => 0), crowd(6, 800, () => 0)]),
        arm('a', 5_000, [crowd(7, 800, () => 0), crowd(8, 800, () => 0)]),
      ]),
    );
    expect(
      (earned?.revenue.low ?? 0) < 0 && (earned?.revenue.high ?? 0) > 0,
    ).toBe(true);
    expect(earned?.margin).toBeNull();
    expect(segments.map(({ verdict }) => verdict)).toEqual([
      'unclear',
      'unclear',
    ]);
  });

  it('tells who was harmed beside who gained, and nothing of a handful', () => {
    const { segments } = judge(
      judging([
        arm('control', 5_000, [
          crowd(9, 900, () => 0),
          crowd(10, 900, () => 0),
          crowd(11, 4, () => 0),
        ]),
        arm('a', 5_000, [
          crowd(12, 900, () => 9),
          crowd(13, 900, () => -9),
          crowd(14, 4, () => 90),
        ]),
      ]),
    );
    expect(segments.map(({ segment, verdict }) => [segment, verdict])).toEqual([
      ['never', 'gained'],
      ['champions', 'harmed'],
      ['lost', 'too_few'],
    ]);
  });

  it('alarms where groups are not as large as they were drawn', () => {
    expect(
      judge(
        judging([
          arm('control', 1_000, [crowd(1, 700, () => 0)]),
          arm('a', 9_000, [crowd(2, 9_000, () => 0)]),
        ]),
      ).sampleRatio,
    ).toMatchObject({ isMismatch: true });
  });

  it('without a control group says nothing of an effect, and compares contents all the same', () => {
    const found = judge(
      judging(
        [
          arm('a', 5_000, [crowd(1, 3_000, () => 0)]),
          arm('b', 5_000, [crowd(2, 3_000, () => 12)]),
        ],
        { stopRule: { by: 'revenue', leastPeople: 1_000, level: 0.95 } },
      ),
    );
    expect([
      found.earned,
      found.lifts,
      found.versusControl,
      found.segments,
    ]).toEqual([null, [], [], []]);
    expect(found.versusEachOther).toMatchObject([
      { one: 'a', other: 'b', metric: 'revenue' },
    ]);
    expect(found.versusEachOther[0].high).toBeLessThan(0);
    expect(found.winner).toBe('b');
  });

  it('compares every content with the control group, harder the more there are, and calls no winner too early', () => {
    const found = judge(
      judging(
        [
          arm('control', 1_000, [crowd(1, 1_000, () => 0)]),
          arm('a', 4_500, [crowd(2, 4_500, () => 8)]),
          arm('b', 4_500, [crowd(3, 4_500, () => 8)]),
        ],
        { stopRule: { by: 'revenue', leastPeople: 50_000, level: 0.95 } },
      ),
    );
    expect(
      found.versusControl.map(({ one, other, p }) => [
        one,
        other,
        (p ?? 1) < 0.05,
      ]),
    ).toEqual([
      ['a', 'control', true],
      ['b', 'control', true],
    ]);
    expect(found.winner).toBeNull();
  });

  it('of nobody is nothing, and no number is lost in the way', () => {
    const { arms, earned, sampleRatio } = judge(
      judging([arm('control', 1_000, [[]]), arm('a', 9_000, [[]])]),
    );
    expect(arms.map(({ people, revenue }) => [people, revenue])).toEqual([
      [0, '0'],
      [0, '0'],
    ]);
    expect([earned?.revenue.p, sampleRatio]).toEqual([null, null]);
    expect(JSON.parse(JSON.stringify(earned))).toEqual(earned);
  });
});
