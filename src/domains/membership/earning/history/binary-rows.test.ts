import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import fc from 'fast-check';
import { from as copyFrom } from 'pg-copy-streams';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../../test/harness.ts';
import { BinaryRows } from './binary-rows.ts';

interface Values {
  whole: number;
  large: number | null;
  key: string;
  at: number | null;
  said: string | null;
  told: string | null;
  list: string[];
}

const most = Number.MAX_SAFE_INTEGER;
/** The whole of what a column may hold: beyond the year 2000 on both sides, and moments of a millisecond. */
const moments = { min: Date.UTC(1900, 0, 1), max: Date.UTC(2199, 11, 31) };
// PostgreSQL keeps no zero byte in a text, and no half of a pair.
const text = fc
  .string({ unit: 'grapheme', maxLength: 60 })
  .map((each) => each.replaceAll('\0', ''));

const values = fc.record({
  whole: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  large: fc.option(fc.integer({ min: -most, max: most })),
  key: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
  at: fc.option(fc.integer(moments)),
  said: fc.option(text),
  told: fc.option(text.map((each) => JSON.stringify({ each, '\\': [1, null] }))),
  list: fc.array(text, { maxLength: 4 }),
});

function rowsOf(given: readonly Values[]): Uint8Array {
  const rows = new BinaryRows();
  for (const [no, { whole, large, key, at, said, told, list }] of given.entries()) {
    rows.row(8);
    rows.int4(no);
    rows.int4(whole);
    rows.int8(large);
    rows.long(key);
    rows.moment(at);
    rows.text(said);
    rows.json(told);
    rows.texts(list);
  }
  return rows.taken();
}

describe('rows in the binary format of a copy', () => {
  let test: TestPlatform;
  beforeAll(async () => {
    test = await createTestPlatform();
    await test.platform.pg.query(
      `create table copied (no int, whole int, large bigint, key bigint, at timestamptz, said text, told jsonb, list text[])`,
    );
  });
  afterAll(() => test.close());

  async function copied(given: readonly Values[]): Promise<unknown[]> {
    const { pg } = test.platform;
    const client = await pg.connect();
    try {
      const rows = Buffer.from(rowsOf(given));
      await client.query('truncate copied');
      await pipeline(
        Readable.from([rows]),
        client.query(copyFrom('copy copied from stdin binary')),
      );
    } finally {
      client.release();
    }
    const { rows } = await pg.query(
      `select whole, large::text as large, key::text as key, (extract(epoch from at) * 1000)::bigint as at, said, told, list from copied order by no`,
    );
    return rows;
  }
  const expected = ({ large, key, told, ...rest }: Values) => ({
    ...rest,
    large: large === null ? null : String(large),
    key: BigInt.asIntN(64, BigInt(key)).toString(),
    told: told === null ? null : (JSON.parse(told) as unknown),
  });

  it('arrive as they were given, whatever stands in them: 1,000 rows', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(values, { minLength: 100, maxLength: 100 }),
        async (given) => {
          expect(await copied(given)).toEqual(given.map(expected));
        },
      ),
      { numRuns: 10 },
    );
  });

  it('arrive at the ends of what numbers and moments can be', async () => {
    const ends: Values[] = [-1, 0, 1, 2 ** 32 - 1, 2 ** 32, -(2 ** 32), most, -most].map(
      (large, i) => ({
        whole: i % 2 === 0 ? 2 ** 31 - 1 : -(2 ** 31),
        large,
        key: String([0n, 2n ** 63n, 2n ** 64n - 1n][i % 3]),
        at: [Date.UTC(2000, 0, 1), Date.UTC(2000, 0, 1) - 1, 0][i % 3],
        said: '',
        told: '{}',
        list: [],
      }),
    );
    expect(await copied(ends)).toEqual(ends.map(expected));
    expect(await copied([])).toEqual([]);
    expect(new BinaryRows().isEmpty).toBe(true);
  });
});
