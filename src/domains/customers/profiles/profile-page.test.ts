import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomersServer, type CustomersServer } from '../../../../test/customers-server.ts';
import { addIdentifier, addTag, editCustomer, mergeCustomers, readCustomer, recordConsent, removeIdentifier, removeTag, revealCustomer, undoMerge, dismissDuplicate } from '../contract.ts';

const everything = 'customers.read customers.edit customers.reveal customers.merge customers.tag customers.consent';

describe('the page of a customer', () => {
  let shop: CustomersServer;
  beforeAll(async () => {
    shop = await createCustomersServer();
  });
  afterAll(() => shop.close());

  const read = async (customerNo: number) => (await shop.ask(readCustomer, 'customers.read', { params: { customerNo } })).body;
  const auditOf = async (customerNo: number): Promise<string[]> => {
    const { rows } = await shop.platform.pg.query<{ action: string }>('select action from audit_log where subject = $1 order by seq', [`customer:${customerNo}`]);
    return rows.map((row) => row.action);
  };

  it('shows who somebody is and how they came, every personal value in part', async () => {
    const customerNo = await shop.person(
      { external_id: 'page-1', phone: '+8613800138000', email: 'zhang@example.com', 'openid:mini': 'oAbCdEfGhIjK' },
      { name: '王小明', gender: '男', birthday: '1990-05-17', address: { state: '浙江', city: '杭州', street: '文三路 138 号' }, plan: 'gold', idCard: '11010519491231002X' }, 3, '微信小程序');
    const page = await read(customerNo);
    expect(page).toMatchObject({
      customerNo, name: '王**', gender: 'male', birthDate: '1990-05-17', province: '浙江', city: '杭州',
      attributes: { plan: 'gold' }, firstSeenAt: '2026-01-03T00:00:00.000Z', channel: '微信小程序', importId: null, lineage: [customerNo],
    });
    expect(page.identifiers.map((i) => [i.kind, i.masked])).toEqual(expect.arrayContaining([
      ['external_id', 'page-1'], ['phone', '138****8000'], ['email', 'z***@example.com'], ['openid', 'oA****'],
    ]));
    const everythingShown = JSON.stringify(page);
    for (const secret of ['王小明', '13800138000', 'zhang@', 'oAbCdEf', '文三路 138', '11010519491231002X']) expect(everythingShown).not.toContain(secret);
  });

  it('reveals values in full only to who may, and the audit log says so', async () => {
    const customerNo = await shop.person({ external_id: 'page-2', phone: '+8613800138002' }, { name: '李雷', street: '中山路 1 号' });
    expect((await shop.ask(revealCustomer, 'customers.read', { params: { customerNo } })).status).toBe(403);
    const { body } = await shop.ask(revealCustomer, 'customers.reveal', { params: { customerNo } });
    expect(body).toMatchObject({ name: '李雷', personal: { street: '中山路 1 号' } });
    expect(body.identifiers.map((i) => i.value).sort()).toEqual(['+8613800138002', 'page-2']);
    expect(await auditOf(customerNo)).toEqual(['customers.reveal']);
    const { rows } = await shop.platform.pg.query("select details::text from audit_log where action = 'customers.reveal'");
    expect(JSON.stringify(rows)).not.toMatch(/李雷|13800138002/);
  });

  it('answers 404 for nobody, and with the survivor for a number that became part of them', async () => {
    expect(await shop.ask(readCustomer, 'customers.read', { params: { customerNo: 999_999 } })).toMatchObject({ status: 404, code: 'customers.not_found' });
    const [a, b] = [await shop.person({ external_id: 'page-3a' }, { name: '甲', plan: 'gold' }), await shop.person({ external_id: 'page-3b' }, { city: '上海' })];
    const { body } = await shop.ask(mergeCustomers, everything, { body: { survivorNo: b, absorbedNo: a } });
    expect(await read(a)).toMatchObject({ customerNo: b, lineage: [b, a], name: '甲**', city: '上海', attributes: { plan: 'gold' } });
    // Identifiers of a kind stand in the order of their hashes, which differs from one deployment to another.
    expect((await read(b)).identifiers.map((i) => [i.masked, i.cameWith]).sort()).toEqual([['page-3a', a], ['page-3b', null]]);
    await shop.ask(undoMerge, everything, { params: { mergeId: body.mergeId } });
    expect(await read(a)).toMatchObject({ customerNo: a, name: '甲**', city: null });
    expect(await read(b)).toMatchObject({ name: null, city: '上海', attributes: {} });
  });

  it('lets one of two edits win that were made on the same version', async () => {
    const customerNo = await shop.person({ external_id: 'page-4' }, { name: '旧名', city: '北京' });
    const { version } = await read(customerNo);
    const first = await shop.ask(editCustomer, everything, { params: { customerNo }, body: { version, name: '新名', city: null, attributes: { size: 'M' } } });
    expect(first.status).toBe(200);
    const second = await shop.ask(editCustomer, everything, { params: { customerNo }, body: { version, city: '广州' } });
    expect(second).toMatchObject({ status: 409, code: 'customers.changed_meanwhile' });
    expect(await read(customerNo)).toMatchObject({ name: '新**', city: null, attributes: { size: 'M' }, version: first.body.version });
    expect(await auditOf(customerNo)).toEqual(['customers.edit']);
  });

  it('keeps what a person edited against traits that were said earlier and arrive late', async () => {
    const customerNo = await shop.person({ external_id: 'page-5' }, { city: '北京' });
    await shop.ask(editCustomer, everything, { params: { customerNo }, body: { version: (await read(customerNo)).version, city: '成都' } });
    await shop.person({ external_id: 'page-5' }, { city: '武汉', province: '湖北' }, 2);
    expect(await read(customerNo)).toMatchObject({ city: '成都', province: '湖北' });
  });

  it('gives and takes tags and identifiers, and says why it does not', async () => {
    const customerNo = await shop.person({ external_id: 'page-6', phone: '+8613800138006' });
    const params = { customerNo };
    const tagged = await shop.ask(addTag, everything, { params, body: { name: ' VIP ' } });
    expect(tagged.body.tags).toMatchObject([{ name: 'VIP' }]);
    expect((await shop.ask(addTag, everything, { params, body: { name: 'vip' } })).body.tags).toHaveLength(1);
    expect((await shop.ask(removeTag, everything, { params: { customerNo, tagId: tagged.body.tags[0].tagId } })).status).toBe(204);
    expect((await shop.ask(removeTag, everything, { params: { customerNo, tagId: tagged.body.tags[0].tagId } })).code).toBe('customers.tag_not_found');

    const give = (kind: 'phone' | 'email', value: string) => shop.ask(addIdentifier, everything, { params, body: { kind, value } });
    const added = await give('email', ' Six@Example.com ');
    expect(added.status).toBe(201);
    expect(await give('email', 'six@example.com')).toMatchObject({ status: 409, code: 'customers.identifier_held' });
    expect(await give('phone', '12345')).toMatchObject({ status: 400, code: 'customers.bad_identifier' });
    await shop.person({ external_id: 'page-6b', phone: '+8613800138066' });
    expect(await give('phone', '138 0013 8066')).toMatchObject({ status: 409, code: 'customers.identifier_taken' });

    const take = (identifierId: string) => shop.ask(removeIdentifier, everything, { params: { customerNo, identifierId } });
    expect((await take(added.body.id)).status).toBe(204);
    expect(await take(added.body.id)).toMatchObject({ status: 404, code: 'customers.identifier_not_found' });
    const left = (await read(customerNo)).identifiers;
    await take(left[0].id);
    expect(await take(left[1].id)).toMatchObject({ status: 409, code: 'customers.last_identifier' });
  });

  it('shows what counts of all that was said about consent, with its evidence', async () => {
    const customerNo = await shop.person({ external_id: 'page-7' });
    const params = { customerNo };
    const say = (granted: boolean, at?: string) => shop.ask(recordConsent, everything, { params, body: { channel: 'sms', purpose: 'marketing', granted, at, source: '客服来电', evidence: '录音 88' } });
    await say(false, '2026-01-05T08:00:00Z');
    expect((await say(true, '2026-01-04T08:00:00+08:00')).body.consents).toMatchObject([{ granted: false, history: [{ granted: false }, { granted: true }] }]);
    expect((await say(true)).body.consents).toMatchObject([{ granted: true, history: [{ evidence: { note: '录音 88' }, actor: 'test staff' }, {}, {}] }]);
    expect(await say(true, '2099-01-01T00:00:00Z')).toMatchObject({ status: 400, code: 'customers.consent_in_future' });
  });

  it('names people who share an identifier until somebody says that they are two', async () => {
    const first = await shop.person({ external_id: 'page-8a', phone: '+8613800138008' }, { name: '赵一' });
    const second = await shop.person({ external_id: 'page-8b', phone: '+8613800138008' }, { phone: '138 0013 8008' });
    expect((await read(second)).possibleDuplicates).toMatchObject([{ customerNo: first, name: '赵**', kind: 'phone' }]);
    expect((await read(second)).personal).toEqual({ phone: '138****8008' });
    const dismiss = () => shop.ask(dismissDuplicate, everything, { params: { customerNo: second, otherNo: first } });
    expect((await dismiss()).status).toBe(204);
    expect((await dismiss()).code).toBe('customers.duplicate_not_found');
    expect((await read(first)).possibleDuplicates).toEqual([]);
  });

  it('never stores a personal value readably', async () => {
    await shop.person({ external_id: 'page-9', phone: '+8615512345678', email: 'canary@example.com' }, { name: '金丝雀', street: '金丝雀街 9 号', motto: 'mail me: canary@example.com', wechat: 'canary-wx' });
    await shop.customers.copier.drain();
    const stored = await Promise.all(['identifier', 'customer_profile', 'customer_change', 'possible_duplicate', 'audit_log']
      .map(async (table) => JSON.stringify((await shop.platform.pg.query(`select t::text from ${table} t`)).rows)));
    const copied = JSON.stringify(await shop.platform.clickhouse.rows('select * from customer'));
    for (const secret of ['金丝雀', '15512345678', 'canary-wx', 'canary@example.com']) expect(stored.join() + copied, secret).not.toContain(secret);
  });
});
