import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainRun } from '../../../../test/plain-funnel.ts';
import { RunFinder, type RunShape } from './find-run.ts';

const shapeOf = (given: Partial<RunShape>): RunShape => ({
  steps: 3,
  windowMs: 100,
  windowOf: 'whole',
  order: 'loose',
  fromMs: 0,
  untilMs: 1_000,
  ...given,
});
const bits = (steps: readonly number[]): number =>
  steps.reduce((all, step) => all | (1 << step), 0);

/** Facts written as `moment: steps`. */
function run(shape: RunShape, facts: [at: number, ...steps: number[]][]): number[] {
  const finder = new RunFinder(shape);
  const at = facts.map(([moment]) => moment);
  finder.find({ count: facts.length, at, steps: facts.map(([, ...steps]) => bits(steps)) });
  return finder.run.map((place) => at[place]);
}

describe('a run through the steps', () => {
  it('agrees with trying everything, on random facts', () => {
    const shape = fc.record({
      steps: fc.integer({ min: 2, max: 5 }),
      windowMs: fc.integer({ min: 1, max: 12 }),
      windowOf: fc.constantFrom('whole' as const, 'each' as const),
      order: fc.constantFrom('loose' as const, 'strict' as const),
      fromMs: fc.integer({ min: 0, max: 6 }),
      untilMs: fc.integer({ min: 4, max: 20 }),
    });
    const facts = fc
      .array(
        fc.record({
          at: fc.integer({ min: 0, max: 20 }),
          steps: fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }),
        }),
        { maxLength: 11 },
      )
      .map((all) => all.toSorted((a, b) => a.at - b.at));
    fc.assert(
      fc.property(shape, facts, (given, all) => {
        const own = all.map(({ at, steps }) => ({
          at,
          steps: steps.filter((step) => step < given.steps),
        }));
        // Facts that are no step are not read.
        const read = own.filter(({ steps }) => steps.length > 0);
        expect(
          run(
            given,
            read.map(({ at, steps }) => [at, ...steps]),
          ),
        ).toEqual(plainRun(own, given));
      }),
      { numRuns: 4_000 },
    );
  });

  it('may begin again: what an early start has no time for, a later one has', () => {
    expect(
      run(shapeOf({}), [
        [0, 0],
        [50, 0],
        [60, 1],
        [140, 2],
      ]),
    ).toEqual([50, 60, 140]);
  });

  it('takes no fact for two steps, and nothing of one moment for a sequence', () => {
    expect(run(shapeOf({}), [[0, 0, 1, 2]])).toEqual([0]);
    expect(
      run(shapeOf({}), [
        [0, 0],
        [0, 1],
        [0, 2],
      ]),
    ).toEqual([0]);
  });

  it('goes through a step that is there twice by two facts', () => {
    expect(run(shapeOf({ steps: 2 }), [[0, 0, 1]])).toEqual([0]);
    expect(
      run(shapeOf({ steps: 2 }), [
        [0, 0, 1],
        [100, 0, 1],
      ]),
    ).toEqual([0, 100]);
    expect(
      run(shapeOf({ steps: 2 }), [
        [0, 0, 1],
        [101, 0, 1],
      ]),
    ).toEqual([0]);
  });

  it('counts the window from the first step, or from the step before', () => {
    const facts: [number, number][] = [
      [0, 0],
      [80, 1],
      [160, 2],
    ];
    expect(run(shapeOf({}), facts)).toEqual([0, 80]);
    expect(run(shapeOf({ windowOf: 'each' }), facts)).toEqual([0, 80, 160]);
  });

  it('strictly: ends where another step comes between, and begins with the next', () => {
    const strict = shapeOf({ order: 'strict' });
    expect(
      run(strict, [
        [0, 0],
        [10, 2],
        [20, 1],
        [30, 2],
      ]),
    ).toEqual([0]);
    expect(
      run(strict, [
        [0, 0],
        [10, 0],
        [20, 1],
        [30, 2],
      ]),
    ).toEqual([10, 20, 30]);
  });

  it('goes on after the period, and does not begin before or after it', () => {
    expect(
      run(shapeOf({ untilMs: 10 }), [
        [9, 0],
        [50, 1],
        [60, 2],
      ]),
    ).toEqual([9, 50, 60]);
    expect(
      run(shapeOf({ fromMs: 10, untilMs: 20 }), [
        [9, 0],
        [20, 0],
        [50, 1],
      ]),
    ).toEqual([]);
  });

  it('says until when it can still go on', () => {
    const finder = new RunFinder(shapeOf({}));
    const facts = { count: 3, at: [0, 20, 40], steps: [1, 2, 1] };
    finder.find(facts);
    expect([finder.level, finder.openUntil(facts)]).toEqual([2, 140]);
  });
});
