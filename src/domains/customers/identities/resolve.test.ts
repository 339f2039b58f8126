import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, staff, type TestPlatform } from '../../../../test/harness.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { createCustomers, type Customers } from '../customers.ts';
import type { IdentifierKind } from '../identifiers/kinds.ts';
import { giveIdentifier } from '../identifiers/service.ts';
import type { IdentityClaim } from './claim.ts';

const at = (day: number): Date => new Date(Date.UTC(2026, 0, day));
const claim = (identifiers: Record<string, string>, day = 1): IdentityClaim => ({
  at: at(day),
  channel: '官网',
  identifiers: Object.entries(identifiers).map(([kind, value]) => {
    const [name, namespace = ''] = kind.split(':');
    return { kind: name as IdentifierKind, namespace, value };
  }),
});

describe('who is meant', () => {
  let test: TestPlatform;
  let customers: Customers;
  beforeAll(async () => {
    test = await createTestPlatform();
    customers = createCustomers(test.platform);
  });
  afterAll(() => test.close());

  const resolve = (...claims: IdentityClaim[]): Promise<number[]> =>
    inTransaction(test.platform.pg, (client) => customers.identities.resolve(client, claims));
  const duplicates = async (): Promise<string[]> => {
    const { rows } = await test.platform.pg.query<{ pair: string }>("select low_no || '-' || high_no as pair from possible_duplicate");
    return rows.map((row) => row.pair);
  };

  it('gives one number to claims that share an identifier, in one batch and across batches', async () => {
    const [a, b, c] = await resolve(claim({ external_id: 'u1' }), claim({ external_id: 'u1', phone: '+8613800000001' }), claim({ phone: '+8613800000001' }));
    expect([b, c]).toEqual([a, a]);
    expect(await resolve(claim({ phone: '+8613800000001' }), claim({ external_id: 'u2' }))).toEqual([a, expect.not.toSatisfy((no) => no === a)]);
  });

  it('keeps namespaces of an identifier apart', async () => {
    const [a, b] = await resolve(claim({ 'openid:app-1': 'o1' }), claim({ 'openid:app-2': 'o1' }));
    expect(a).not.toBe(b);
  });

  it('lets the strongest identifier decide and leaves the others with their owners, as a possible duplicate', async () => {
    const [a, b] = await resolve(claim({ external_id: 'strong' }), claim({ phone: '+8613800000002' }));
    expect(await resolve(claim({ external_id: 'strong', phone: '+8613800000002' }))).toEqual([a]);
    expect(await resolve(claim({ phone: '+8613800000002' }))).toEqual([b]);
    expect(await duplicates()).toContain(`${a}-${b}`);
  });

  it('does not move a phone that two accounts of a family share', async () => {
    const [first] = await resolve(claim({ external_id: 'mother', phone: '+8613800000003' }));
    const [second] = await resolve(claim({ external_id: 'daughter', phone: '+8613800000003' }));
    expect(second).not.toBe(first);
    expect(await resolve(claim({ phone: '+8613800000003' }))).toEqual([first]);
    expect(await duplicates()).toContain(`${first}-${second}`);
  });

  it('gives a known person the stronger identifier they did not have yet', async () => {
    const [known] = await resolve(claim({ phone: '+8613800000004' }));
    expect(await resolve(claim({ external_id: 'u4', phone: '+8613800000004' }), claim({ external_id: 'u4' }))).toEqual([known, known]);
  });

  it('makes an anonymous visitor part of the person they turn out to be', async () => {
    const [visitor, known] = await resolve(claim({ device: 'd5' }), claim({ external_id: 'u5' }));
    expect(await resolve(claim({ external_id: 'u5', device: 'd5' }))).toEqual([known]);
    expect(await resolve(claim({ device: 'd5' }))).toEqual([known]);
    expect(await customers.lineage(visitor)).toEqual([known, visitor]);
  });

  it('lets the visitor become the person where the person is new', async () => {
    const [visitor] = await resolve(claim({ device: 'd6' }));
    expect(await resolve(claim({ external_id: 'u6', device: 'd6' }))).toEqual([visitor]);
  });

  it('does not take a second person on the same device for the first', async () => {
    const [first] = await resolve(claim({ external_id: 'u7', device: 'd7' }));
    const [second] = await resolve(claim({ external_id: 'u7b', device: 'd7' }));
    expect(second).not.toBe(first);
    expect(await duplicates()).not.toContain(`${first}-${second}`);
  });

  it('never writes a visitor who is recognised in the batch they come with', async () => {
    const before = await test.platform.pg.query('select count(*)::int as n from customer');
    const [visitor, known, both] = await resolve(claim({ device: 'd8' }, 3), claim({ external_id: 'u8' }, 5), claim({ external_id: 'u8', device: 'd8' }, 6));
    expect([visitor, both]).toEqual([known, known]);
    const after = await test.platform.pg.query('select count(*)::int as n from customer');
    expect(after.rows[0].n).toBe(before.rows[0].n + 1);
    const { rows } = await test.platform.pg.query('select created_at from customer where customer_no = $1', [known]);
    expect(rows[0].created_at).toEqual(at(3));
  });

  it('remembers the earliest moment somebody was seen, however late it is told', async () => {
    const [no] = await resolve(claim({ external_id: 'u9' }, 20));
    await resolve(claim({ external_id: 'u9' }, 10), claim({ external_id: 'u9' }, 15));
    const { rows } = await test.platform.pg.query('select created_at, channel from customer where customer_no = $1', [no]);
    expect(rows[0]).toEqual({ created_at: at(10), channel: '官网' });
  });

  it('answers 0 for what identifies nobody and for erased people, and never makes them anew', async () => {
    const { hashOf } = customers.vault;
    await test.platform.pg.query('insert into erased_identifier values (1, $1, $2), (7, $1, $3)', ['', hashOf('external_id', '', 'gone'), hashOf('device', '', 'gone-device')]);
    expect(await resolve(claim({}), claim({ external_id: 'gone' }), claim({ device: 'gone-device' }), claim({ external_id: 'gone', device: 'another' }))).toEqual([0, 0, 0, 0]);
    const [other] = await resolve(claim({ external_id: 'somebody-else', device: 'gone-device' }));
    expect(other).toBeGreaterThan(0);
    expect(await resolve(claim({ device: 'gone-device' }))).toEqual([0]);
  });

  it('agrees when many resolve the same people at once', async () => {
    const people = Array.from({ length: 60 }, (_, i) => claim({ external_id: `race-${i}`, phone: `+86139000${String(i).padStart(5, '0')}` }));
    const shuffled = (turn: number): IdentityClaim[] => [...people.slice(turn * 10), ...people.slice(0, turn * 10)];
    const rounds = await Promise.all([0, 1, 2, 3, 4].map(async (turn) => {
      const found = await resolve(...shuffled(turn));
      return new Map(shuffled(turn).map((c, i) => [c.identifiers[0].value, found[i]]));
    }));
    for (const round of rounds) expect(round).toEqual(new Map([...rounds[0]].sort((a, b) => [...round.keys()].indexOf(a[0]) - [...round.keys()].indexOf(b[0]))));
    const { rows } = await test.platform.pg.query(
      'select count(*)::int as n from customer c where status = 0 and not exists (select from identifier i where i.customer_no = c.customer_no)');
    expect(rows[0].n).toBe(0);
  });

  it('agrees when a visitor is recognised by two at once', async () => {
    const [visitor, known] = await resolve(claim({ device: 'd10' }), claim({ external_id: 'u10' }));
    await Promise.all([
      resolve(claim({ external_id: 'u10', device: 'd10' })),
      resolve(claim({ phone: '+8613800000010', device: 'd10' })),
      resolve(claim({ external_id: 'u10', device: 'd10' })),
    ]);
    const owners = await resolve(claim({ device: 'd10' }), claim({ external_id: 'u10' }));
    expect(owners[1]).toBe(known);
    expect([known, visitor]).toContain(owners[0]);
    const { rows } = await test.platform.pg.query('select 1 from identifier i join customer c using (customer_no) where c.status <> 0');
    expect(rows).toEqual([]);
  });

  it('is not said of two by hand either: a number of the shop stays with whoever a file of old gave it to', async () => {
    await test.platform.pg.query("insert into identifier_namespace (kind, namespace, is_own) values (1, 'default', true)");
    const [held, other] = await resolve(claim({ 'external_id:default': 'F1' }), claim({ external_id: 'F2' }));
    const give = (customerNo: number) => giveIdentifier(test.platform, customers.vault, customerNo, { kind: 'external_id', namespace: '', value: 'F1' }, staff('customers.edit'));
    await expect(give(other)).rejects.toMatchObject({ code: 'customers.identifier_taken', params: { customerNo: held } });
    await expect(give(held)).rejects.toMatchObject({ code: 'customers.identifier_held' });
  });
});
