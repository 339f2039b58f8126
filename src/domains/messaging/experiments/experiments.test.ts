import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import type { Arm, Experiments, MessagingPart } from '../part.ts';
import { createExperiments } from './experiments.ts';

let test: TestPlatform;
let experiments: MessagingPart & Experiments;
const arms: Arm[] = [{ key: 'control', isControl: true, share: 1_000 }, { key: 'a', isControl: false, share: 4_500 }, { key: 'b', isControl: false, share: 4_500 }];
beforeAll(async () => {
  test = await createTestPlatform();
  await test.platform.pg.query("insert into customer (customer_no, created_at) select n, '2026-01-01' from generate_series(1, 30000) n");
  experiments = createExperiments(test);
});
afterAll(() => test.close());

const ensure = (subject: string, given = arms): Promise<number> => inTransaction(test.platform.pg, (client) => experiments.ensure(client, subject, given));
const assign = (experimentNo: number, people: Bitmap): Promise<Bitmap[]> => inTransaction(test.platform.pg, (client) => experiments.assign(client, experimentNo, people));
const merge = (absorbed: number, survivor: number): Promise<unknown> =>
  test.platform.pg.query("update customer set status = 1, merged_into = $2, merged_at = now() + interval '1 hour' where customer_no = $1", [absorbed, survivor]);

