import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { dropRun, heldRows, isKept } from './kept-rows.ts';
import { readPeopleOfRun } from './people-of-run.ts';

describe('what runs of models keep of people', () => {
  let test: TestPlatform;
  beforeAll(async () => {
    test = await createTestPlatform();
    await test.platform.clickhouse.insertRows('rfm_score', [1, 2].flatMap((model) => [10, 20, 30].map((no) => ({ model_id: model, customer_no: no, recency: 5, frequency: no / 10, value: 1 }))));
  });
  afterAll(() => test.close());
  const people = async (model: number, condition = 'recency = 5'): Promise<number[]> => [...(await readPeopleOfRun(test.platform.reader, 'rfm_score', condition, { model }))];

  it('is found by the run and by what it says', async () => {
    expect(await people(2)).toEqual([10, 20, 30]);
    expect(await people(2, 'frequency > 1 or value > 1')).toEqual([20, 30]);
    expect(await people(3)).toEqual([]);
  });

  it('goes with its run, and no other goes with it', async () => {
    await dropRun(test.platform.clickhouse, 'rfm_score', 1);
    await dropRun(test.platform.clickhouse, 'rfm_score', 99);
    expect([await people(1), await people(2)]).toEqual([[], [10, 20, 30]]);
    expect([await isKept(test.platform.clickhouse, 'rfm_score', 1), await isKept(test.platform.clickhouse, 'rfm_score', 1, false), await isKept(test.platform.clickhouse, 'rfm_score', 2)]).toEqual([false, true, true]);
  });

  it('is counted, taken out and erased with the person', async () => {
    const held = heldRows(test.platform.clickhouse, 'rfm_score');
    const person = { customerNos: [20, 21], identifiers: [] };
    expect(await held.count(person)).toBe(1);
    expect(await Array.fromAsync(held.export(person))).toEqual([{ model_id: 2, customer_no: 20, recency: 5, frequency: 2, value: 1 }]);
    expect([await held.erase(person), await held.erase(person), await people(2)]).toEqual([1, 0, [10, 30]]);
  });
});
