import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTagLibraryServer, type TagLibraryServer } from '../../../../test/tag-library-server.ts';
import { eraseCustomer, mergeCustomers, readCustomer, readHeldData, readTimeline } from '../../customers/contract.ts';
import { requireCard } from './cards/keep-tags.ts';
import { evaluateTag } from './evaluation/evaluate-tag.ts';
import { bitmapOf } from './members/shards.ts';
import { createLibraryTag, listTagPeople, readLibraryTag, readTagHistory, type Rule, type TagDefinition, updateLibraryTag } from '../contract.ts';

const read = 'audiences.read audiences.tags';
const inCity = (city: string): Rule => ({ kind: 'field', field: 'city', test: { test: 'any_of', values: [city] } });
const byRule = (rule: Rule): TagDefinition => ({ kind: 'rule', rule });

describe('computed tags', () => {
  let shop: TagLibraryServer;
  let made = 0;
  beforeAll(async () => {
    shop = await createTagLibraryServer();
  });
  afterAll(() => shop.close());

  const people = async (count: number, city: string): Promise<number[]> => {
    const numbers: number[] = [];
    for (let i = 0; i < count; i++) numbers.push(await shop.person({ external_id: `C${++made}` }, { city }));
    await shop.customers.syncToClickHouse(numbers);
    return numbers;
  };
  const make = async (name: string, definition: TagDefinition) => (await shop.ask(createLibraryTag, read, { body: { name, definition } })).body;
  const membersOf = async (tagId: number): Promise<number[]> => [...((await shop.sets.tag(tagId)) ?? [])];
  const stored = async (tagId: number) => (await shop.platform.pg.query('select size, entered_count as entered, left_count as left from tag_version where tag_id = $1 order by version_no', [tagId])).rows;
  const moveTo = async (customerNo: number, city: string): Promise<void> => {
    await shop.platform.pg.query('update customer_profile set city = $2 where customer_no = $1', [customerNo, city]);
    await shop.customers.syncToClickHouse([customerNo]);
  };

  it('have their people when they are made, and follow the data by what changed and nothing else', async () => {
    const [a, b, c] = await people(3, '杭州');
    const tag = await make('杭州人', byRule(inCity('杭州')));
    expect(tag).toMatchObject({ kind: 'rule', size: 3, trouble: null, definition: byRule(inCity('杭州')) });
    expect(await membersOf(tag.tagId)).toEqual([a, b, c]);
    await moveTo(b, '苏州');
    expect(await shop.turn()).toBe(1);
    expect(await membersOf(tag.tagId)).toEqual([a, c]);
    expect(await shop.turn()).toBe(0);
    await moveTo(a, '杭州');
    await shop.turn();
    expect(await stored(tag.tagId)).toEqual([{ size: 3, entered: 3, left: 0 }, { size: 2, entered: 0, left: 1 }]);
  });

  it('write no row a person', async () => {
    const { rows } = await shop.platform.pg.query<{ n: number }>('select count(*)::int as n from customer_tag');
    expect(rows[0].n).toBe(0);
    const members = await shop.platform.pg.query<{ n: number }>('select count(*)::int as n from tag_members');
    expect(members.rows[0].n).toBe(1);
  });

  it('are seen by rules, of everybody, as tags that are given are', async () => {
    const [a] = await people(1, '宁波');
    const tag = await make('宁波人', byRule(inCity('宁波')));
    const asking = await make('不在宁波', byRule({ kind: 'tag', tags: [tag.tagId], match: 'none' }));
    const everybody = (await shop.doors.everybody()).size;
    expect(asking.size).toBe(everybody - 1);
    await moveTo(a, '温州');
    await shop.turn();
    await shop.turn();
    expect((await shop.ask(readLibraryTag, read, { params: { tagId: asking.tagId } })).body.size).toBe(everybody);
  });

  it('are on the page of a person and in their timeline, with every coming and going', async () => {
    const [a] = await people(1, '绍兴');
    const tag = await make('绍兴人', byRule(inCity('绍兴')));
    const tagsNow = async () => (await shop.ask(readCustomer, 'customers.read', { params: { customerNo: a } })).body.tags;
    expect(await tagsNow()).toMatchObject([{ tagId: tag.tagId, name: '绍兴人', isComputed: true }]);
    await moveTo(a, '嘉兴');
    await shop.turn();
    expect((await tagsNow()).filter((t) => t.tagId === tag.tagId)).toEqual([]);
    await moveTo(a, '绍兴');
    await shop.turn();
    const told = async (limit: number, cursor?: string) => (await shop.ask(readTimeline, 'customers.read', { params: { customerNo: a }, query: { kinds: 'computed_tag', limit, cursor } })).body;
    const all = await told(100);
    expect(all.entries.filter((e) => e.params.name === '绍兴人').map((e) => e.text.split('.')[1])).toEqual(['tagEntered', 'tagLeft', 'tagEntered']);
    const first = await told(2);
    const rest = await told(100, first.cursor ?? undefined);
    expect([...first.entries, ...rest.entries]).toEqual(all.entries);
  });

  it('tell their size by day, with who came and who left', async () => {
    const [a] = await people(2, '金华');
    shop.now.at = new Date('2026-04-01T02:00:00Z');
    const tag = await make('金华人', byRule(inCity('金华')));
    shop.now.at = new Date('2026-04-03T02:00:00Z');
    await moveTo(a, '丽水');
    await shop.turn();
    shop.now.at = new Date('2026-04-04T02:00:00Z');
    const { body } = await shop.ask(readTagHistory, read, { params: { tagId: tag.tagId }, query: { days: 30 } });
    expect(body.days).toEqual([
      { day: '2026-04-01', size: 2, entered: 2, left: 0 },
      { day: '2026-04-02', size: 2, entered: 0, left: 0 },
      { day: '2026-04-03', size: 1, entered: 0, left: 1 },
      { day: '2026-04-04', size: 1, entered: 0, left: 0 },
    ]);
    shop.now.at = null;
  });

  it('are computed anew when the brand has another day, though no data changed', async () => {
    const [a] = await people(1, '舟山');
    await shop.orders([[a, 30]], '2026-05-01T04:00:00.000Z');
    shop.now.at = new Date('2026-05-30T15:59:00Z');
    const recent: Rule = { kind: 'measure', facts: { fact: 'order', of: 'sale', where: [] }, measure: 'orders', period: { from: { ago: 29, unit: 'day' } }, compare: { is: 'at_least', value: '1' } };
    const tag = await make('近 30 天下过单', byRule(recent));
    expect(await membersOf(tag.tagId)).toEqual([a]);
    await shop.turn();
    expect(await shop.turn()).toBe(0);
    shop.now.at = new Date('2026-05-30T16:00:00Z');
    expect(await shop.turn()).toBeGreaterThan(0);
    expect(await membersOf(tag.tagId)).toEqual([]);
    shop.now.at = null;
  });

  it('count a merged person once, under the number they count for', async () => {
    const [a, b] = await people(2, '湖州');
    const tag = await make('湖州人', byRule(inCity('湖州')));
    await shop.ask(mergeCustomers, 'customers.merge', { body: { survivorNo: a, absorbedNo: b } });
    await shop.turn();
    expect(await membersOf(tag.tagId)).toEqual([a]);
    const { body } = await shop.ask(listTagPeople, read, { params: { tagId: tag.tagId } });
    expect(body.rows.map((row) => row.customerNo)).toEqual([a]);
  });

  it('forget an erased person, their history included', async () => {
    const [a, b] = await people(2, '衢州');
    const tag = await make('衢州人', byRule(inCity('衢州')));
    const held = await shop.ask(readHeldData, 'customers.read customers.erase', { params: { customerNo: a } });
    expect(held.body.counts.computed_tag).toBeGreaterThan(0);
    const erased = await shop.ask(eraseCustomer, 'customers.erase', { params: { customerNo: a }, body: { confirm: String(a), reason: 'asked' } });
    expect(erased.status).toBe(200);
    await shop.customers.copier.drain();
    await shop.turn();
    expect(await membersOf(tag.tagId)).toEqual([b]);
    const moves = await shop.platform.pg.query<{ entered: Buffer; left_members: Buffer }>('select entered, left_members from tag_move where tag_id = $1', [tag.tagId]);
    for (const { entered, left_members } of moves.rows) expect([bitmapOf(entered).has(a), bitmapOf(left_members).has(a)]).toEqual([false, false]);
    expect((await shop.ask(readLibraryTag, read, { params: { tagId: tag.tagId } })).body.size).toBe(1);
  });

  it('keep their people and say why when their rule cannot be asked any more', async () => {
    await people(1, '台州');
    const tag = await make('台州人', byRule(inCity('台州')));
    await shop.platform.pg.query(`update tag_card set definition = '{"kind":"rule","rule":{"kind":"field","field":"gone.field","test":{"test":"known"}}}' where tag_id = $1`, [tag.tagId]);
    await shop.platform.pg.query('update tag_state set stamp = null where tag_id = $1', [tag.tagId]);
    await shop.turn();
    const { body } = await shop.ask(readLibraryTag, read, { params: { tagId: tag.tagId } });
    expect(body.size).toBe(1);
    expect(body.trouble).toContain('gone.field');
    expect(await shop.turn()).toBe(0);
    const mended = await shop.ask(updateLibraryTag, read, { params: { tagId: tag.tagId }, body: { version: body.version, definition: byRule(inCity('台州')) } });
    expect(mended.body.trouble).toBeNull();
  });

  it('drop what was computed for an older version of the tag', async () => {
    await people(1, '义乌');
    const tag = await make('义乌人', byRule(inCity('义乌')));
    const old = await requireCard(shop.platform.pg, tag.tagId);
    await shop.ask(updateLibraryTag, read, { params: { tagId: tag.tagId }, body: { version: 1, definition: byRule(inCity('无此城')) } });
    await evaluateTag(shop.doors, old);
    expect(await membersOf(tag.tagId)).toEqual([]);
  });
});
