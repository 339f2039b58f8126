import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createExpansionBrand, type ExpansionBrand } from '../../../../test/expansion-brand.ts';
import { staff } from '../../../../test/harness.ts';
import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { seededRandom } from '../../../kernel/seeded-random.ts';
import type { ExpansionOrigin } from '../contract/audiences.ts';
import { cancelExpansion, createAudience, deleteAudience, expandAudience, leastToLearnFrom, readAudience, readExpansion, saveExpansion, type ShownExpansion } from '../contract.ts';
import { keepLikest } from './ask.ts';
import { heldRanks } from './held-ranks.ts';
import { runExpansion } from './run-expansion.ts';
import { bestPeople, newestExpansion } from './store.ts';

describe('people like those of an audience of the demonstration brand', () => {
  let brand: ExpansionBrand;
  /** Everybody of whose order lines a good part is of one category, and of them those the model is shown. */
  let lovers: Bitmap;
  let shown: Bitmap;
  let everybody: Bitmap;
  let made = 0;
  beforeAll(async () => {
    brand = await createExpansionBrand(3_000);
    await brand.platform.jobs.start(false);
    const { reader } = brand.platform;
    const [{ category }] = (await reader.rows("select category from order_line where kind = 'sale' group by category order by count() desc limit 1 offset 3")) as { category: string }[];
    const found = (await reader.rows(`select customer_no from order_line where kind = 'sale' and customer_no > 0 group by customer_no having countIf(category = {category:String}) * 3 >= count()`, { category })) as { customer_no: number }[];
    lovers = Bitmap.of(found.map((row) => row.customer_no));
    shown = Bitmap.of(lovers.sample(Math.floor(lovers.size / 2), seededRandom(9)));
    everybody = await brand.doors.evaluator.everybody();
    expect(shown.size).toBeGreaterThan(leastToLearnFrom);
  });
  afterAll(() => brand.close());

  const make = async (rule: object): Promise<number> => {
    const { body, status, text } = await brand.ask(createAudience, { body: { name: `人群 ${++made}`, kind: 'fixed', rule: rule as never } });
    expect(status, text).toBe(201);
    return body.audienceId;
  };
  const ofList = async (people: Bitmap): Promise<number> => make({ kind: 'list', listId: await brand.list([...people]) });
  const run = (expansionId: number, doors = brand.doors, signal = new AbortController().signal): Promise<void> => runExpansion(doors, expansionId, signal);
  const begin = async (audienceId: number, leaveOut?: string[]): Promise<number> => {
    const { body, status, text } = await brand.ask(expandAudience, { params: { audienceId }, body: { leaveOut } });
    expect(status, text).toBe(202);
    return body.expansionId;
  };
  const newest = async (audienceId: number, locale?: string): Promise<ShownExpansion> => {
    const { body: { expansion } } = await brand.ask(readExpansion, { params: { audienceId } }, locale);
    if (!expansion) throw new Error('there is no expansion');
    return expansion;
  };
  const expanded = async (audienceId: number, leaveOut?: string[]): Promise<ShownExpansion> => {
    await run(await begin(audienceId, leaveOut));
    return newest(audienceId);
  };
  const resultOf = ({ result, failure }: ShownExpansion): NonNullable<ShownExpansion['result']> => {
    if (!result) throw new Error(failure ?? 'no result');
    return result;
  };
  const ranked = async (expansionId: number): Promise<number[]> => (await Array.fromAsync(bestPeople(brand.platform.pg, expansionId))).flatMap((piece) => [...piece]);

  it('are found again by what they do, although the model was shown half of them', async () => {
    const found = await expanded(await ofList(shown));
    const { auc, lift, verdict, features, curve, members, others } = resultOf(found);
    expect(found).toMatchObject({ state: 'done', done: 1, failure: null });
    expect([members, others]).toEqual([shown.size, everybody.size - shown.size]);
    expect(auc).toBeGreaterThan(0.8);
    expect(lift[0]).toBeGreaterThan(3);
    expect(verdict).not.toBe('useless');
    expect(features[0].key).toMatch(/^category:/);
    expect(features[0].sentence).toMatch(/on average for members, .* for others \(.* times\)\. All else equal, 10 points more multiply the odds/);
    const hidden = lovers.andNot(shown);
    const order = await ranked(found.expansionId);
    expect(order).toHaveLength(others);
    expect(order.some((no) => shown.has(no))).toBe(false);
    const tenth = order.slice(0, Math.floor(order.length / 10));
    const share = Bitmap.of(tenth).andSize(hidden) / tenth.length;
    expect(share / (hidden.size / order.length)).toBeGreaterThan(4);
    expect(curve.at(-1)?.reach).toBe(others);
    expect(curve.every(({ likeness }, i) => i === 0 || likeness <= curve[i - 1].likeness)).toBe(true);
  });

  it('are the same each time for the same data, and told in each language', async () => {
    const audienceId = await ofList(shown);
    const first = await expanded(audienceId);
    const order = await ranked(first.expansionId);
    const second = await expanded(audienceId);
    expect(second.expansionId).not.toBe(first.expansionId);
    expect(second.result).toEqual(first.result);
    expect(await ranked(second.expansionId)).toEqual(order);
    expect(await ranked(first.expansionId)).toEqual([]);
    expect(resultOf(await newest(audienceId, 'zh-CN')).features[0].sentence).toMatch(/^购买品类：.*人群平均占.*倍。$/);
    expect(resultOf(await newest(audienceId, 'zh-TW')).features[0].sentence).toMatch(/^購買品類：/);
  });

  it('become a fixed audience, so many or so like, without the members or with them, that says where it comes from', async () => {
    const audienceId = await ofList(shown);
    const { expansionId, result } = await expanded(audienceId);
    const order = await ranked(expansionId);
    const keep = (body: object) => brand.ask(saveExpansion, { params: { expansionId }, body: { name: `扩展 ${++made}`, ...body } as never });
    const membersOf = (id: number) => brand.doors.members(id, null);
    const byReach = await keep({ take: { reach: 77 } });
    expect(byReach).toMatchObject({ status: 201, body: { kind: 'fixed', size: 77, origin: { audienceId, reach: 77, auc: result?.auc, withMembers: false, at: '2026-06-18T04:00:00.000Z' } } });
    expect(byReach.body.sentence).toMatch(/^The 77 people most like “人群/);
    expect([...await membersOf(byReach.body.audienceId)]).toEqual(order.slice(0, 77).sort((a, b) => a - b));
    const together = await keep({ take: { reach: 77 }, withMembers: true });
    expect([...await membersOf(together.body.audienceId)]).toEqual([...Bitmap.of(order.slice(0, 77)).or(shown)]);
    const { likeness } = byReach.body.origin as ExpansionOrigin;
    const byLikeness = await keep({ take: { likeness } });
    expect(Math.abs(byLikeness.body.size - 77)).toBeLessThan(10);
    expect((await keep({ take: { likeness: 1e9 } })).code).toBe('audiences.expansion_finds_nobody');
    expect((await keep({ take: { reach: everybody.size } })).code).toBe('audiences.expansion_too_wide');
    // What was made of it stays when the audience it came from is gone, and its rule is itself.
    await brand.ask(deleteAudience, { params: { audienceId } });
    const { body } = await brand.ask(readAudience, { params: { audienceId: byReach.body.audienceId } }, 'zh-CN');
    expect(body).toMatchObject({ sentence: expect.stringMatching(/^与「人群 \d+」最像的 77 人$/), rule: { kind: 'audience', audienceId: body.audienceId } });
    const { rows } = await brand.platform.pg.query("select details from audit_log where action = 'audiences.create' and subject = $1", [`audience:${body.audienceId}`]);
    expect(rows[0].details).toMatchObject({ size: 77, expandedFrom: audienceId });
  });

  it('once kept are an audience like any other: asked for in rules, compared, and expanded again', async () => {
    const audienceId = await ofList(shown);
    const { expansionId } = await expanded(audienceId);
    const { body: kept } = await brand.ask(saveExpansion, {
      params: { expansionId },
      body: { name: '相似的人', take: { reach: 150 } },
    });
    const again = await make({
      kind: 'group',
      match: 'any',
      parts: [
        { kind: 'audience', audienceId: kept.audienceId },
        { kind: 'audience', audienceId },
      ],
    });
    expect((await brand.doors.members(again, null)).size).toBe(150 + shown.size);
    const further = await expanded(kept.audienceId);
    expect(resultOf(further)).toMatchObject({ members: 150 });
    expect(resultOf(further).advice.at(-1)).toContain('only 150 people');
  });

  it('who have become members since, or are customers no more, are passed over for the next', async () => {
    const audienceId = await ofList(shown);
    const { expansionId } = await expanded(audienceId);
    const order = await ranked(expansionId);
    const gone = Bitmap.of([order[0], order[2]]);
    const doors = {
      ...brand.doors,
      evaluator: { everybody: async () => everybody.andNot(gone) },
    };
    const kept = await keepLikest(
      doors,
      expansionId,
      { name: '还在的人', reason: '', take: { reach: 3 }, withMembers: false },
      staff('audiences.edit'),
    );
    expect([...await brand.doors.members(kept, null)]).toEqual([order[1], order[3], order[4]].sort((a, b) => a - b));
  });

  it('are not those who repeat the rule: its features are left out, and what alone decides is named', async () => {
    const audienceId = await make({ kind: 'measure', facts: { fact: 'order' }, measure: 'orders', compare: { is: 'at_least', value: 4 } });
    const careful = await expanded(audienceId);
    expect(careful.leftOut.map(({ key, isOfRule }) => [key, isOfRule]).sort()).toEqual([['has_ordered', true], ['orders', true]]);
    expect(resultOf(careful).features.map(({ key }) => key)).not.toContain('orders');
    const careless = await expanded(audienceId, ['refunds']);
    expect(careless.leftOut).toEqual([{ key: 'refunds', label: 'Refunds', isOfRule: false }]);
    expect(resultOf(careless)).toMatchObject({ verdict: 'repeats_rule', tooTelling: expect.arrayContaining([{ key: 'orders', label: 'Orders' }]) });
    expect(resultOf(careless).advice[0]).toContain('“Orders');
  });

  it('are nobody when the members are chosen by lot: nothing can be saved', async () => {
    const found = await expanded(await make({ kind: 'sample', percent: 20, salt: 'lot' }));
    expect(resultOf(found)).toMatchObject({ verdict: 'useless' });
    expect(resultOf(found).aucLow).toBeLessThanOrEqual(0.5);
    expect(await brand.ask(saveExpansion, { params: { expansionId: found.expansionId }, body: { name: '随机', take: { reach: 5 } } })).toMatchObject({ status: 409, code: 'audiences.expansion_useless' });
  });

  it('are not looked for where there is too little to learn from', async () => {
    const [nobody, few, all] = [await make({ kind: 'group', match: 'any', parts: [] }), await ofList(Bitmap.of(everybody.sample(leastToLearnFrom - 1, seededRandom(1)))), await make({ kind: 'group', match: 'all', parts: [] })];
    const expand = (audienceId: number) => brand.ask(expandAudience, { params: { audienceId }, body: {} });
    expect(await expand(nobody)).toMatchObject({ status: 409, code: 'audiences.expansion_too_small' });
    expect((await expand(few)).text).toContain('99 people');
    expect(await expand(all)).toMatchObject({ status: 409, code: 'audiences.expansion_to_nobody' });
    expect(await expand(999_999)).toMatchObject({ status: 404, code: 'audiences.not_found' });
    expect((await brand.ask(readExpansion, { params: { audienceId: few } })).body).toEqual({ expansion: null });
    expect((await brand.ask(saveExpansion, { params: { expansionId: 999_999 }, body: { name: 'x', take: { reach: 1 } } })).status).toBe(404);
  });

  it('are looked for once at a time, and no longer when somebody cancels', async () => {
    const audienceId = await ofList(shown);
    const waiting = await begin(audienceId);
    expect(await brand.ask(expandAudience, { params: { audienceId }, body: {} })).toMatchObject({ status: 409, code: 'audiences.expansion_under_way' });
    expect((await brand.ask(saveExpansion, { params: { expansionId: waiting }, body: { name: 'x', take: { reach: 1 } } })).code).toBe('audiences.expansion_not_done');
    expect((await brand.ask(cancelExpansion, { params: { expansionId: waiting } })).body).toMatchObject({ state: 'cancelled', result: null });
    await run(waiting);
    expect((await newest(audienceId)).state).toBe('cancelled');
    expect((await brand.ask(cancelExpansion, { params: { expansionId: waiting } })).code).toBe('audiences.expansion_is_over');

    const running = await begin(audienceId);
    const cancelling = { ...brand.doors, versions: async () => {
      await brand.ask(cancelExpansion, { params: { expansionId: running } });
      return brand.doors.versions();
    } };
    await run(running, cancelling);
    expect(await newest(audienceId)).toMatchObject({ state: 'cancelled', result: null });
    const { rows } = await brand.platform.pg.query("select action from audit_log where subject = $1 and action like 'audiences.%expan%' order by seq", [`audience:${audienceId}`]);
    expect(rows.map((row) => row.action)).toEqual(['audiences.expand', 'audiences.cancel_expansion', 'audiences.expand', 'audiences.cancel_expansion']);
  });

  it('are found by the next worker when one died half way, with one effect', async () => {
    const audienceId = await ofList(shown);
    const expansionId = await begin(audienceId);
    const dying = new AbortController();
    const doomed = { ...brand.doors, versions: async () => {
      dying.abort(new Error('killed'));
      return brand.doors.versions();
    } };
    await expect(run(expansionId, doomed, dying.signal)).rejects.toThrow('killed');
    expect(await newest(audienceId)).toMatchObject({ state: 'running', stage: 'reading', result: null });
    // The job that was given out again, and the one the next start hands over.
    await Promise.all([run(expansionId), run(expansionId)]);
    expect(await newest(audienceId)).toMatchObject({ state: 'done' });
    expect(await ranked(expansionId)).toHaveLength(everybody.size - shown.size);
    const before = await newestExpansion(brand.platform.pg, audienceId);
    await run(expansionId);
    expect(await newestExpansion(brand.platform.pg, audienceId)).toEqual(before);
  });

  it('fail loudly, in words, and are tried again while a store is away', async () => {
    const audienceId = await ofList(shown);
    const expansionId = await begin(audienceId);
    const broken = (error: Error) => ({ ...brand.doors, versions: () => Promise.reject(error) });
    await expect(run(expansionId, broken(Object.assign(new Error('away'), { status: 503 })))).rejects.toThrow('away');
    expect((await newest(audienceId)).state).toBe('running');
    await run(expansionId, broken(new Error('a fault')));
    expect(await newest(audienceId, 'zh-CN')).toMatchObject({ state: 'failed', failure: expect.stringContaining('扩展没有完成'), result: null });
  });

  it('are forgotten when they are erased', async () => {
    const audienceId = await ofList(shown);
    const { expansionId } = await expanded(audienceId);
    const [first, second] = await ranked(expansionId);
    const held = heldRanks(brand.platform.pg);
    const person = { customerNos: [first], survivorNo: first } as never;
    expect((await Array.fromAsync(held.export(person))).filter((row) => (row as { place: number }).place === 1).length).toBeGreaterThan(0);
    const count = await held.count(person);
    expect(count).toBeGreaterThan(0);
    expect(await held.erase(person)).toBe(count);
    expect(await held.count(person)).toBe(0);
    expect((await ranked(expansionId)).slice(0, 2)).toEqual([0, second]);
    const { body } = await brand.ask(saveExpansion, { params: { expansionId }, body: { name: '少一人', take: { reach: 1 } } });
    expect([...await brand.doors.members(body.audienceId, null)]).toEqual([second]);
  });
});
