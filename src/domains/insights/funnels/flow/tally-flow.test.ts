import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FlowShape, FlowTally, type FlowWanted } from './tally-flow.ts';

const shapeOf = (given: Partial<FlowShape> = {}): FlowShape => ({
  gapMs: 30,
  spanMs: null,
  depth: 2,
  kinds: 4,
  start: null,
  ...given,
});
type Fact = [at: number, kind: number];

function tally(shape: FlowShape, people: Fact[][], wanted: FlowWanted | null = null) {
  const flow = new FlowTally(shape, wanted);
  people.forEach((facts, i) =>
    flow.add(i + 1, {
      count: facts.length,
      at: facts.map(([at]) => at),
      kinds: facts.map(([, kind]) => kind),
    }),
  );
  return flow.figures;
}

/** Paths as lists of kinds, taken apart a second time. */
function plainPaths(shape: FlowShape, facts: Fact[]): number[][] {
  const paths: Fact[][] = [];
  for (const fact of facts) {
    const path = paths.at(-1);
    const goesOn =
      path &&
      (shape.gapMs === null || fact[0] - path[path.length - 1][0] <= shape.gapMs) &&
      (shape.spanMs === null || fact[0] - path[0][0] <= shape.spanMs);
    if (goesOn) path.push(fact);
    else paths.push([fact]);
  }
  return paths
    .map((path) => path.map(([, kind]) => kind))
    .map((kinds) =>
      shape.start === null
        ? kinds
        : kinds.includes(shape.start)
          ? kinds.slice(kinds.indexOf(shape.start))
          : [],
    )
    .map((kinds) => kinds.filter((kind, i) => kind !== kinds[i - 1]))
    .filter((kinds) => kinds.length > 0);
}

describe('paths', () => {
  it('agree with being taken apart a second time, on random facts', () => {
    const shape = fc
      .record({
        isVisit: fc.boolean(),
        ms: fc.integer({ min: 1, max: 40 }),
        depth: fc.integer({ min: 1, max: 5 }),
        start: fc.constantFrom(null, 0, 2),
      })
      .map(({ isVisit, ms, depth, start }) =>
        shapeOf({ gapMs: isVisit ? ms : null, spanMs: isVisit ? null : ms, depth, start }),
      );
    const people = fc.array(
      fc
        .array(fc.tuple(fc.integer({ min: 0, max: 150 }), fc.integer({ min: 0, max: 3 })), {
          maxLength: 12,
        })
        .map((facts) => facts.toSorted((a, b) => a[0] - b[0])),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(shape, people, (given, all) => {
        const { paths, nodes, ends, links } = tally(given, all);
        const plain = all.flatMap((facts) => plainPaths(given, facts));
        expect(paths).toBe(plain.length);
        for (let depth = 0; depth <= given.depth; depth++) {
          for (let kind = 0; kind < given.kinds; kind++) {
            const through = plain.filter((path) => path[depth] === kind);
            expect(nodes[depth * given.kinds + kind]).toBe(through.length);
            expect(ends[depth * given.kinds + kind]).toBe(
              through.filter((path) => path.length === depth + 1).length,
            );
            for (let to = 0; depth < given.depth && to < given.kinds; to++) {
              expect(links[(depth * given.kinds + kind) * given.kinds + to]).toBe(
                through.filter((path) => path[depth + 1] === to).length,
              );
            }
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('know whose they are', () => {
    const people: Fact[][] = [
      [
        [0, 1],
        [10, 2],
      ],
      [
        [0, 1],
        [100, 3],
      ],
      [[0, 2]],
    ];
    const of = (wanted: FlowWanted) => tally(shapeOf(), people, wanted).wanted;
    expect(of({ depth: 0, kind: 1, then: null })).toEqual([1, 2]);
    expect(of({ depth: 0, kind: 1, then: 2 })).toEqual([1]);
    expect(of({ depth: 0, kind: 1, then: 'end' })).toEqual([2]);
  });
});
