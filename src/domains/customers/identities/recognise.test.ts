import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import type { ConsentChannel } from '../contract/consent.ts';
import { createCustomers, type Customers } from '../customers.ts';
import type { Identifier } from '../identifiers/kinds.ts';

describe('recognising a customer while a page waits', () => {
  let test: TestPlatform;
  let customers: Customers;
  beforeAll(async () => {
    test = await createTestPlatform();
    customers = createCustomers(test.platform);
  });
  afterAll(() => test.close());

  const id = (kind: Identifier['kind'], value: string, namespace = ''): Identifier => ({
    kind,
    namespace,
    value,
  });
  const newPerson = async (...identifiers: Identifier[]): Promise<number> => {
    const claims = [{ identifiers, at: new Date('2026-01-01') }];
    const [no] = await inTransaction(test.platform.pg, (client) =>
      customers.identities.resolve(client, claims),
    );
    return no;
  };
  const say = (
    customerNo: number,
    granted: boolean,
    day: string,
    channel: ConsentChannel = 'email',
    purpose: 'personalisation' | 'marketing' = 'personalisation',
  ) =>
    inTransaction(test.platform.pg, (client) =>
      customers.consents.record(client, [
        { customerNo, channel, purpose, granted, at: new Date(day), source: 'form', actor: 'test' },
      ]),
    );
  const merge = async (absorbed: number, survivor: number, day: string): Promise<void> => {
    const { pg } = test.platform;
    await pg.query(
      'update customer set status = 1, merged_into = $2, merged_at = $3 where customer_no = $1',
      [absorbed, survivor, day],
    );
    await pg.query('update identifier set customer_no = $2, home_no = $1 where customer_no = $1', [
      absorbed,
      survivor,
    ]);
  };

  it('goes by each kind of identifier in its one form, and by number', async () => {
    const no = await newPerson(
      id('external_id', 'U-1'),
      id('phone', '+8613800138000'),
      id('email', 'wang@example.com'),
    );
    const expected = { customerNo: no, lineage: [no], mayPersonalise: true };
    expect(await customers.recognise({ kind: 'external_id', value: ' U-1 ' })).toEqual(expected);
    expect(await customers.recognise({ kind: 'phone', value: '138 0013 8000' })).toEqual(expected);
    expect(await customers.recognise({ kind: 'email', value: 'Wang@Example.com' })).toEqual(
      expected,
    );
    expect(await customers.recognise({ customerNo: no })).toEqual(expected);
  });

  it('knows nobody by what nobody has, by what is no identifier, and by a number never given', async () => {
    expect(await customers.recognise({ kind: 'external_id', value: 'U-unknown' })).toBeNull();
    expect(await customers.recognise({ kind: 'phone', value: 'not a phone' })).toBeNull();
    expect(await customers.recognise({ kind: 'email', value: 'U-1' })).toBeNull();
    expect(await customers.recognise({ customerNo: 999_999 })).toBeNull();
  });

  it('does not know who is erased', async () => {
    const no = await newPerson(id('external_id', 'U-erased'));
    await test.platform.pg.query('update customer set status = 2 where customer_no = $1', [no]);
    expect(await customers.recognise({ customerNo: no })).toBeNull();
    expect(await customers.recognise({ kind: 'external_id', value: 'U-erased' })).toBeNull();
  });

  it('means the survivor of a merge, with everybody whose facts are theirs', async () => {
    const [first, second, third] = [
      await newPerson(id('member_no', 'M-1')),
      await newPerson(id('member_no', 'M-2')),
      await newPerson(id('member_no', 'M-3')),
    ];
    await merge(third, second, '2026-02-01');
    await merge(second, first, '2026-02-02');
    for (const meant of [
      { customerNo: first },
      { customerNo: third },
      { kind: 'member_no' as const, value: 'M-2' },
    ]) {
      const found = await customers.recognise(meant);
      expect(found?.customerNo).toBe(first);
      expect(found?.lineage).toEqual([first, second, third]);
    }
  });

  it('says who does not want to be known by what they buy: on any channel, by their newest word', async () => {
    const no = await newPerson(id('external_id', 'U-consent'));
    const may = async () => (await customers.recognise({ customerNo: no }))?.mayPersonalise;
    await say(no, false, '2026-03-01', 'sms', 'marketing');
    expect(await may()).toBe(true);
    await say(no, true, '2026-03-01', 'sms');
    await say(no, false, '2026-03-02', 'email');
    expect(await may()).toBe(false);
    await say(no, true, '2026-03-03', 'email');
    expect(await may()).toBe(true);
    // It was said before, and comes late.
    await say(no, false, '2026-03-02', 'email');
    expect(await may()).toBe(true);
    // Of two of one moment the refusal counts.
    await say(no, false, '2026-03-03', 'email');
    expect(await may()).toBe(false);
  });

  it('keeps the stricter word of people who were merged, until the survivor says otherwise', async () => {
    const survivor = await newPerson(id('external_id', 'U-survivor'));
    const absorbed = await newPerson(id('external_id', 'U-absorbed'));
    await say(survivor, true, '2026-03-01');
    await say(absorbed, false, '2026-03-01');
    await merge(absorbed, survivor, '2026-04-01');
    expect((await customers.recognise({ customerNo: survivor }))?.mayPersonalise).toBe(false);
    await say(survivor, true, '2026-04-02');
    expect(
      (await customers.recognise({ kind: 'external_id', value: 'U-absorbed' }))?.mayPersonalise,
    ).toBe(true);
  });
});
