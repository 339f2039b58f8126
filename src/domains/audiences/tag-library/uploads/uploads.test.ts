import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTagLibraryServer, type TagLibraryServer } from '../../../../../test/tag-library-server.ts';
import { mergeCustomers } from '../../../customers/contract.ts';
import { createLibraryTag, fileKinds, listTagPeople, readLibraryTag, uploadTagFile } from '../../contract.ts';

const may = 'audiences.read audiences.tags';

describe('a tag given by a file', () => {
  let shop: TagLibraryServer;
  let people: number[];
  let made = 0;
  beforeAll(async () => {
    shop = await createTagLibraryServer();
    people = [];
    for (let i = 0; i < 4; i++) people.push(await shop.person({ phone: `+861380013800${i}`, external_id: `U-${i}`, member_no: `M${i}`, 'openid:wxapp': `o${i}`, email: `u${i}@example.com` }));
    await shop.customers.syncToClickHouse(people);
  });
  afterAll(() => shop.close());

  const make = async (over: object = {}) => (await shop.ask(createLibraryTag, may, { body: { name: `名单 ${++made}`, definition: { kind: 'file' }, ...over } })).body.tagId;
  const upload = (tagId: number, kind: (typeof fileKinds)[number], text: string, over: object = {}) =>
    shop.ask(uploadTagFile, may, { params: { tagId }, body: { name: '一份名单', kind, text, ...over } });
  const holders = async (tagId: number) => (await shop.ask(listTagPeople, may, { params: { tagId } })).body.rows.map((row) => row.customerNo);

  it('reaches whom it names by any kind, and counts what is nobody, what is none and what is said twice', async () => {
    const tagId = await make();
    expect((await upload(tagId, 'phone', '手机号\n13800138000\n+86 138-0013-8001\n13800138000\n13999999999')).body).toEqual({ lines: 5, people: 2, unknown: 1, refused: 1, repeated: 1 });
    expect(await holders(tagId)).toEqual(people.slice(0, 2));
    expect((await upload(tagId, 'external_id', 'U-2\nU-9')).body).toMatchObject({ people: 1, unknown: 1 });
    expect((await upload(tagId, 'email', 'U3@EXAMPLE.com')).body).toMatchObject({ people: 1 });
    expect(await holders(tagId)).toEqual(people);
  });

  it('finds what is valid in one app alone', async () => {
    const tagId = await make();
    expect((await upload(tagId, 'openid', 'o1\no2\no7')).body).toMatchObject({ people: 2, unknown: 1 });
  });

  it('takes the numbers of users as they count today', async () => {
    const [a, b] = [await shop.person({ external_id: 'Q1' }), await shop.person({ external_id: 'Q2' })];
    await shop.customers.syncToClickHouse([a, b]);
    await shop.ask(mergeCustomers, 'customers.merge', { body: { survivorNo: a, absorbedNo: b } });
    const tagId = await make();
    expect((await upload(tagId, 'customer_no', `#${b}\n999999999`)).body).toMatchObject({ people: 1, unknown: 1 });
    expect(await holders(tagId)).toEqual([a]);
  });

  it('replaces what was before when asked to, and keeps nothing of the file', async () => {
    const tagId = await make({ validDays: 7 });
    await upload(tagId, 'member_no', 'M0\nM1');
    await upload(tagId, 'member_no', 'M3', { name: '更正', replaces: true });
    expect(await holders(tagId)).toEqual([people[3]]);
    const { body } = await shop.ask(readLibraryTag, may, { params: { tagId } });
    expect(body.uploads).toMatchObject([{ name: '更正', size: 1, lapsesAt: expect.any(String) }]);
    const rows = await shop.platform.pg.query<{ text: string }>("select t::text as text from tag_upload t union all select a::text from audit_log a where action like 'audiences.%'");
    for (const { text } of rows.rows) expect(text).not.toContain('13800138');
  });

  it('refuses a file that names nobody, one that is too long, and a tag that is given otherwise', async () => {
    const tagId = await make();
    const nobody = await upload(tagId, 'phone', '13999999999\n不是号码');
    expect(nobody).toMatchObject({ status: 400, code: 'audiences.file_names_nobody' });
    expect(nobody.text).not.toContain('13999999999');
    expect(await upload(tagId, 'external_id', 'x\n'.repeat(1_000_001))).toMatchObject({ status: 400, code: 'audiences.file_too_long' });
    expect((await upload(tagId, 'phone', '')).status).toBe(400);
    const byHand = (await shop.ask(createLibraryTag, may, { body: { name: '手工的', definition: { kind: 'hand' } } })).body.tagId;
    expect(await upload(byHand, 'phone', '13800138000')).toMatchObject({ status: 409, code: 'audiences.tag_not_by_file' });
    expect((await upload(999_999, 'phone', '13800138000')).status).toBe(404);
    expect((await shop.ask(uploadTagFile, 'audiences.read', { params: { tagId }, body: { name: 'x', kind: 'phone', text: '1' } })).status).toBe(403);
    expect((await shop.ask(uploadTagFile, null, { params: { tagId }, body: { name: 'x', kind: 'phone', text: '1' } })).status).toBe(401);
  });

  it('looks up two hundred thousand lines within seconds', async () => {
    const tagId = await make();
    const began = performance.now();
    const text = `${Array.from({ length: 200_000 }, (_, i) => `${13_500_000_000 + i}`).join('\n')}\n13800138002`;
    expect((await upload(tagId, 'phone', text)).body).toMatchObject({ lines: 200_001, people: 1, unknown: 200_000 });
    expect(performance.now() - began).toBeLessThan(30_000);
  });
});
