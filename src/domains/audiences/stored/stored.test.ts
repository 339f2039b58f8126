import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertCustomers } from '../../../../test/audience-people.ts';
import type { Answer } from '../../../../test/customers-server.ts';
import { createTestPlatform, createTestServer, type TestPlatform } from '../../../../test/harness.ts';
import { insertLines } from '../../../../test/order-lines.ts';
import type { Endpoint, EndpointRequest } from '../../../kernel/endpoint.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { addressOf } from '../../../web/api/address.ts';
import { createCustomers } from '../../customers/public.ts';
import { createAudiences } from '../audiences.ts';
import { compareAudiences, createAudience, deleteAudience, listAudienceRules, listAudiences, listMembers, readAudience, readHistory, type Rule, type ShownAudience, updateAudience } from '../contract.ts';
import { followAudience } from './changes/take-changes.ts';

const everyone: Rule = { kind: 'group', match: 'all', parts: [] };
const nobody: Rule = { kind: 'group', match: 'any', parts: [] };
const from = (province: string): Rule => ({ kind: 'field', field: 'province', test: { test: 'any_of', values: [province] } });
const memberOf = (audienceId: number, on?: string): Rule => ({ kind: 'audience', audienceId, ...(on ? { on } : {}) });
const both = (...parts: Rule[]): Rule => ({ kind: 'group', match: 'all', parts });