describe('an experiment', () => {
  it('is one for a subject, though many ask for it at once', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => ensure('campaign 1')));
    expect(new Set(made).size).toBe(1);
    expect(await ensure('campaign 1', [{ key: 'all', isControl: false, share: 10_000 }])).toBe(made[0]);
    expect((await experiments.peopleOf(made[0])).arms).toEqual(arms);
  });

  it('is refused with shares that are not the whole', async () => {
    await expect(ensure('half', arms.slice(1))).rejects.toThrow('10000');
  });

  it('keeps everybody where they were put, whoever comes later and in any order', async () => {
    const experimentNo = await ensure('campaign 2');
    const [first, all] = [Bitmap.range(1, 8_000), Bitmap.range(1, 20_001)];
    const before = await assign(experimentNo, first);
    const after = await assign(experimentNo, all);
    expect(after.map((arm) => arm.and(first).toArray())).toEqual(before.map((arm) => arm.toArray()));
    expect(Bitmap.union(after).equals(all)).toBe(true);
    expect(after.reduce((sum, arm) => sum + arm.size, 0)).toBe(all.size);
    expect((await experiments.peopleOf(experimentNo)).people.map((arm) => arm.size)).toEqual(after.map((arm) => arm.size));
  });

  it('puts each of two who come at once into one arm alone', async () => {
    const experimentNo = await ensure('campaign 3');
    await Promise.all([assign(experimentNo, Bitmap.range(1, 3_000)), assign(experimentNo, Bitmap.range(1_500, 5_000))]);
    const { people } = await experiments.peopleOf(experimentNo);
    expect(people.reduce((sum, arm) => sum + arm.size, 0)).toBe(4_999);
  });

  it('goes on with a person after a merge: in the arm of their number, and in the control where any number is of it', async () => {
    const experimentNo = await ensure('campaign 4');
    const before = await assign(experimentNo, Bitmap.range(20_001, 25_001));
    const [control, a, b] = before.map((arm) => [...arm.toArray()]);
    const [newcomer, second, third] = [29_001, 29_002, 29_003];
    await merge(a[0], newcomer);
    await merge(control[0], b[0]);
    await merge(a[1], second);
    await merge(second, third);
    const { people } = await experiments.peopleOf(experimentNo);
    expect(people[1].has(newcomer)).toBe(true);
    expect(people.map((arm) => arm.has(b[0]))).toEqual([true, false, false]);
    expect(people[1].has(third)).toBe(true);
    const today = await assign(experimentNo, Bitmap.of([newcomer, b[0], third, 29_500]));
    expect(today.map((arm) => [...arm].filter((no) => no !== 29_500))).toEqual([[b[0]], [newcomer, third], []]);
  });

  it('moves nobody but whose place is another arm\'s when shares are changed, and knows who was of one arm all through a time', async () => {
    const experimentNo = await ensure('universal', [{ key: 'control', isControl: true, share: 1_000 }, { key: 'reached', isControl: false, share: 9_000 }]);
    const reshare = (control: number, at: string) => inTransaction(test.platform.pg, (client) => experiments.reshare(client, experimentNo, [control, 10_000 - control], { reason: 'to see more', by: 'Li', at: new Date(at) }));
    const today = async () => (await experiments.peopleOf(experimentNo)).people;
    const throughout = (from: string, until: string) => experiments.peopleThroughout(experimentNo, new Date(from), new Date(until));
    const everybody = Bitmap.range(1, 18_001);
    const [small, restOfSmall] = await assign(experimentNo, everybody);
    await reshare(2_000, '2026-07-10T00:00:00Z');
    const [large, restOfLarge] = await today();
    expect([small.andNot(large).size, restOfLarge.andNot(restOfSmall).size, large.or(restOfLarge).equals(everybody)]).toEqual([0, 0, true]);
    // A tenth of 18,000, and another: four deviations of the draw are 161 either way.
    expect([Math.abs(small.size - 1_800) < 161, Math.abs(large.size - small.size - 1_800) < 161]).toEqual([true, true]);
    // Whoever comes later is drawn at the new shares.
    const [late] = await assign(experimentNo, Bitmap.range(18_001, 20_001));
    expect(Math.abs(late.size - 400)).toBeLessThan(72);
    await reshare(500, '2026-08-10T00:00:00Z');
    const [least] = await today();
    expect([least.andNot(small.or(late)).size, least.size < small.size]).toEqual([0, true]);

    const all = Bitmap.range(1, 20_001);
    const sizes = (arms: readonly Bitmap[]) => arms.map(({ size }) => size);
    const [inJune, inJuly, inAugust, after] = [await throughout('2026-06-01', '2026-07-01'), await throughout('2026-07-01', '2026-08-01'), await throughout('2026-08-01', '2026-09-01'), await throughout('2026-08-10', '2026-09-01')];
    expect(inJune[0].and(everybody).equals(small)).toBe(true);
    expect(inJuly[0].equals(inJune[0])).toBe(true);
    expect(inJuly[1].equals(all.andNot(large.or(late)))).toBe(true);
    expect(inAugust.map((arm, i) => arm.equals([least, inJuly[1]][i]))).toEqual([true, true]);
    expect(sizes(after)).toEqual(sizes(await today()));
    expect(await experiments.changesOf(experimentNo)).toMatchObject([{ at: new Date('2026-07-10'), before: [{ share: 1_000 }, { share: 9_000 }], after: [{ share: 2_000 }, { share: 8_000 }], reason: 'to see more', by: 'Li' }, { after: [{ share: 500 }, { share: 9_500 }] }]);
    await expect(inTransaction(test.platform.pg, (client) => experiments.reshare(client, experimentNo, [500, 500], { reason: '', by: 'Li', at: new Date() }))).rejects.toThrow('10000');
    await reshare(500, '2026-09-10T00:00:00Z');
    expect(await experiments.changesOf(experimentNo)).toHaveLength(2);

    // Of two numbers that are one person now, one was moved: it is of neither group while that counts, and of the control where both were.
    const moved = [...large.andNot(small).and(everybody)][0];
    const survivor = [...inJuly[1]][0];
    await merge(moved, survivor);
    expect((await throughout('2026-07-01', '2026-08-01')).map((arm) => arm.has(survivor))).toEqual([false, false]);
    expect((await throughout('2026-07-11', '2026-08-01')).map((arm) => arm.has(survivor))).toEqual([true, false]);
  });

  it('forgets somebody who is erased, and says in an export where they are', async () => {
    const experimentNo = await ensure('campaign 5');
    await assign(experimentNo, Bitmap.of([26_001, 26_002]));
    const [held] = experiments.heldData ?? [];
    const person = { customerNos: [26_001], identifiers: [] };
    expect(await held.count(person)).toBe(1);
    expect(await Array.fromAsync(held.export(person))).toEqual([{ experiment_no: experimentNo, arm: expect.any(Number) as number }]);
    expect(await held.erase(person)).toBe(1);
    expect(await held.erase(person)).toBe(0);
    expect([...Bitmap.union((await experiments.peopleOf(experimentNo)).people)]).toEqual([26_002]);
  });
});
