import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { insertRows } from './insert-rows.ts';
import { eventRows } from './event-rows.ts';
import { factJson } from './fact-json.ts';
import { makeFrame } from './frame.ts';

let test: TestPlatform;
beforeAll(async () => {
  test = await createTestPlatform();
});
afterAll(() => test.close());

const awkward = [
  { '': 1 }, { a: { '': { '': 1 } } }, { '.': 1, '..': 2, 'a.': 1, '.a': 2 }, { 'a.b': 1, a: { b: 2 } }, { a: 1e308 }, { a: 2 ** 63 }, { a: 2 ** 64 }, { a: -(2 ** 63) }, { a: -(2 ** 64) }, { a: 1e21 }, { a: 1e300 }, { a: 1e-320 }, { a: 5e-324 }, { a: -0 }, { a: 1e20 },
  { a: [1, 'x', null, { b: [[]] }, [1, [2, ['y']]]] }, { a: '2026-01-01' }, { a: '2026-01-01 10:00:00' }, { a: [] }, { a: {} }, { 'k`"\\\'': '`"\\\'' },
  { a: [{ b: 1 }, { b: 'x' }, { b: [1] }, 5] }, { a: '\u0001\u001f\u007f' }, { '\u0001': 1 }, { a: '😀', '😀': 1 }, { toString: 1, constructor: 2 }, { a: [[[[[[[[[[1]]]]]]]]]] },
  Object.fromEntries(Array.from({ length: 900 }, (_, i) => [`k${i}`, i])), { a: '١٢' }, { a: true, b: [true, 'x', 1.5] }, { a: [null, null] }, { 'a[]': 1, 'a[0]': 2 }, { a: '9'.repeat(400) },
];

it('takes any properties that the door lets in', async () => {
  let no = 1;
  const insert = async (values: object[]): Promise<void> => {
    const rows = eventRows(no++);
    for (const value of values) {
      rows.add({ eventId: Buffer.alloc(16, 1), customerNo: 1, occurredAtMs: Date.now(), receivedAtMs: Date.now(), kind: 'track', name: 'x', properties: factJson(value), channel: '', source: '' });
    }
    const frame = await makeFrame(no, 0, rows);
    await insertRows(test.platform.clickhouse, 'event', frame.columns, frame.body);
  };
  for (const value of awkward) await expect(insert([value]).then(() => 'taken', (e: Error) => `${JSON.stringify(value).slice(0, 100)}: ${e.message}`)).resolves.toBe('taken');
  await insert(awkward);
  await fc.assert(fc.asyncProperty(fc.array(fc.object({ maxDepth: 6, maxKeys: 6 }), { minLength: 1, maxLength: 50 }), insert), { numRuns: 60 });
}, 120_000);