describe('stored audiences', () => {
  let test: TestPlatform;
  let server: FastifyInstance;
  let now = new Date('2026-03-10T04:00:00Z');
  let made = 0;
  beforeAll(async () => {
    test = await createTestPlatform();
    test.platform.clock = { now: () => now };
    await test.platform.pg.query("insert into customer (customer_no, created_at) select n, now() from generate_series(1, 6) n");
    await insertCustomers(test.platform.clickhouse, ['浙江', '浙江', '浙江', '江苏', '江苏', ''].map((province, i) => ({ customerNo: i + 1, province })));
    await insertLines(test.platform.clickhouse, [{ customerNo: 1, order: 'A', amount: 12.5 }]);
    server = await createTestServer(test.platform, createAudiences(test.platform, createCustomers(test.platform)).routes);
  });
  afterAll(async () => {
    await server.close();
    await test.close();
  });

  const ask = async <E extends Endpoint>(endpoint: E, request: EndpointRequest<E> = {}, permissions = 'audiences.read audiences.edit'): Promise<Answer<E>> => {
    const reply = await server.inject({
      method: endpoint.method, url: addressOf(endpoint, request), payload: request.body as object | undefined, headers: { 'accept-language': 'en', 'x-test-permissions': permissions },
    });
    const body = reply.body === '' ? undefined : reply.json();
    return { status: reply.statusCode, body, code: body?.code, text: reply.body };
  };
  const make = async (rule: Rule, given: { kind?: 'live' | 'fixed'; name?: string; reason?: string } = {}): Promise<ShownAudience> => {
    const { status, body, text } = await ask(createAudience, { body: { name: `audience ${++made}`, kind: 'live', ...given, rule } });
    expect(status, text).toBe(201);
    return body;
  };
  const edit = (audience: ShownAudience, body: Partial<{ version: number; name: string; reason: string; rule: Rule; archived: boolean }>) =>
    ask(updateAudience, { params: { audienceId: audience.audienceId }, body: { version: audience.version, ...body } });
  const members = async ({ audienceId }: ShownAudience, on?: string): Promise<number[]> =>
    (await ask(listMembers, { params: { audienceId }, query: { on } })).body.rows.map((row) => row.customerNo);

  it('hold their people from the moment they are made, and can be found', async () => {
    const { audienceId, ...told } = await make(from('浙江'), { name: '浙江客户', reason: '区域活动' });
    expect(told).toMatchObject({
      name: '浙江客户', reason: '区域活动', kind: 'live', owner: 'test staff', version: 1, size: 3, enteredToday: 0, leftToday: 0, sentence: 'Province is 浙江',
      freshAt: now.toISOString(), trouble: null, usedBy: [], archivedAt: null,
    });
    const list = async (query: EndpointRequest<typeof listAudiences>['query']) => (await ask(listAudiences, { query })).body;
    expect(await list({ q: '浙江' })).toMatchObject({ total: 1, rows: [{ audienceId }] });
    expect(await list({ q: "'; drop table audience; --" })).toMatchObject({ total: 0 });
    expect((await list({ q: '浙江', kind: 'fixed' })).total).toBe(0);
    await make(nobody, { kind: 'fixed', name: 'Z' });
    expect((await list({ sort: '-size', pageSize: 1 })).rows[0].name).toBe('浙江客户');
    expect((await list({ sort: 'size', pageSize: 1 })).rows[0]).toMatchObject({ name: 'Z', size: 0 });
    expect((await ask(listAudiences, { query: { sort: 'rule' } })).code).toBe('audiences.bad_sort');
  });

  it('show their members, masked, in pages, with what they bought', async () => {
    const audience = await make(from('浙江'));
    const { body } = await ask(listMembers, { params: { audienceId: audience.audienceId }, query: { page: 1, pageSize: 2 } });
    expect(body).toMatchObject({ total: 3, on: null, rows: [{ customerNo: 1, name: null, orders: 0 }, { customerNo: 2 }] });
    expect((await ask(listMembers, { params: { audienceId: audience.audienceId }, query: { page: 2, pageSize: 2 } })).body.rows.map((row) => row.customerNo)).toEqual([3]);
    expect((await ask(listMembers, { params: { audienceId: audience.audienceId }, query: { page: 9 } })).body.rows).toEqual([]);
  });

  it('may be of nobody and of everybody', async () => {
    expect((await make(nobody)).size).toBe(0);
    const all = await make(everyone);
    expect([all.size, await members(all)]).toEqual([6, [1, 2, 3, 4, 5, 6]]);
  });

  it('follow a new rule at once, while the past stays as it was', async () => {
    const audience = await make(from('浙江'));
    now = new Date('2026-03-12T04:00:00Z');
    const { body: changed } = await edit(audience, { rule: from('江苏'), name: '江苏客户' });
    expect(changed).toMatchObject({ name: '江苏客户', version: 2, size: 2, enteredToday: 2, leftToday: 3, sentence: 'Province is 江苏' });
    expect(await members(audience)).toEqual([4, 5]);
    expect(await members(audience, '2026-03-10')).toEqual([1, 2, 3]);
    expect(await members(audience, '2026-03-11')).toEqual([1, 2, 3]);
    const { body: { days } } = await ask(readHistory, { params: { audienceId: audience.audienceId } });
    expect(days).toEqual([
      { day: '2026-03-10', size: 3, entered: 0, left: 0 }, { day: '2026-03-11', size: 3, entered: 0, left: 0 }, { day: '2026-03-12', size: 2, entered: 2, left: 3 },
    ]);
    const { body: { days: later } } = await ask(readHistory, { params: { audienceId: audience.audienceId }, query: { from: '2026-03-11', to: '2026-03-11' } });
    expect(later).toEqual([{ day: '2026-03-11', size: 3, entered: 0, left: 0 }]);
  });

  it('remember every rule they had, who made it so and what came of it', async () => {
    const audience = await make(from('浙江'));
    const rules = async (query: EndpointRequest<typeof listAudienceRules>['query'] = {}) => (await ask(listAudienceRules, { params: { audienceId: audience.audienceId }, query })).body;
    now = new Date('2026-03-13T04:00:00Z');
    await edit(audience, { rule: from('江苏') });
    await edit(audience, { version: 2, name: 'renamed, the rule as it was', rule: from('江苏') });
    await edit(audience, { version: 3, rule: both(from('江苏'), everyone) });
    expect(await rules()).toMatchObject({
      total: 3,
      rows: [
        { ruleVersion: 3, isPresent: true, size: 2, entered: 0, left: 0 },
        { ruleVersion: 2, isPresent: false, sentence: 'Province is 江苏', madeBy: 'test staff', madeAt: '2026-03-13T04:00:00.000Z', size: 2, entered: 2, left: 3, rule: from('江苏') },
        { ruleVersion: 1, isPresent: false, sentence: 'Province is 浙江', madeAt: audience.createdAt, size: 3, entered: 0, left: 0 },
      ],
    });
    expect((await rules({ page: 2, pageSize: 2 })).rows.map((row) => row.ruleVersion)).toEqual([1]);
    expect(await rules({ ruleVersion: 2 })).toMatchObject({ total: 1, rows: [{ ruleVersion: 2 }] });
    expect((await ask(listAudienceRules, { params: { audienceId: 999_999 } })).code).toBe('audiences.not_found');
    await ask(deleteAudience, { params: { audienceId: audience.audienceId } });
    expect((await test.platform.pg.query('select from audience_rule where audience_id = $1', [audience.audienceId])).rowCount).toBe(0);
  });

  it('remember no rule that was refused', async () => {
    const audience = await make(from('浙江'));
    await edit(audience, { rule: memberOf(audience.audienceId) });
    await edit(audience, { version: 9, rule: everyone });
    expect((await ask(listAudienceRules, { params: { audienceId: audience.audienceId } })).body.rows).toHaveLength(1);
  });

  it('are changed by one of two people who edit the same version', async () => {
    const audience = await make(from('浙江'));
    const answers = await Promise.all(['one', 'two'].map((name) => edit(audience, { name: `${name} ${made}` })));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    expect(answers.find((answer) => answer.status === 409)?.code).toBe('audiences.edited_meanwhile');
  });

  it('that are fixed stay as they were made, and take no other rule', async () => {
    const audience = await make(from('江苏'), { kind: 'fixed' });
    expect((await edit(audience, { rule: from('浙江') })).code).toBe('audiences.fixed_rule');
    expect((await edit(audience, { rule: from('江苏'), reason: 'kept' })).body).toMatchObject({ reason: 'kept', size: 2 });
  });

  it('have names of their own, until they are archived', async () => {
    const audience = await make(from('浙江'), { name: 'Taken' });
    const again = { name: 'taken', kind: 'live' as const, rule: everyone };
    expect(await ask(createAudience, { body: again })).toMatchObject({ status: 409, code: 'audiences.name_taken' });
    const { body: archived } = await edit(audience, { archived: true });
    expect(archived.archivedAt).toBe(now.toISOString());
    expect((await ask(listAudiences, { query: { q: 'taken' } })).body.total).toBe(0);
    expect((await ask(listAudiences, { query: { q: 'taken', archived: '1' } })).body.total).toBe(1);
    await make(everyone, { name: 'Taken' });
    expect((await edit(archived, { archived: false })).code).toBe('audiences.name_taken');
    expect((await edit(archived, { archived: false, name: 'Free again' })).body).toMatchObject({ archivedAt: null, version: 3 });
  });

  it('refer to each other, and what is referred to can be neither deleted nor archived', async () => {
    const inner = await make(from('浙江'));
    const outer = await make(both(memberOf(inner.audienceId), { kind: 'group', match: 'none', parts: [{ kind: 'sample', percent: 0.000_1, salt: 'x' }] }));
    expect(outer.size).toBe(3);
    expect((await ask(readAudience, { params: { audienceId: inner.audienceId } })).body.usedBy).toEqual([{ audienceId: outer.audienceId, name: outer.name }]);
    for (const refused of [await ask(deleteAudience, { params: { audienceId: inner.audienceId } }), await edit(inner, { archived: true })]) {
      expect(refused).toMatchObject({ status: 409, code: 'audiences.in_use' });
      expect(refused.text).toContain(outer.name);
    }
    await edit(outer, { rule: everyone });
    expect((await ask(deleteAudience, { params: { audienceId: inner.audienceId } })).status).toBe(204);
    expect((await ask(readAudience, { params: { audienceId: inner.audienceId } })).status).toBe(404);
  });

  it('that somebody follows cannot be deleted', async () => {
    const audience = await make(everyone);
    await inTransaction(test.platform.pg, (client) => followAudience(client, 'journeys', audience.audienceId));
    const refused = await ask(deleteAudience, { params: { audienceId: audience.audienceId } });
    expect([refused.code, refused.text.includes('journeys')]).toEqual(['audiences.followed', true]);
  });

  it('are refused with the place of the fault where a rule leads nowhere, or back', async () => {
    const [first, second, archived] = [await make(everyone), await make(everyone), await make(everyone)];
    await edit(archived, { archived: true });
    await edit(second, { rule: memberOf(first.audienceId) });
    const refusal = async (rule: Rule) => {
      const { status, code, body } = await edit(first, { rule });
      return [status, code, (body as unknown as { errors?: { path: string }[]; fields?: { path: string }[] }).fields?.[0]?.path ?? (body as unknown as { errors?: { path: string }[] }).errors?.[0]?.path];
    };
    expect(await refusal(both(from('浙江'), memberOf(second.audienceId)))).toEqual([400, 'audiences.refers_to_itself', 'body.rule.parts.1.audienceId']);
    expect(await refusal({ kind: 'held', days: 2, rule: memberOf(first.audienceId) })).toEqual([400, 'audiences.refers_to_itself', 'body.rule.rule.audienceId']);
    expect(await refusal(both(from('浙江'), from('浙\0江')))).toEqual([400, 'audiences.rule_not_kept', 'body.rule.parts.1']);
    expect(await refusal(memberOf(archived.audienceId))).toEqual([400, 'audiences.archived_audience', 'body.rule.audienceId']);
    expect(await refusal(memberOf(999_999))).toEqual([400, 'audiences.unknown_audience', 'body.rule.audienceId']);
    expect(await refusal({ kind: 'list', listId: 999_999 })).toEqual([400, 'audiences.unknown_list', 'body.rule.listId']);
    expect(await refusal(memberOf(second.audienceId, '2099-01-01'))).toEqual([400, 'audiences.rule_day_not_over', 'body.rule.on']);
    expect(await refusal(memberOf(archived.audienceId, '2020-01-01'))).toEqual([400, 'audiences.archived_audience', 'body.rule.audienceId']);
    expect((await ask(createAudience, { body: { name: 'x', kind: 'live', rule: memberOf(second.audienceId, '2020-01-01') } })).code).toBe('audiences.rule_not_made_yet');
  });

  it('do not close a circle together when two are changed at once', async () => {
    const pair = [await make(everyone), await make(everyone)];
    const answers = await Promise.all(pair.map((audience, i) => edit(audience, { rule: memberOf(pair[1 - i].audienceId) })));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 400]);
  });

  it('overlap as sets do', async () => {
    const [zhejiang, all, jiangsu] = [await make(from('浙江')), await make(everyone), await make(from('江苏'))];
    const overlap = (query: EndpointRequest<typeof compareAudiences>['query']) => ask(compareAudiences, { query });
    expect((await overlap({ ids: `${zhejiang.audienceId},${all.audienceId}` })).body).toMatchObject({
      sets: [{ size: 3 }, { size: 6 }], regions: [{ mask: 1, size: 0 }, { mask: 2, size: 3 }, { mask: 3, size: 3 }],
    });
    expect((await overlap({ ids: [zhejiang, all, jiangsu].map((each) => each.audienceId).join() })).body.regions)
      .toEqual([[1, 0], [2, 1], [3, 3], [4, 0], [5, 0], [6, 2], [7, 0]].map(([mask, size]) => ({ mask, size })));
    expect((await overlap({ ids: `${all.audienceId},${all.audienceId}` })).code).toBe('audiences.named_twice');
    for (const missing of ['999999', '9999999999']) expect((await overlap({ ids: `${all.audienceId},${missing}` })).status).toBe(404);
    expect((await overlap({ ids: 'x' })).status).toBe(400);
  });

  it('refuse days that make no sense', async () => {
    const { audienceId } = await make(everyone);
    const history = async (query: EndpointRequest<typeof readHistory>['query']) => (await ask(readHistory, { params: { audienceId }, query })).code;
    expect(await history({ from: '2026-03-02', to: '2026-03-01' })).toBe('audiences.days_reversed');
    expect(await history({ from: '2000-01-01', to: '2026-03-01' })).toBe('audiences.too_many_days');
    expect(await history({ from: '2026-02-30' })).toBe('platform.invalid_input');
    expect((await ask(listMembers, { params: { audienceId }, query: { on: '2099-01-01' } })).code).toBe('audiences.day_not_over');
  });

  it('write every change into the audit log, and are changed by those alone who may', async () => {
    const audience = await make(from('浙江'));
    await edit(audience, { name: `renamed ${made}`, rule: everyone });
    await ask(deleteAudience, { params: { audienceId: audience.audienceId } });
    const { rows } = await test.platform.pg.query('select action, details from audit_log where subject = $1 order by seq', [`audience:${audience.audienceId}`]);
    expect(rows).toMatchObject([
      { action: 'audiences.create', details: { kind: 'live', size: 3 } }, { action: 'audiences.change', details: { renamed: `renamed ${made}`, rule: true } },
      { action: 'audiences.delete', details: { size: 6 } },
    ]);
    const body = { name: 'x', kind: 'live' as const, rule: everyone };
    expect((await ask(createAudience, { body }, 'audiences.read')).status).toBe(403);
    expect((await ask(updateAudience, { params: { audienceId: 1 }, body: { version: 1 } }, 'audiences.read')).status).toBe(403);
    expect((await ask(updateAudience, { params: { audienceId: 999_999 }, body: { version: 1 } })).status).toBe(404);
    expect((await ask(deleteAudience, { params: { audienceId: 999_999 } })).status).toBe(404);
  });
});
