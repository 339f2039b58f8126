import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGateShop, type GateShop, noRules } from '../../../../test/gate-shop.ts';
import type { ChannelKind, MessagePurpose, Reason } from '../contract.ts';
import type { GatedRun } from '../part.ts';

const noon = new Date('2026-06-18T04:00:00Z');
const channels = ['sms', 'email'] as const satisfies ChannelKind[];
const programs = ['campaign', 'journey', 'service', 'test'] as const satisfies GatedRun['programKind'][];
const purposes = ['marketing', 'service'] as const satisfies MessagePurpose[];

/** What keeps somebody from being contacted, and whether messages of service still go. */
const hindrances = {
  opted_out: { reason: 'no_consent', passesService: true },
  opted_out_of_service: { reason: 'no_consent', passesService: false },
  never_asked: { reason: 'no_consent', passesService: true },
  bounced: { reason: 'suppressed', passesService: false },
  complained_to_provider: { reason: 'suppressed', passesService: true },
  suppressed_everywhere: { reason: 'suppressed', passesService: false },
  open_complaint: { reason: 'open_complaint', passesService: true },
  minor: { reason: 'minor', passesService: true },
  erased: { reason: 'erased', passesService: false },
  no_address: { reason: 'no_address', passesService: false },
  merged_with_refusal: { reason: 'no_consent', passesService: true },
} as const satisfies Record<string, { reason: Reason; passesService: boolean }>;
type Hindrance = keyof typeof hindrances;

describe('whoever is not to be contacted', () => {
  let shop: GateShop;
  beforeAll(async () => {
    shop = await createGateShop();
    await shop.rules({ ...noRules, leastAge: 14, complaintsStop: true });
  });
  afterAll(() => shop.close());
  const sql = (text: string, values: unknown[] = []) => shop.platform.pg.query(text, values);

  const suppressed = (no: number, channel: ChannelKind | null, stopsService: boolean) =>
    sql("insert into send_suppression (reason, channel, stops_service, customer_no, added_at, added_by) values ('by_hand', $2, $3, $1, now(), 'test')", [no, channel, stopsService]);
  const hinder: Record<Hindrance, (no: number, channel: 'sms' | 'email') => Promise<unknown>> = {
    opted_out: (no, channel) => shop.say([no], false, { channel }),
    async opted_out_of_service(no, channel) {
      for (const purpose of purposes) await shop.say([no], false, { channel, purpose });
    },
    never_asked: (no) => sql('delete from consent where customer_no = $1', [no]),
    bounced: (no, channel) => shop.within((client) => shop.gate.suppress(client, { whom: { customerNo: no }, channel, reason: 'hard_bounce', by: 'test', at: noon })),
    complained_to_provider: (no, channel) => shop.within((client) => shop.gate.suppress(client, { whom: { customerNo: no }, channel, reason: 'complaint', by: 'test', at: noon })),
    suppressed_everywhere: (no) => suppressed(no, null, true),
    open_complaint: (no) => sql("insert into complaint (customer_no, opened_at, opened_by) values ($1, now(), 'test')", [no]),
    minor: (no) => sql("insert into customer_profile (customer_no, birth_date) values ($1, '2013-01-01')", [no]),
    erased: (no) => sql('update customer set status = 2 where customer_no = $1', [no]),
    no_address: (no) => sql('delete from identifier where customer_no = $1', [no]),
    async merged_with_refusal(no, channel) {
      const [other] = await shop.people(1);
      await shop.say([other], false, { channel, at: new Date('2026-03-01') });
      await sql("update customer set status = 1, merged_into = $1, merged_at = '2026-06-01' where customer_no = $2", [no, other]);
    },
  };
  const cases = channels.flatMap((channel) => purposes.map((purpose) => ({ channel, purpose })));

  it.each(cases)('is not, by $channel for $purpose, by any kind of program', async ({ channel, purpose }) => {
    const names = Object.keys(hindrances) as Hindrance[];
    const people = await shop.people(names.length + 1);
    for (const [index, name] of names.entries()) await hinder[name](people[index], channel);
    for (const programKind of programs) {
      const decided = await shop.decide(await shop.run({ channel, purpose, programKind }), people, noon);
      const expected = names.map((name) => (purpose === 'service' && hindrances[name].passesService ? 'none' : hindrances[name].reason));
      expect(decided.map((one) => one.reason)).toEqual([...expected, 'none']);
    }
  });

  it.each(cases)('gets nothing by $channel for $purpose that was decided and rendered before', async ({ channel, purpose }) => {
    const names = Object.keys(hindrances) as Hindrance[];
    const people = await shop.people(names.length + 1);
    const runs = await Promise.all(programs.map((programKind) => shop.run({ channel, purpose, programKind })));
    for (const run of runs) expect((await shop.decide(run, people, noon)).filter((one) => one.verdict === 'send')).toHaveLength(people.length);
    for (const [index, name] of names.entries()) await hinder[name](people[index], channel);
    for (const run of runs) {
      const words = await shop.stillMay(run, people, noon);
      const may = names.map((name) => purpose === 'service' && hindrances[name].passesService);
      expect(people.map((no) => words.has(`${no} `))).toEqual([...may, true]);
    }
  });

  it('is reached by another way that it does not concern', async () => {
    const [a, b] = await shop.people(2);
    await hinder.opted_out(a, 'sms');
    await hinder.bounced(b, 'sms');
    expect((await shop.decide(await shop.run({ channel: 'email' }), [a, b], noon)).map((one) => one.reason)).toEqual(['none', 'none']);
  });

  it('is reached again after saying yes again, but not by a yes from before the no that is told later', async () => {
    const [a] = await shop.people(1);
    await shop.say([a], false, { at: new Date('2026-06-10') });
    await shop.say([a], true, { at: new Date('2026-06-09') });
    expect(await shop.decide(await shop.run(), [a], noon)).toMatchObject([{ reason: 'no_consent' }]);
    await shop.say([a], true, { at: new Date('2026-06-11') });
    expect(await shop.decide(await shop.run(), [a], noon)).toMatchObject([{ reason: 'none' }]);
  });

  it('is reached by an address that still works where another of theirs does not', async () => {
    const [a] = await shop.people(1);
    const hash = shop.customers.vault.hashOf('phone', '', '+8613912345678');
    await sql("insert into identifier (kind, hash, customer_no, value) values (2, $1, $2, $3)", [hash, a, shop.customers.vault.seal('phone', '', '+8613912345678')]);
    const bounced = (address: string) => shop.within((client) => shop.gate.suppress(client, { whom: { address }, channel: 'sms', reason: 'hard_bounce', by: 'test', at: noon }));
    await bounced('13912345678');
    expect(await shop.decide(await shop.run(), [a], noon)).toMatchObject([{ reason: 'none' }]);
    await bounced(`+86138${String(a).padStart(8, '0')}`);
    expect(await shop.decide(await shop.run(), [a], noon)).toMatchObject([{ reason: 'suppressed' }]);
  });
});
