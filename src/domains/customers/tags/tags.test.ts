import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCustomersServer, type CustomersServer } from '../../../../test/customers-server.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { addTag, listTags, mergeCustomers, readCustomer, readTimeline, removeTag } from '../contract.ts';
import { lapseTags } from './lapse.ts';

describe('tags given by hand', () => {
  let shop: CustomersServer;
  let people: number[];
  let made = 0;
  beforeAll(async () => {
    shop = await createCustomersServer();
  });
  afterAll(() => shop.close());
  beforeEach(async () => {
    people = [];
    for (let i = 0; i < 3; i++) people.push(await shop.person({ external_id: `P${++made}` }));
  });

  const tag = async (name: string, columns: Record<string, unknown> = {}): Promise<number> => {
    const { rows } = await shop.platform.pg.query<{ tag_id: number }>(
      'insert into tag (name, valid_days, valid_until, is_computed) values ($1, $2, $3, $4) returning tag_id',
      [name, columns.validDays ?? null, columns.validUntil ?? null, columns.isComputed ?? false]);
    return rows[0].tag_id;
  };
  const give = (tagId: number, customerNos: number[], at: string) =>
    inTransaction(shop.platform.pg, (client) => shop.customers.tags.giveToMany(client, { tagId, customerNos, at: new Date(at), by: 'Li' }));
  const take = (tagId: number, customerNos: number[]) =>
    inTransaction(shop.platform.pg, (client) => shop.customers.tags.takeFromMany(client, { tagId, customerNos, at: new Date('2026-02-01T00:00:00Z'), by: 'Wang' }));
  const held = async (customerNo: number) => (await shop.ask(readCustomer, 'customers.read', { params: { customerNo } })).body.tags;
  const history = async (customerNo: number) =>
    (await shop.ask(readTimeline, 'customers.read', { params: { customerNo }, query: { kinds: 'tag' } })).body.entries.map((e) => `${e.text.split('.')[1]} ${e.params.actor} ${e.at.slice(0, 16)}`);
  const lapseAt = (moment: string) => lapseTags({ ...shop.platform, clock: { now: () => new Date(moment) } });
  /** What ClickHouse, and so every audience, knows. */
  const copied = async (customerNo: number): Promise<number[]> => {
    await shop.customers.copier.drain();
    const [row] = (await shop.platform.clickhouse.rows('select tags from customer final where customer_no = {no:UInt32}', { no: customerNo })) as { tags: number[] }[];
    return row.tags;
  };

  it('are given to many at once, to each once, and to nobody who does not exist', async () => {
    const tagId = await tag('老客户');
    expect(await give(tagId, [...people, people[0], 999_999_999], '2026-01-10T00:00:00Z')).toBe(3);
    expect(await give(tagId, people, '2026-01-11T00:00:00Z')).toBe(0);
    expect(await history(people[0])).toEqual(['tagAdded Li 2026-01-10T00:00']);
    expect(await copied(people[1])).toEqual([tagId]);
  });

  it('are taken from many at once, and the taking stays in the history', async () => {
    const tagId = await tag('临时');
    await give(tagId, people.slice(0, 2), '2026-01-10T00:00:00Z');
    expect(await take(tagId, [...people, 999_999_999])).toBe(2);
    expect(await held(people[0])).toEqual([]);
    expect(await history(people[0])).toEqual(['tagRemoved Wang 2026-02-01T00:00', 'tagAdded Li 2026-01-10T00:00']);
    expect(await copied(people[0])).toEqual([]);
  });

  it('reach whoever a number counts as today, and leave with everybody who became part of them', async () => {
    const tagId = await tag('合并');
    await give(tagId, [people[1]], '2026-01-10T00:00:00Z');
    await shop.ask(mergeCustomers, 'customers.merge', { body: { survivorNo: people[0], absorbedNo: people[1] } });
    expect(await give(tagId, [people[1]], '2026-01-12T00:00:00Z')).toBe(1);
    expect((await held(people[0])).map((t) => t.name)).toEqual(['合并']);
    expect(await take(tagId, [people[1]])).toBe(1);
    expect(await held(people[0])).toEqual([]);
    expect(await copied(people[0])).toEqual([]);
  });

  it('last as many days of the brand as they are valid, the day of giving included', async () => {
    const tagId = await tag('三天', { validDays: 3 });
    // 23:30 in Shanghai: the first day has half an hour left.
    await give(tagId, [people[0]], '2026-01-10T15:30:00Z');
    expect((await held(people[0]))[0].lapsesAt).toBe('2026-01-12T16:00:00.000Z');
    expect(await lapseAt('2026-01-12T15:59:59Z')).toBe(0);
    expect(await lapseAt('2026-01-12T16:00:00Z')).toBe(1);
    expect(await held(people[0])).toEqual([]);
    expect(await history(people[0])).toEqual(['tagLapsed Li 2026-01-12T16:00', 'tagAdded Li 2026-01-10T15:30']);
    expect(await copied(people[0])).toEqual([]);
  });

  it('last until the end of a day, whichever of both comes first', async () => {
    const tagId = await tag('双十一', { validDays: 30, validUntil: '2026-01-15' });
    await give(tagId, people.slice(0, 1), '2026-01-10T00:00:00Z');
    expect((await held(people[0]))[0].lapsesAt).toBe('2026-01-15T16:00:00.000Z');
  });

  it('are prolonged by being given again, and never shortened', async () => {
    const tagId = await tag('续期', { validDays: 10 });
    await give(tagId, [people[0]], '2026-01-10T00:00:00Z');
    expect(await give(tagId, [people[0]], '2026-01-14T00:00:00Z')).toBe(0);
    expect((await held(people[0]))[0]).toMatchObject({ addedAt: '2026-01-10T00:00:00.000Z', lapsesAt: '2026-01-23T16:00:00.000Z' });
    await give(tagId, [people[0]], '2026-01-02T00:00:00Z');
    expect((await held(people[0]))[0].lapsesAt).toBe('2026-01-23T16:00:00.000Z');
    await shop.platform.pg.query('update tag set valid_days = null where tag_id = $1', [tagId]);
    await give(tagId, [people[0]], '2026-01-15T00:00:00Z');
    expect((await held(people[0]))[0].lapsesAt).toBeNull();
  });

  it('copy the survivor anew when a tag of somebody absorbed lapses', async () => {
    const tagId = await tag('到期', { validDays: 1 });
    await give(tagId, [people[1]], '2026-01-10T00:00:00Z');
    await shop.ask(mergeCustomers, 'customers.merge', { body: { survivorNo: people[0], absorbedNo: people[1] } });
    expect(await copied(people[0])).toEqual([tagId]);
    await lapseAt('2026-03-01T00:00:00Z');
    expect(await copied(people[0])).toEqual([]);
  });

  it('leave computed tags to whoever computes them', async () => {
    const tagId = await tag('高消费', { isComputed: true });
    const [customerNo] = people;
    expect(await shop.ask(addTag, 'customers.tag', { params: { customerNo }, body: { name: '高消费' } })).toMatchObject({ status: 409, code: 'customers.tag_is_computed' });
    expect(await shop.ask(removeTag, 'customers.tag', { params: { customerNo, tagId } })).toMatchObject({ status: 409, code: 'customers.tag_is_computed' });
    await inTransaction(shop.platform.pg, (client) => shop.customers.tags.add(client, [{ customerNo, name: '高消费', at: new Date(), by: 'import 1' }]));
    expect(await held(customerNo)).toEqual([]);
    const { body } = await shop.ask(listTags, 'customers.read');
    expect(body.tags.find((t) => t.tagId === tagId)).toEqual({ tagId, name: '高消费', isComputed: true });
  });

  it('are shown beside what another domain computes', async () => {
    const other = await createCustomersServer();
    const customerNo = await other.person({ external_id: 'X' });
    other.customers.registerComputedTags({ read: async (no) => (no === customerNo ? [{ tagId: 7, name: '新客', addedAt: new Date('2026-01-01T00:00:00Z'), addedBy: 'system' }] : []) });
    const { body } = await other.ask(readCustomer, 'customers.read', { params: { customerNo } });
    expect(body.tags).toEqual([{ tagId: 7, name: '新客', addedAt: '2026-01-01T00:00:00.000Z', addedBy: 'system', lapsesAt: null, isComputed: true }]);
    await other.close();
  });
});
