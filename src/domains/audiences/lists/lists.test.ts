import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomersServer, type CustomersServer } from '../../../../test/customers-server.ts';
import { eraseCustomer, mergeCustomers } from '../../customers/contract.ts';
import { createAudiences } from '../audiences.ts';
import { createAudience, deleteAudience, deletePeopleList, listMembers, listPeopleLists, renamePeopleList, type Rule, updateAudience, uploadPeopleList } from '../contract.ts';
import { heldMembers } from '../stored/membership/held-members.ts';
import { readMembers } from '../stored/membership/read-membership.ts';

const may = 'audiences.read audiences.edit';

describe('lists of people', () => {
  let shop: CustomersServer;
  let people: number[];
  let made = 0;
  beforeAll(async () => {
    shop = await createCustomersServer((platform, customers) => createAudiences(platform, customers).routes);
    people = [];
    for (let i = 0; i < 5; i++) people.push(await shop.person({ phone: `+861380013800${i}`, external_id: `U-${i}` }));
    await shop.customers.syncToClickHouse(people);
  });
  afterAll(() => shop.close());

  const upload = (text: string, kind: 'phone' | 'external_id' | 'customer_no' = 'phone', name = `list ${++made}`) => shop.ask(uploadPeopleList, may, { body: { name, kind, text } });
  const audienceOf = (rule: Rule) => shop.ask(createAudience, may, { body: { name: `audience ${++made}`, kind: 'live', rule } });
  const members = async (audienceId: number) => (await shop.ask(listMembers, may, { params: { audienceId } })).body.rows.map((row) => row.customerNo);

  it('hold whom a file names, and say who is unknown and who is named again', async () => {
    const { status, body, text } = await upload('手机号\n13800138000\n+86 138-0013-8001\n13800138000\n13999999999\n');
    expect(status, text).toBe(201);
    expect(body).toMatchObject({ size: 2, lines: 5, unknown: 2, duplicates: 1, createdBy: 'test staff', usedBy: [] });
    const { body: audience } = await audienceOf({ kind: 'list', listId: body.listId });
    expect(await members(audience.audienceId)).toEqual(people.slice(0, 2));
    expect((await upload("U-3\n'; drop table audience_list; --\n１２３🧧", 'external_id')).body).toMatchObject({ size: 1, lines: 3, unknown: 2, duplicates: 0 });
    expect((await upload(`${people[4]}\n#${people[4]}\n999999`, 'customer_no')).body).toMatchObject({ size: 1, unknown: 1, duplicates: 1 });
    expect((await upload('13911111111')).body).toMatchObject({ size: 0, unknown: 1 });
  });

  it('are refused where there is nothing in them, too much, or the name is taken', async () => {
    expect((await upload(' \n')).code).toBe('audiences.list_empty');
    expect((await upload('1\n'.repeat(1_000_001), 'customer_no')).code).toBe('audiences.list_too_long');
    await upload('13800138000', 'phone', 'Taken');
    expect(await upload('13800138000', 'phone', 'taken')).toMatchObject({ status: 409, code: 'audiences.name_taken' });
    expect((await shop.ask(uploadPeopleList, 'audiences.read', { body: { name: 'x', kind: 'phone', text: '1' } })).status).toBe(403);
  });

  it('can be found, renamed, and deleted once nothing refers to them; all of it is in the audit log', async () => {
    const { body: { listId } } = await upload('13800138000', 'phone', '双十一名单');
    const { body: audience } = await audienceOf({ kind: 'group', match: 'all', parts: [{ kind: 'list', listId }] });
    expect((await shop.ask(listPeopleLists, may, { query: { q: '双十一' } })).body).toMatchObject({ total: 1, rows: [{ listId, usedBy: [{ name: audience.name }] }] });
    const refused = await shop.ask(deletePeopleList, may, { params: { listId } });
    expect([refused.status, refused.code, refused.text.includes(audience.name)]).toEqual([409, 'audiences.in_use', true]);
    expect((await shop.ask(renamePeopleList, may, { params: { listId }, body: { name: '双十二名单' } })).status).toBe(204);
    expect((await shop.ask(renamePeopleList, may, { params: { listId: 999_999 }, body: { name: 'x' } })).status).toBe(404);
    await shop.ask(deleteAudience, may, { params: { audienceId: audience.audienceId } });
    expect((await shop.ask(deletePeopleList, may, { params: { listId } })).status).toBe(204);
    expect((await shop.ask(deletePeopleList, may, { params: { listId } })).status).toBe(404);
    const { rows } = await shop.platform.pg.query<{ action: string }>('select action from audit_log where subject = $1 order by seq', [`audience_list:${listId}`]);
    expect(rows.map((row) => row.action)).toEqual(['audiences.upload_list', 'audiences.rename_list', 'audiences.delete_list']);
  });

  it('come in pages, the newest first, and in no other order', async () => {
    const names = ['page one', 'page two', 'page three'];
    for (const name of names) await upload('13800138000', 'phone', name);
    const page = async (number: number) => (await shop.ask(listPeopleLists, may, { query: { q: 'PAGE ', page: number, pageSize: 2 } })).body;
    expect([(await page(1)).rows.map((row) => row.name), (await page(2)).rows.map((row) => row.name), (await page(1)).total]).toEqual([['page three', 'page two'], ['page one'], 3]);
    expect((await shop.ask(listPeopleLists, may, { query: { q: '%' } })).body.total).toBe(0);
    expect((await shop.ask(listPeopleLists, may, { query: { sort: 'name' } })).code).toBe('audiences.bad_sort');
  });

  it('name whoever a person was merged into', async () => {
    await shop.ask(mergeCustomers, 'customers.merge', { body: { survivorNo: people[0], absorbedNo: people[1] } });
    const { body } = await upload('13800138001\n13800138000');
    expect(body).toMatchObject({ size: 1, unknown: 0, duplicates: 1 });
  });

  it('forget people who are erased, and audiences forget them at every past moment', async () => {
    const [gone, kept] = [people[3], people[4]];
    const { body: list } = await upload(`${gone}\n${kept}`, 'customer_no');
    const { body: audience } = await audienceOf({ kind: 'list', listId: list.listId });
    await shop.ask(updateAudience, may, { params: { audienceId: audience.audienceId }, body: { version: 1, rule: { kind: 'group', match: 'any', parts: [] } } });
    await shop.ask(updateAudience, may, { params: { audienceId: audience.audienceId }, body: { version: 2, rule: { kind: 'list', listId: list.listId } } });
    const { pg: pool } = shop.platform;
    const person = { customerNos: [gone], identifiers: [] };
    const stays = (await Array.fromAsync(heldMembers(pool).export(person))) as { audience: string; entered: boolean }[];
    expect(stays.filter((stay) => stay.audience === audience.name).map((stay) => stay.entered)).toEqual([true, false, true]);
    expect(await heldMembers(pool).count(person)).toBeGreaterThanOrEqual(2);
    const erased = await shop.ask(eraseCustomer, 'customers.erase', { params: { customerNo: gone }, body: { confirm: String(gone), reason: 'asked for it' } });
    expect([erased.status, (erased.body.counts as Record<string, number>).audience_member >= 2]).toEqual([200, true]);
    expect(await heldMembers(pool).count(person)).toBe(0);
    expect(await Array.fromAsync(heldMembers(pool).export(person))).toEqual([]);
    for (const versionNo of [1, 3]) expect([...await readMembers(pool, audience.audienceId, versionNo)]).toEqual([kept]);
    expect(await members(audience.audienceId)).toEqual([kept]);
    expect((await pool.query('select size, rewrites from audience where audience_id = $1', [audience.audienceId])).rows).toEqual([{ size: 1, rewrites: 1 }]);
    expect(await heldMembers(pool).erase(person)).toBe(0);
  });
});
