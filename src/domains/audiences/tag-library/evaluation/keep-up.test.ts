import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTagLibraryServer, type TagLibraryServer } from '../../../../../test/tag-library-server.ts';
import { Problem } from '../../../../kernel/problem.ts';
import { createLibraryTag, readLibraryTag, type Rule, type TagDefinition, updateLibraryTag } from '../../contract.ts';
import { requireCard } from '../cards/keep-tags.ts';
import { evaluateTag } from './evaluate-tag.ts';
import { keepTagsUp } from './keep-up.ts';

const may = 'audiences.read audiences.tags';
const inCity = (city: string): Rule => ({ kind: 'field', field: 'city', test: { test: 'any_of', values: [city] } });
const sales = { kind: 'field', field: 'sales_ever' } as const;

describe('keeping computed tags up to date', () => {
  let shop: TagLibraryServer;
  let people: number[];
  beforeAll(async () => {
    shop = await createTagLibraryServer();
    people = [];
    for (let i = 0; i < 4; i++) people.push(await shop.person({ external_id: `K${i}` }, { city: '杭州' }));
    await shop.customers.syncToClickHouse(people);
  });
  afterAll(() => shop.close());

  const make = async (name: string, definition: TagDefinition) => (await shop.ask(createLibraryTag, may, { body: { name, definition } })).body;
  const tagOf = async (tagId: number) => (await shop.ask(readLibraryTag, may, { params: { tagId } })).body;
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn++) if ((await shop.turn()) === 0) return;
    throw new Error('the tags do not come to rest');
  };

  it('comes to rest, and begins again with new facts', async () => {
    const rule: Rule = { kind: 'field', field: 'orders_ever', test: { test: 'compare', compare: { is: 'at_least', value: '1' } } };
    const buyers = await make('买过', { kind: 'rule', rule });
    const notBuyers = await make('没买过', { kind: 'rule', rule: { kind: 'tag', tags: [buyers.tagId], match: 'none' } });
    await settle();
    expect([buyers.size, notBuyers.size]).toEqual([0, 4]);
    await shop.orders([[people[0], 80], [people[1], 120]]);
    await settle();
    expect([(await tagOf(buyers.tagId)).size, (await tagOf(notBuyers.tagId)).size]).toEqual([2, 2]);
  });

  it('computes a rule of hours again within the day, and one of days not', async () => {
    await settle();
    shop.now.at = new Date('2026-05-01T02:00:00Z');
    await settle();
    const inHours: Rule = { kind: 'measure', facts: { fact: 'order', of: 'sale', where: [] }, measure: 'orders', period: { from: { ago: 3, unit: 'hour' } }, compare: { is: 'at_least', value: '1' } };
    await make('三小时内下单', { kind: 'rule', rule: inHours });
    await settle();
    shop.now.at = new Date('2026-05-01T02:11:00Z');
    expect(await shop.turn()).toBe(1);
    shop.now.at = null;
  });

  it('keeps limits by shares for the day, and chooses others on the next or when the shares are others', async () => {
    shop.now.at = new Date('2026-06-01T02:00:00Z');
    const half: TagDefinition = { kind: 'tiers', tiers: { by: 'shares', of: sales, over: '0', labels: ['低', '高'], shares: [50, 50] } };
    const { tagId } = await make('消费高低', half);
    const limit = async () => (await tagOf(tagId)).tiers[1].from;
    expect(await limit()).toBe('120');
    await shop.orders([[people[2], 300], [people[3], 500]]);
    await settle();
    expect(await limit()).toBe('120');
    expect((await tagOf(tagId)).tiers.map((tier) => tier.size)).toEqual([1, 3]);
    shop.now.at = new Date('2026-06-02T02:00:00Z');
    await settle();
    expect(await limit()).toBe('300');
    const { version } = await tagOf(tagId);
    await shop.ask(updateLibraryTag, may, { params: { tagId }, body: { version, definition: { kind: 'tiers', tiers: { ...half.tiers, shares: [75, 25] } as never } } });
    expect(await limit()).toBe('500');
    shop.now.at = null;
  });

  it('has tiers without anybody while nobody has a value', async () => {
    const tiers = { by: 'shares', of: { kind: 'field', field: 'refunded_ever' }, over: '0', labels: ['低', '高'], shares: [50, 50] } as const;
    const tag = await make('退款高低', { kind: 'tiers', tiers: { ...tiers, labels: [...tiers.labels], shares: [...tiers.shares] } });
    expect(tag.tiers).toMatchObject([{ size: 0, from: null }, { size: 0, from: null }]);
    expect(tag.trouble).toBeNull();
  });

  it('tries again when a store is away, and says nothing against the tag', async () => {
    const tag = await make('杭州', { kind: 'rule', rule: inCity('杭州') });
    await settle();
    const away = new Problem('platform.analytics_unavailable', { status: 503 });
    const doors = { ...shop.doors, evaluate: () => Promise.reject(away) };
    await shop.platform.pg.query('update tag_state set stamp = null where tag_id = $1', [tag.tagId]);
    await expect(evaluateTag(doors, await requireCard(shop.platform.pg, tag.tagId))).rejects.toBe(away);
    expect(await tagOf(tag.tagId)).toMatchObject({ size: 4, trouble: null });
    expect(await shop.turn()).toBe(1);
  });

  it('knows a tag to be up to date that needs no computing, and not one that is in trouble', async () => {
    const [sound, troubled] = [await make('安稳', { kind: 'rule', rule: inCity('杭州') }), await make('出错', { kind: 'rule', rule: inCity('杭州') })];
    await settle();
    await shop.platform.pg.query(`update tag_state set trouble = '{"code": "audiences.unknown_field", "params": {}}' where tag_id = $1`, [troubled.tagId]);
    await shop.platform.pg.query("update tag_state set evaluated_at = evaluated_at - interval '1 hour'");
    expect(await shop.turn()).toBe(0);
    const age = async (tagId: number): Promise<number> => Date.now() - Date.parse((await tagOf(tagId)).freshAt ?? '');
    expect(await age(sound.tagId)).toBeLessThan(60_000);
    expect(await age(troubled.tagId)).toBeGreaterThan(3_000_000);
    await shop.platform.pg.query('update tag_state set trouble = null');
  });

  it('ends early when it is asked to', async () => {
    await shop.platform.pg.query('update tag_state set stamp = null');
    expect(await keepTagsUp(shop.doors, AbortSignal.abort())).toBe(0);
    expect(await shop.turn()).toBeGreaterThan(1);
  });

  it('computes those first that were not computed for the longest', async () => {
    await settle();
    await shop.platform.pg.query('update tag_state set stamp = null');
    const before = (await shop.platform.pg.query<{ tag_id: number }>("select tag_id from tag_state join tag_card using (tag_id) where kind <> 'tier' order by evaluated_at, tag_id")).rows;
    await shop.turn();
    const after = (await shop.platform.pg.query<{ tag_id: number }>("select tag_id from tag_state join tag_card using (tag_id) where kind <> 'tier' order by evaluated_at, tag_id")).rows;
    expect(after).toEqual(before);
  });
});
