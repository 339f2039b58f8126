import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { everybody, rule, type Rule } from '../contract/rule.ts';
import { insertAudience } from '../stored/keeping/store.ts';
import { decidingFeatures } from './ask.ts';
import { heldRanks } from './held-ranks.ts';
import {
  bestPeople, endExpansion, type ExpansionResult, insertExpansion, keepResult, newestExpansion, noteProgress, openExpansions, readLevels, readOne,
} from './store.ts';

const now = new Date('2026-06-18T04:00:00Z');
const result: ExpansionResult = {
  members: 100,
  others: 200,
  auc: 0.8,
  error: 0.01,
  lift: [4, 2, 1, 1, 1, 0.5, 0.2, 0.1, 0.1, 0.1],
  heldOut: { members: 30, others: 60 },
  features: [],
  lowest: -3,
  highest: 2,
  ranked: 70_000,
};
const levels = { lowest: -3, highest: 2, counts: Uint32Array.from({ length: 65_536 }, (_, i) => i % 3) };
const best = Uint32Array.from({ length: 70_000 }, (_, i) => 70_000 - i);

describe('searches as they are stored', () => {
  let test: TestPlatform;
  let audienceId: number;
  let made = 0;
  beforeAll(async () => {
    test = await createTestPlatform();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    audienceId = await audience(everybody);
  });

  const audience = (given: Rule): Promise<number> => inTransaction(test.platform.pg, (client) =>
    insertAudience(client, { name: `人群 ${++made}`, reason: '', kind: 'fixed', rule: given, owner: 'test' }, now));
  const insert = (id = audienceId): Promise<number | null> => inTransaction(test.platform.pg, (client) =>
    insertExpansion(client, { audienceId: id, leftOut: ['orders'], asOf: now, askedBy: 'test' }));
  const begun = async (): Promise<number> => {
    const id = await insert();
    if (id === null) throw new Error('one is under way');
    return id;
  };
  const keep = async (id: number): Promise<void> => {
    const row = await readOne(test.platform.pg, id);
    await inTransaction(test.platform.pg, (client) => keepResult(client, row, result, { best, levels }, now));
  };
  const order = async (id: number): Promise<number[]> =>
    (await Array.fromAsync(bestPeople(test.platform.pg, id))).flatMap((piece) => [...piece]);

  it('wait or run one at a time for an audience, also when two are asked for at once', async () => {
    const both = await Promise.all([insert(), insert()]);
    expect(both.filter((id) => id !== null)).toHaveLength(1);
    expect(await insert()).toBeNull();
    const [id] = both.filter((one) => one !== null);
    expect(await openExpansions(test.platform.pg)).toContain(id);
    await endExpansion(test.platform.pg, id, 'cancelled', now);
    expect(await openExpansions(test.platform.pg)).not.toContain(id);
    expect(await insert()).not.toBeNull();
  });

  it('tell how far they are, and learn that somebody wants them to end', async () => {
    const id = await begun();
    expect(await noteProgress(test.platform.pg, id, { stage: 'scoring', done: 0.6 })).toBe(true);
    expect(await newestExpansion(test.platform.pg, audienceId)).toMatchObject({
      expansionId: id,
      state: 'running',
      progress: { stage: 'scoring', done: 0.6 },
      leftOut: ['orders'],
      asOf: now,
    });
    await test.platform.pg.query('update audience_expansion set cancel_requested = true where expansion_id = $1', [id]);
    expect(await noteProgress(test.platform.pg, id, { stage: 'scoring', done: 0.7 })).toBe(false);
    await endExpansion(test.platform.pg, id, 'cancelled', now);
    expect(await noteProgress(test.platform.pg, id, { stage: 'scoring', done: 0.8 })).toBe(false);
    expect((await readOne(test.platform.pg, id)).state).toBe('cancelled');
  });

  it('keep people in their order, however many pieces they are in, and the scores of all', async () => {
    const id = await begun();
    await noteProgress(test.platform.pg, id, { stage: 'keeping', done: 1 });
    await keep(id);
    expect(await order(id)).toEqual([...best]);
    expect(await readLevels(test.platform.pg, id, result)).toEqual(levels);
    expect(await readOne(test.platform.pg, id)).toMatchObject({ state: 'done', result, finishedAt: now, progress: null });
  });

  it('are kept once, and not when they were cancelled in the last moment', async () => {
    const id = await begun();
    await noteProgress(test.platform.pg, id, { stage: 'keeping', done: 1 });
    await test.platform.pg.query('update audience_expansion set cancel_requested = true where expansion_id = $1', [id]);
    await keep(id);
    expect(await order(id)).toEqual([]);
    expect((await readOne(test.platform.pg, id)).result).toBeNull();
    await test.platform.pg.query('update audience_expansion set cancel_requested = false where expansion_id = $1', [id]);
    await keep(id);
    await keep(id);
    expect(await order(id)).toHaveLength(best.length);
    await endExpansion(test.platform.pg, id, 'failed', now, { code: 'audiences.expansion_failed', params: {} });
    expect(await readOne(test.platform.pg, id)).toMatchObject({ state: 'done', failure: null });
  });

  it('take the place of the one before when they are done, and not earlier', async () => {
    const first = await begun();
    await noteProgress(test.platform.pg, first, { stage: 'keeping', done: 1 });
    await keep(first);
    const second = await begun();
    await noteProgress(test.platform.pg, second, { stage: 'reading', done: 0 });
    expect(await order(first)).toHaveLength(best.length);
    await keep(second);
    expect(await order(first)).toEqual([]);
    await expect(readOne(test.platform.pg, first)).rejects.toMatchObject({ status: 404, code: 'audiences.expansion_not_found' });
    expect((await newestExpansion(test.platform.pg, audienceId))?.expansionId).toBe(second);
  });

  it('stay what they were when another one is cancelled, and not when another one fails', async () => {
    const done = await begun();
    await noteProgress(test.platform.pg, done, { stage: 'keeping', done: 1 });
    await keep(done);
    await endExpansion(test.platform.pg, await begun(), 'cancelled', now);
    expect(await newestExpansion(test.platform.pg, audienceId)).toMatchObject({ expansionId: done, state: 'done' });
    const failed = await begun();
    await endExpansion(test.platform.pg, failed, 'failed', now, { code: 'audiences.expansion_failed', params: {} });
    expect(await newestExpansion(test.platform.pg, audienceId)).toMatchObject({ expansionId: failed, state: 'failed' });
    expect(await order(done)).toHaveLength(best.length);
  });

  it('are forgotten after thirty days', async () => {
    const other = await audience(everybody);
    const old = await insert(other);
    if (old === null) throw new Error('one is under way');
    await noteProgress(test.platform.pg, old, { stage: 'keeping', done: 1 });
    await keep(old);
    const finish = (days: number) => test.platform.pg.query(
      'update audience_expansion set finished_at = $2::timestamptz - make_interval(days => $3) where expansion_id = $1',
      [old, now, days],
    );
    for (const [days, isKept] of [[29, true], [31, false]] as const) {
      await finish(days);
      const id = await begun();
      await noteProgress(test.platform.pg, id, { stage: 'keeping', done: 1 });
      await keep(id);
      expect((await newestExpansion(test.platform.pg, other)) !== null, `${days} days`).toBe(isKept);
    }
  });

  it('go with their audience', async () => {
    const id = await begun();
    await noteProgress(test.platform.pg, id, { stage: 'keeping', done: 1 });
    await keep(id);
    await test.platform.pg.query('delete from audience where audience_id = $1', [audienceId]);
    expect(await order(id)).toEqual([]);
    expect(await newestExpansion(test.platform.pg, audienceId)).toBeNull();
  });

  it('lose a person who is erased, in every piece, and nobody else their place', async () => {
    const id = await begun();
    await noteProgress(test.platform.pg, id, { stage: 'keeping', done: 1 });
    await keep(id);
    const held = heldRanks(test.platform.pg);
    const person = { customerNos: [70_000, 3], survivorNo: 3 } as never;
    const places = (await Array.fromAsync(held.export(person))) as { customerNo: number; place: number }[];
    expect(places.slice(-2).map(({ customerNo, place }) => [customerNo, place])).toEqual([[70_000, 1], [3, 69_998]]);
    const before = await held.count(person);
    expect(await held.erase(person)).toBe(before);
    expect(await held.count(person)).toBe(0);
    const after = await order(id);
    expect(after.filter((no) => no === 0)).toHaveLength(2);
    expect([after[0], after[1], after[69_997], after[69_998]]).toEqual([0, 69_999, 0, 2]);
  });

  it('know by which features a rule decides that refers to others, which refer to each other', async () => {
    const inner = await audience(rule.parse({ kind: 'tag', tags: [7] }));
    const outer = await audience(rule.parse({
      kind: 'group',
      match: 'all',
      parts: [
        { kind: 'audience', audienceId: inner },
        { kind: 'audience', audienceId: 999_999 },
        { kind: 'field', field: 'city', test: { test: 'known' } },
      ],
    }));
    const outermost = await audience(rule.parse({ kind: 'audience', audienceId: outer }));
    expect((await decidingFeatures(test.platform.pg, outermost)).sort()).toEqual(['city', 'tag:7']);
    // A circle is refused where rules are kept; one that was there all the same would not hold anybody up.
    await test.platform.pg.query('update audience set rule = $2 where audience_id = $1', [inner, JSON.stringify({ kind: 'audience', audienceId: outermost })]);
    expect(await decidingFeatures(test.platform.pg, outermost)).toEqual(['city']);
  });
});
