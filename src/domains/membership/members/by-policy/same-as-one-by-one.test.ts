import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../../test/harness.ts';
import { publishSample, sampleProgramme } from '../../../../../test/sample-programme.ts';
import { seededRandom } from '../../../../kernel/seeded-random.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { createCustomers } from '../../../customers/public.ts';
import type { ProgrammeDefinition } from '../../contract/programme.ts';
import { createProgramme } from '../../programme/programme.ts';
import { ensureJoined, type Joining } from '../join.ts';
import { joinByPolicy } from './join-by-policy.ts';

const channels = ['官网', '天猫', '门店'];
const hourMs = 3_600_000;
const begin = Date.parse('2025-06-01T00:00:00Z');

interface Person {
  customerNo: number;
  channel: string;
  seenAt: number;
  orderedAt: number | null;
}

/** Everybody at once, store to store, must come to what asking for each of them comes to. */
describe('joining everybody by policy', () => {
  let test: TestPlatform;
  let people: Person[];
  const random = seededRandom(20_260_618);
  const chance = (share: number): boolean => random() < share;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
  const moment = (): number => begin + Math.floor(random() * 9_000) * hourMs;
  beforeAll(async () => {
    test = await createTestPlatform();
    test.platform.clock.now = () => new Date('2026-06-18T04:00:00Z');
    const customers = createCustomers(test.platform);
    people = await inTransaction(test.platform.pg, async (client) => {
      const made: Person[] = [];
      for (let n = 0; n < 300; n++) {
        const [channel, seenAt] = [pick(channels), moment()];
        const [customerNo] = await customers.identities.resolve(client, [{ identifiers: [{ kind: 'external_id', namespace: '', value: `R${n}` }], at: new Date(seenAt), channel }]);
        made.push({
          customerNo,
          channel,
          seenAt,
          orderedAt: chance(0.6) ? seenAt + Math.floor(random() * 500) * hourMs : null,
        });
        const said = Array.from({ length: Math.floor(random() * 4) }, () => ({
          customerNo, channel: pick(['sms', 'email'] as const), purpose: 'marketing' as const, granted: chance(0.7), at: new Date(moment()), source: 'test', actor: 'test',
        }));
        await customers.consents.record(client, said);
      }
      return made;
    });
    await customers.copier.drain();
    await test.platform.clickhouse.insertRows('customer_summary', people.flatMap(({ customerNo, orderedAt }) => (orderedAt === null ? [] : [{
      customer_no: customerNo, version: 1, first_order_at: new Date(orderedAt).toISOString().slice(0, 19).replace('T', ' '), orders: 1, refunds: 0, sales: '1', refunded: '0',
    }])));
  });
  afterAll(() => test.close());

  const rows = async () => (
    await test.platform.pg.query(
      'select customer_no, joined_at, tier, version_no from member order by customer_no',
    )
  ).rows;
  const forget = async (): Promise<void> => {
    for (const table of ['tier_change', 'member', 'membership_cursor']) await test.platform.pg.query(`delete from ${table}`);
  };

  const policies: [string, Partial<ProgrammeDefinition['joining']>, ProgrammeDefinition['settlement']][] = [
    ['buyers', { who: 'buyers' }, 'by_rules'],
    ['buyers from the beginning of the programme on', { who: 'buyers' }, 'opening_balances'],
    ['everybody of two channels', { who: 'everybody', channels: ['官网', '门店'] }, 'by_rules'],
    [
      'buyers who agree',
      { who: 'buyers', consent: { channel: 'sms', purpose: 'marketing' } },
      'by_rules',
    ],
    [
      'everybody who agrees, of one channel',
      { who: 'everybody', channels: ['天猫'], consent: { channel: 'email', purpose: 'marketing' } },
      'opening_balances',
    ],
  ];

  it.each(policies)('comes to what it comes to one by one: %s', async (_, joining, settlement) => {
    await forget();
    await test.platform.pg.query('truncate programme_version cascade');
    const definition = sampleProgramme({ joining, settlement });
    await publishSample(test.platform.pg, definition, '2025-10-01T00:00:00Z');
    await publishSample(
      test.platform.pg,
      { ...definition, names: { en: 'renamed' } },
      '2026-02-01T00:00:00Z',
    );
    const programme = createProgramme(test.platform);
    while (await joinByPolicy(test.platform, programme));
    const atOnce = await rows();
    expect(atOnce.length).toBeGreaterThan(20);
    expect(atOnce.length).toBeLessThanOrEqual(people.length);

    await forget();
    const versions = await programme.versions();
    for (const { customerNo, channel, seenAt, orderedAt } of people) {
      const at = joining.who === 'everybody' ? seenAt : orderedAt;
      if (at === null) continue;
      const asked: Joining = {
        customerNo,
        at,
        way: 'policy',
        channel,
        hasOrdered: orderedAt !== null,
      };
      await inTransaction(
        test.platform.pg,
        (client) => ensureJoined(client, versions, [asked], test.platform.clock.now()),
      );
    }
    expect(atOnce).toEqual(await rows());
  });
});
