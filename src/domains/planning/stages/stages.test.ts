import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginCampaign } from '../../../../test/begun-campaign.ts';
import { insertLines, testLine } from '../../../../test/order-lines.ts';
import { createPlanningServer, type PlanningServer } from '../../../../test/planning-server.ts';
import { publishSample, sampleProgramme } from '../../../../test/sample-programme.ts';
import { addItem, createPlan, editItem, type Item, readStages, removeItem, type StageKey } from '../contract.ts';

const people = 400;

describe('stages of a plan', () => {
  let team: PlanningServer;
  let planNo = 0;
  const put = (kind: Item['kind'], body: object, parentNo: number | null = null) => team.ask(addItem, { params: { planNo }, body: { kind, parentNo, afterNo: null, body: { ...body } } });
  const edit = (item: Item, changes: object) => team.ask(editItem, { params: { planNo, itemNo: item.itemNo }, body: { version: item.version, changes: { ...changes } } });
  const read = async () => (await team.ask(readStages, { params: { planNo } })).body;
  const stageOf = async (key: StageKey) => (await read()).stages.find(({ stage }) => stage === key)!;
  const criterionOf = async (key: StageKey, name: string) => (await stageOf(key)).criteria.find(({ key: each, fact }) => each === name || fact === name)!;
  let minute = 0;
  /** Counts are kept for a minute. */
  const later = (): void => team.setTime(new Date(Date.parse('2026-06-18T04:00:00Z') + ++minute * 61_000));
  /** Counts as they are now: the first look after a minute shows what was, and has them counted again. */
  const counted = async (): Promise<void> => {
    later();
    await read();
    await new Promise((resolve) => void setTimeout(resolve, 300));
  };
  beforeAll(async () => {
    team = await createPlanningServer('planning.read planning.edit');
    planNo = (await team.ask(createPlan, { body: { name: '五年规划', startsOn: '2026-01-01' } })).body.planNo;
  });
  afterAll(() => team.close());

  it('are four before anybody laid them out, with nothing done and nothing said of when', async () => {
    expect((await team.ask(readStages, { params: { planNo: 999 } })).code).toBe('planning.plan_not_found');
    const { stages, reached, planned, warnings, today } = await read();
    expect(stages.map(({ stage, from, met, isPassed }) => [stage, from, met, isPassed])).toEqual([['foundation', null, 0, false], ['experiments', null, 0, false], ['value', null, 0, false], ['loyalty', null, 0, false]]);
    expect([reached, planned, warnings, today]).toEqual(['foundation', [], [], '2026-06-18']);
    expect((await criterionOf('experiments', 'control_groups')).state).toBe('no_data');
    expect((await criterionOf('foundation', 'user_surveys'))).toMatchObject({ state: 'absent', path: null });
  });

  it('never end before they start, stand in a plan once, and are warned of where they overlap', async () => {
    const refused = await put('stage', { stage: 'foundation', from: '2026-07-01', to: '2026-06-30' });
    expect([refused.status, refused.code]).toEqual([422, 'planning.ends_before_start']);
    const first = (await put('stage', { stage: 'foundation', from: '2026-01-01', to: '2026-12-31' })).body;
    expect((await put('stage', { stage: 'foundation', from: '2027-01-01', to: '2027-12-31' })).code).toBe('planning.stage_placed');
    const second = (await put('stage', { stage: 'experiments', from: '2026-06-01', to: '2027-12-31' })).body;
    expect(await read()).toMatchObject({ planned: ['foundation', 'experiments'], warnings: [{ kind: 'overlap', stage: 'foundation', other: 'experiments' }] });
    expect((await edit(second, { to: '2026-05-31' })).code).toBe('planning.ends_before_start');
    expect((await edit(second, { stage: 'foundation' })).code).toBe('planning.stage_placed');
    await edit(first, { to: '2026-05-31' });
    expect(await read()).toMatchObject({ planned: ['experiments'], warnings: [], reached: 'foundation' });
  });

  it('are counted from what the domains hold', async () => {
    const { pg, clickhouse } = team.platform;
    await pg.query("insert into customer (customer_no, created_at) select n, '2026-01-01' from generate_series(1, $1) n", [people]);
    await pg.query("insert into consent (customer_no, channel, purpose, granted, at, source, actor) select n, 'sms', 'marketing', n % 2 = 0, '2026-02-01', 'shop', 'x' from generate_series(1, 300) n");
    await insertLines(clickhouse, [testLine({ customerNo: 1, at: '2026-05-02T02:00:00.000Z', order: 'A', amount: 40 })]);
    await pg.query('update fact_state set data_version = data_version + 1');
    await beginCampaign(team, new Date('2026-05-01T02:00:00Z'), people, { name: 'with' });
    await beginCampaign(team, new Date('2026-05-01T02:00:00Z'), people, { name: 'without', holdout: { share: 0, reason: 'service' } }, 'running');
    await publishSample(pg, sampleProgramme(), '2026-01-01T00:00:00Z');
    await pg.query(`insert into member (customer_no, joined_at, joined_by, tier, tier_since, cycle_start, version_no) select n, '2026-03-01', 'page', 'base', '2026-03-01', '2026-03-01', (select max(version_no) from programme_version) from generate_series(1, 120) n`);
    await pg.query("insert into write_key (name, hash, prefix, created_by, last_used_at) values ('shop', '\\x01', 'a', 'x', '2026-06-17'), ('old', '\\x02', 'b', 'x', '2026-06-01')");
    await pg.query(`insert into report_schedule (name, contents, period, compare, rhythm, recipients, state, owner_locale, created_at, created_by)
      values ('daily', '[{"kind":"overview","dimensions":[]}]', 'yesterday', 'none', '{}', '[]', 'active', 'en', now(), 'x'), ('off', '[{"kind":"overview","dimensions":[]}]', 'yesterday', 'none', '{}', '[]', 'paused', 'en', now(), 'x')`);
    await counted();
    const { stages, computedAt } = await read();
    const values = new Map(stages.flatMap(({ criteria }) => criteria.map(({ key, value, state }) => [key, [value, state]])));
    expect(Object.fromEntries(['live_sources', 'consent_recorded', 'basic_reports', 'rules_published', 'control_groups', 'campaigns_run', 'members_joined', 'lifetime_value'].map((key) => [key, values.get(key)]))).toEqual({
      live_sources: ['1', 'met'], consent_recorded: ['0.75', 'met'], basic_reports: ['2', 'short'], rules_published: ['1', 'met'],
      control_groups: ['0.5', 'short'], campaigns_run: ['2', 'short'], members_joined: ['0.3', 'met'], lifetime_value: ['0', 'short'],
    });
    expect(computedAt).toBe(new Date(Date.parse('2026-06-18T04:00:00Z') + minute * 61_000).toISOString());
  });

  it('count members and campaigns among the reports as soon as one that sends itself asks for their metrics', async () => {
    await team.platform.pg.query(`with view as (insert into kept_view (kind, name, body, owner, sharing, created_at, updated_at)
        select 'report', metric, jsonb_build_object('question', jsonb_build_object('metrics', jsonb_build_array(metric))), 'x', 'private', now(), now() from unnest(array['messaging.clickRate', 'membership.members']) metric returning view_id)
      insert into report_schedule (name, contents, period, compare, rhythm, recipients, state, owner_locale, created_at, created_by)
        select 'own', jsonb_agg(jsonb_build_object('kind', 'saved', 'reportId', view_id)), 'yesterday', 'none', '{}', '[]', 'active', 'en', now(), 'x' from view`);
    await counted();
    expect(await criterionOf('foundation', 'basic_reports')).toMatchObject({ value: '4', state: 'met' });
    await team.platform.pg.query("delete from report_schedule where name = 'own'");
    await counted();
  });

  it('take what the team says of what the product cannot tell, with its source, and targets of its own', async () => {
    const { itemNo: foundation } = await stageOf('foundation');
    const surveys = await put('criterion', { fact: 'user_surveys', by: { kind: 'said', isMet: true, source: '问卷星 2026 年 3 月' } }, foundation);
    expect(surveys.status).toBe(201);
    expect(await criterionOf('foundation', 'user_surveys')).toMatchObject({ basis: 'said', state: 'met', source: '问卷星 2026 年 3 月' });
    await put('criterion', { fact: 'basic_reports', by: { kind: 'target', target: 2 } }, foundation);
    expect(await criterionOf('foundation', 'basic_reports')).toMatchObject({ basis: 'product', state: 'met', value: '2', target: '2' });
    await team.ask(removeItem, { params: { planNo, itemNo: surveys.body.itemNo } });
    expect(await criterionOf('foundation', 'user_surveys')).toMatchObject({ basis: 'product', state: 'absent' });
  });

  it('take a live metric with a bound, over the last period that is over', async () => {
    const { itemNo: foundation } = await stageOf('foundation');
    const sales = { kind: 'figure', asked: { metric: 'sales' }, period: 'month', is: 'at_least', bound: '40' };
    const own = (await put('criterion', { name: '月销售额 🎯', by: sales }, foundation)).body;
    await read();
    expect(await criterionOf('foundation', `item:${own.itemNo}`)).toMatchObject({ name: '月销售额 🎯', basis: 'figure', state: 'met', value: '40', unit: 'money', period: { from: '2026-05-01', to: '2026-05-31' } });
    await edit(own, { by: { ...sales, period: 'quarter' } });
    await read();
    expect(await criterionOf('foundation', `item:${own.itemNo}`)).toMatchObject({ state: 'no_data', value: null, period: { from: '2026-01-01', to: '2026-03-31' } });
  });

  it('refuse criteria that say nothing, or are of another stage, or stand there already', async () => {
    const { itemNo: foundation } = await stageOf('foundation');
    const said = { kind: 'said', isMet: true, source: 'x' };
    const codes = await Promise.all([
      { by: said }, { name: 'x', by: { kind: 'target', target: 3 } }, { fact: 'control_groups', by: said }, { fact: 'basic_reports', by: said },
      { fact: 'service_desk', by: { kind: 'target', target: 3 } }, { name: 'x', by: { ...said, source: ' ' } }, { name: 'x', by: { kind: 'figure', asked: { metric: 'sales' }, period: 'month', is: 'at_least', bound: 'a lot' } },
    ].map(async (body) => (await put('criterion', body, foundation)).code));
    expect(codes).toEqual(['planning.criterion_unnamed', 'planning.target_of_nothing', 'planning.fact_of_other_stage', 'planning.fact_replaced', 'planning.not_in_product', 'planning.item_refused', 'planning.item_refused']);
    expect((await put('criterion', { name: 'x', by: said })).code).toBe('planning.wrong_parent');
  });

  it('are there in no time, whatever a domain takes', async () => {
    const began = performance.now();
    await read();
    expect(performance.now() - began).toBeLessThan(500);
  });
});
