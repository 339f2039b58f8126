import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eachPerson, wholeAt } from './read-people.ts';

type Row = [no: number, at: number, mark: number];

/** Rows cut into blocks of such lengths, as the engine sends them. */
async function* blocksOf(rows: Row[], lengths: number[]) {
  for (let from = 0, i = 0; from < rows.length; i++) {
    const some = rows.slice(from, from + lengths[i % lengths.length]);
    from += some.length;
    const bytes = (
      array: Uint32Array<ArrayBuffer> | BigInt64Array<ArrayBuffer> | Uint8Array<ArrayBuffer>,
    ) => new Uint8Array(array.buffer);
    yield {
      rowCount: some.length,
      columns: [
        bytes(Uint32Array.from(some, ([no]) => no)),
        bytes(BigInt64Array.from(some, ([, at]) => BigInt(at))),
        Uint8Array.from(some, ([, , mark]) => mark),
      ],
    };
  }
}

async function read(
  rows: Row[],
  lengths: number[],
  merged = new Map<number, number>(),
): Promise<Row[][]> {
  const people: Row[][] = [];
  await eachPerson(
    { blocks: blocksOf(rows, lengths), widths: [8, 1], merged, orderedBy: 0 },
    (no, [at, marks], from, until) => {
      people.push(
        Array.from({ length: until - from }, (_, i) => [
          no,
          wholeAt(at, from + i),
          marks[from + i],
        ]),
      );
    },
  );
  return people;
}

const sorted = (rows: Row[]): Row[] => rows.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);

describe('people out of blocks of rows', () => {
  it('come once each with all their rows, however blocks are cut', async () => {
    const rows = fc
      .array(
        fc.tuple(
          fc.integer({ min: 1, max: 8 }),
          fc.integer({ min: -(2 ** 40), max: 2 ** 52 }),
          fc.integer({ min: 0, max: 255 }),
        ),
        { maxLength: 40 },
      )
      .map((all) => sorted(all as Row[]));
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
        async (all, lengths) => {
          expect(await read(all, lengths)).toEqual([...Map.groupBy(all, ([no]) => no).values()]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('count under whom they were merged into, their rows in the order of time', async () => {
    const merged = new Map([
      [1, 3],
      [3, 3],
    ]);
    expect(
      await read(
        [
          [1, 20, 1],
          [2, 5, 2],
          [3, 10, 3],
          [3, 30, 4],
        ],
        [2],
        merged,
      ),
    ).toEqual([
      [[2, 5, 2]],
      [
        [3, 10, 3],
        [3, 20, 1],
        [3, 30, 4],
      ],
    ]);
  });
});
