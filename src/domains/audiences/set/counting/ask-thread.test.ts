import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../../test/harness.ts';
import { type CountApart, createCountApart } from './ask-thread.ts';
import type { CountingQuestion } from './question.ts';

describe('counting in a thread of its own', () => {
  let test: TestPlatform;
  let count: CountApart;
  beforeAll(async () => {
    test = await createTestPlatform();
    count = createCountApart(test.platform.reader.address);
  });
  afterAll(() => test.close());

  /** Every number up to a thousand, each as often as it has tens. */
  const question: CountingQuestion = {
    sql: 'select toUInt32(number) as no from numbers(1001) array join range(intDiv(number, 10)) as again', params: {}, limits: {},
    counted: 'rows', compare: { is: 'at_least', value: 990_000n }, highest: 1_000, mostRows: 100_000,
  };

  it('finds whom the test means, for many who ask at once', async () => {
    const answers = await Promise.all([970, 980, 990].map((least) => count({ ...question, compare: { is: 'at_least', value: BigInt(least) * 1_000n } })));
    expect(answers.map((found) => [...(found ?? [])])).toEqual([[...numbers(970)], [...numbers(980)], [...numbers(990)]]);
  });

  it('finds nobody where there are more rows than it may count', async () => {
    expect(await count({ ...question, mostRows: 1_000 })).toBeNull();
  });

  it('tells what the engine said, and counts the next', async () => {
    await expect(count({ ...question, sql: 'select no from nowhere' })).rejects.toThrow('nowhere');
    await expect(count({ ...question, sql: 'select toUInt32(length(groupArray(number))) as no from numbers(10000000)', limits: { memoryBytes: 2 ** 20 } })).rejects.toMatchObject({ code: 'platform.query_too_large', status: 422 });
    expect((await count(question))?.size).toBe(11);
  });
});

function* numbers(from: number): Generator<number> {
  for (let no = from; no <= 1_000; no++) yield no;
}
