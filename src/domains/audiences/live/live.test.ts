import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createIntakeTest, type IntakeTest } from '../../../../test/intake.ts';
import { staff } from '../../../../test/harness.ts';
import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { mergeCustomers } from '../../../../test/order-lines.ts';
import { rule as ruleSchema, type Rule } from '../contract/rule.ts';
import { createFieldRegistry } from '../fields/registry.ts';
import { resolveRule } from '../resolve/resolve.ts';
import { createDataVersions } from '../set/data-versions.ts';
import { createSetEvaluator } from '../set/evaluator.ts';
import { changeAudience, type Keeping, makeAudience } from '../stored/keeping/keep-audiences.ts';
import { findAudiences } from '../stored/keeping/store.ts';
import { createMemberships, type Memberships } from '../stored/membership/memberships.ts';
import { createRound, type LiveDoors } from './round.ts';

const actor = staff('audiences.edit');
const all = (...parts: unknown[]): unknown => ({ kind: 'group', match: 'all', parts });
const orders = (value: number, over: object = {}): unknown => ({ kind: 'measure', facts: { fact: 'order' }, measure: 'orders', compare: { is: 'at_least', value }, ...over });
const viewed = { kind: 'measure', facts: { fact: 'event', name: 'Product Viewed' }, measure: 'times', compare: { is: 'at_least', value: 1 } };
const spent = (value: number): unknown => ({ kind: 'field', field: 'sales_ever', test: { test: 'compare', compare: { is: 'at_least', value } } });
const inCity = (city: string): unknown => ({ kind: 'field', field: 'city', test: { test: 'any_of', values: [city] } });

describe('live audiences', () => {
  let shop: IntakeTest;
  let doors: LiveDoors;
  let keeping: Keeping;
  let memberships: Memberships;
  let round: () => Promise<number>;
  let asked: number;
  let modelRun = 1;
  let now = new Date('2026-04-10T03:00:30Z');
  let sent = 0;
  beforeAll(async () => {
    shop = await createIntakeTest();
    const platform = { ...shop.platform, clock: { now: () => now } };
    const fields = createFieldRegistry();
    memberships = createMemberships(platform);
    const sets = { members: memberships.members, list: memberships.list, tag: async () => null };
    const set = createSetEvaluator(platform, createDataVersions(platform.pg), sets);
    const evaluator = { ...set, evaluate: (rule: Parameters<typeof set.evaluate>[0]) => {
      asked++;
      return set.evaluate(rule);
    } };
    fields.register(() => ({
      name: 'model.state', label: 'audiences:field.city', type: 'text', source: 'customers', version: String(modelRun),
      relation: `select customer_no, toNullable(if(customer_no % 2 = ${modelRun % 2}, 'lost', 'active')) as value from customer final where status = 'active'`,
    }));
    doors = { platform, fields, evaluator, memberships, sets };
    keeping = { platform, evaluate: (rule, at) => evaluator.evaluate(resolveRule(rule, fields, { now: at, timeZone: 'Asia/Shanghai', untilMs: null })) };
  });
  afterAll(() => shop.close());
  beforeEach(async () => {
    await shop.platform.pg.query('truncate audience_reference, audience_cursor; delete from audience');
    round = createRound(doors);
    await settle();
    asked = 0;
  });

  const send = (...events: Record<string, unknown>[]) => shop.send('batch', { batch: events.map((event) => ({ messageId: `m${++sent}`, timestamp: now.toISOString(), ...event })) });
  const order = (userId: string, price = 10) => ({ type: 'track', event: 'Order Completed', userId, properties: { order_id: `O${++sent}`, products: [{ product_id: 'p', price, quantity: 1 }] } });
  const view = (userId: string) => ({ type: 'track', event: 'Product Viewed', userId });
  /** Facts and copies arrive, and audiences follow. */
  const settle = async (): Promise<number> => {
    await shop.drain();
    await shop.customers.copier.drain();
    return round();
  };
  const make = async (rule: unknown, name = `audience ${++sent}`): Promise<number> => {
    const audienceId = await makeAudience(keeping, { name, reason: '', kind: 'live', rule: ruleSchema.parse(rule) }, actor);
    await round();
    asked = 0;
    return audienceId;
  };
  const no = (userId: string) => shop.customerOf('external_id', userId);
  const members = async (audienceId: number): Promise<number[]> => [...await memberships.members(audienceId, null)];
  const row = async (audienceId: number) => (await findAudiences(shop.platform.pg, [audienceId]))[0];
  /** What everybody asked at once would say. */
  const truth = async (audienceId: number): Promise<number[]> => [...await keeping.evaluate((await row(audienceId)).rule, now)];

  it('follow new facts, by asking those alone whom they are about', async () => {
    const [buyers, viewers, rich] = [await make(orders(2)), await make(viewed), await make(spent(25))];
    await send(order('a'), order('a'), order('b'), view('b'));
    expect(await settle()).toBe(2);
    expect([await members(buyers), await members(viewers), await members(rich)]).toEqual([[await no('a')], [await no('b')], []]);
    await send(order('a', 30));
    await settle();
    expect([await members(rich), await members(buyers)]).toEqual([[await no('a')], [await no('a')]]);
    expect(asked).toBe(0);
    for (const audienceId of [buyers, viewers, rich]) expect(await members(audienceId)).toEqual(await truth(audienceId));
  });

  it('follow what a model says within a minute of another run, by asking for that alone', async () => {
    await send({ type: 'identify', userId: 'model e', traits: {} }, { type: 'identify', userId: 'model f', traits: {} }, order('model e'));
    await settle();
    const lost = await make({ kind: 'field', field: 'model.state', test: { test: 'any_of', values: ['lost'] } });
    await make(orders(1));
    const before = await members(lost);
    expect(before.length).toBeGreaterThan(0);
    modelRun++;
    now = new Date(now.getTime() + 60_000);
    await round();
    expect(asked).toBe(1);
    expect(await members(lost)).toEqual(await truth(lost));
    expect((await members(lost)).filter((one) => before.includes(one))).toEqual([]);
  });

  it('follow what is known of customers, merges and their undoing', async () => {
    const audienceId = await make(inCity('杭州'));
    await send({ type: 'identify', userId: 'c', traits: { city: '杭州' } }, { type: 'identify', userId: 'd', traits: { city: '苏州' } });
    await settle();
    expect(await members(audienceId)).toEqual([await no('c')]);
    await send({ type: 'identify', userId: 'c', traits: { city: '苏州' } }, { type: 'identify', userId: 'd', traits: { city: '杭州' } });
    await settle();
    expect(await members(audienceId)).toEqual([await no('d')]);
    const twice = await make(orders(2));
    await send(order('e'), order('f'));
    await settle();
    expect(await members(twice)).not.toContain(await no('e'));
    const [e, f] = [await no('e'), await no('f')];
    await shop.platform.pg.query("insert into customer_merge (survivor_no, absorbed_no, reason, actor) values ($1, $2, 'staff', 'test')", [e, f]);
    await shop.platform.pg.query("update customer set status = 1, merged_into = $1, merged_at = now() where customer_no = $2", [e, f]);
    await mergeCustomers(shop.platform.clickhouse, [{ absorbed: f, survivor: e }]);
    await shop.customers.syncToClickHouse([e, f]);
    await round();
    expect(await members(twice)).toContain(e);
    expect(await members(twice)).toEqual(await truth(twice));
  });

  it('follow each other in order, whichever was made first, also after a new rule', async () => {
    const inner = await make(viewed);
    const outer = await make(all({ kind: 'audience', audienceId: inner }, orders(1)));
    const outermost = await make({ kind: 'group', match: 'none', parts: [{ kind: 'audience', audienceId: outer }] });
    await send(view('g'), order('g'));
    await settle();
    expect(await members(outer)).toContain(await no('g'));
    expect(await members(outermost)).not.toContain(await no('g'));
    await changeAudience(keeping, inner, { version: 1, rule: ruleSchema.parse(orders(1_000)) }, actor);
    await round();
    expect([await members(outer), (await members(outermost)).includes(await no('g'))]).toEqual([[], true]);
    expect(await members(outermost)).toEqual(await truth(outermost));
  });

  it('lose nothing when a round ends half way', async () => {
    const inner = await make(viewed);
    const outer = await make({ kind: 'audience', audienceId: inner });
    await send(view('h'));
    await shop.drain();
    await shop.customers.copier.drain();
    // Dies after the first of the two was written.
    let writes = 0;
    const { pg: pool } = doors.platform;
    const dying = new Proxy(pool, { get: (target, key) => (key === 'connect' ? () => (writes++ > 0 ? Promise.reject(new Error('killed')) : target.connect()) : key === 'query' ? target.query.bind(target) : Reflect.get(target, key)) as unknown });
    await createRound({ ...doors, platform: { ...doors.platform, pg: dying } })().catch(() => undefined);
    round = createRound(doors);
    await round();
    expect(await members(inner)).toContain(await no('h'));
    expect(await members(outer)).toEqual(await members(inner));
    expect(await members(outer)).toEqual(await truth(outer));
  });

  it('change by time alone: at the brand\'s midnight, and each minute where hours are counted', async () => {
    now = new Date('2026-04-11T15:58:00Z');
    const today = await make(orders(1, { period: { from: { ago: 0, unit: 'day' } } }));
    const hour = await make(orders(1, { period: { from: { ago: 1, unit: 'hour' } } }));
    await send(order('i'));
    await settle();
    expect([await members(today), await members(hour)]).toEqual([[await no('i')], [await no('i')]]);
    now = new Date('2026-04-11T16:00:05Z');
    await round();
    expect([await members(today), await members(hour)]).toEqual([[], [await no('i')]]);
    now = new Date('2026-04-11T16:59:10Z');
    await round();
    expect(await members(hour)).toEqual([]);
  });

  it('say why they could not be kept up, loudly, while the others go on; and are well again by themselves', async () => {
    const [sick, well] = [await make(inCity('宁波')), await make(orders(1))];
    await shop.platform.pg.query("update audience set rule = $2, rule_version = 2 where audience_id = $1", [sick, JSON.stringify({ kind: 'field', field: 'gone', test: { test: 'known' } } satisfies Rule)]);
    await send({ ...order('j') }, { type: 'identify', userId: 'j', traits: { city: '宁波' } });
    await settle();
    expect((await row(sick)).trouble).toMatchObject({ code: 'audiences.unknown_field', params: { field: 'gone' } });
    expect(await members(well)).toContain(await no('j'));
    await shop.platform.pg.query('update audience set rule = $2 where audience_id = $1', [sick, JSON.stringify(inCity('宁波'))]);
    round = createRound(doors);
    await round();
    expect([(await row(sick)).trouble, await members(sick)]).toEqual([null, [await no('j')]]);
  });

  it('are computed as a whole when the facts changed by more than new batches, and wait while ClickHouse is made anew', async () => {
    const audienceId = await make(orders(1));
    await shop.platform.pg.query("update fact_state set state = 'rebuilding', whole_version = whole_version + 1");
    for (const table of ['order_line', 'customer_summary']) await shop.platform.clickhouse.command(`truncate table ${table}`);
    expect([await round(), asked]).toEqual([0, 0]);
    await shop.platform.pg.query("update fact_state set state = 'ready', data_version = data_version + 1");
    await round();
    expect([asked, await members(audienceId)]).toEqual([1, []]);
  });

  it('are not kept up once archived, nor when fixed', async () => {
    const [archived, fixed] = [await make(orders(1)), await makeAudience(keeping, { name: 'fixed', reason: '', kind: 'fixed', rule: ruleSchema.parse(orders(1)) }, actor)];
    await changeAudience(keeping, archived, { version: 1, archived: true }, actor);
    const before = [await members(archived), await members(fixed)];
    await send(order('k'));
    await settle();
    expect([await members(archived), await members(fixed)]).toEqual(before);
    await changeAudience(keeping, archived, { version: 2, archived: false }, actor);
    await round();
    expect(await members(archived)).toContain(await no('k'));
  });

  it('give way to what a person wrote meanwhile', async () => {
    const audienceId = await make(orders(1));
    const slow = createRound({ ...doors, memberships: { ...memberships, async stored(standing) {
      await inTransaction(shop.platform.pg, (client) => client.query('update audience set rule_version = rule_version + 1, is_due = true where audience_id = $1', [audienceId]));
      return standing.versionNo > 0 ? memberships.stored(standing) : Bitmap.empty;
    } } });
    await send(order('l'));
    await shop.drain();
    await shop.customers.copier.drain();
    await slow();
    expect([(await row(audienceId)).isDue, await members(audienceId)]).toEqual([true, expect.not.arrayContaining([await no('l')])]);
    await round();
    expect([(await row(audienceId)).isDue, await members(audienceId)]).toEqual([false, await truth(audienceId)]);
  });
});
