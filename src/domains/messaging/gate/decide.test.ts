import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createGateShop, type GateShop } from '../../../../test/gate-shop.ts';
import type { FrequencyCap } from '../contract/gate-rules.ts';
import { forgetOldClaims } from './write/old-claims.ts';

const cap = (most: number, days: number, of: Partial<FrequencyCap> = {}): FrequencyCap => ({ most, per: { count: days, unit: 'day' }, channel: null, category: null, ...of });
const noon = new Date('2026-06-18T04:00:00Z');
const later = (hours: number): Date => new Date(noon.getTime() + hours * 3_600_000);

describe('the gate', () => {
  let shop: GateShop;
  beforeAll(async () => {
    shop = await createGateShop();
  });
  beforeEach(() => shop.rules({}));
  afterAll(() => shop.close());
  const merge = (survivorNo: number, absorbedNo: number) => shop.platform.pg.query("update customer set status = 1, merged_into = $1, merged_at = '2026-06-17' where customer_no = $2", [survivorNo, absorbedNo]);

  it('decides once about a person and occasion, however often it is asked', async () => {
    const [a, b] = await shop.people(2);
    const run = await shop.run();
    expect(await shop.decide(run, [a, a, b], noon)).toMatchObject([{ customerNo: a, verdict: 'send', reason: 'none', isPlain: false }, { customerNo: b }]);
    expect(await shop.decide(run, [a, b], later(1))).toEqual([]);
    expect(await shop.decide(run, [{ customerNo: a, occasion: 'order 7' }], noon)).toMatchObject([{ verdict: 'send' }]);
  });

  it('lets go only who agreed to marketing, and a message of service unless it was refused', async () => {
    const [agreed, refused, silent] = await shop.people(3);
    await shop.platform.pg.query('delete from consent where customer_no = $1', [silent]);
    await shop.say([refused], false);
    expect((await shop.decide(await shop.run(), [agreed, refused, silent], noon)).map((one) => one.reason)).toEqual(['none', 'no_consent', 'no_consent']);
    expect((await shop.decide(await shop.run({ purpose: 'service' }), [agreed, refused, silent], noon)).map((one) => one.reason)).toEqual(['none', 'none', 'none']);
    await shop.say([silent], false, { purpose: 'service' });
    expect((await shop.decide(await shop.run({ purpose: 'service' }), [silent], noon)).map((one) => one.reason)).toEqual(['no_consent']);
  });

  it('reaches merged people once, by the stricter of what they said, and erased ones not at all', async () => {
    const [a, b, c, d, erased] = await shop.people(5);
    await merge(a, b);
    await merge(c, d);
    await shop.say([d], false, { at: new Date('2026-06-01') });
    await shop.platform.pg.query('update customer set status = 2 where customer_no = $1', [erased]);
    expect(await shop.decide(await shop.run(), [a, b, c, d, erased], noon)).toMatchObject([
      { reason: 'none', personNo: a }, { reason: 'merged_already_reached', personNo: a }, { reason: 'no_consent' }, { reason: 'no_consent' }, { verdict: 'refuse', reason: 'erased' },
    ]);
  });

  it('says what would have held back those it holds out', async () => {
    const [a, b] = await shop.people(2);
    await shop.say([b], false);
    const run = await shop.run();
    expect(await shop.decide(run, [a, b].map((customerNo) => ({ customerNo, isControl: true })), noon)).toMatchObject([{ verdict: 'hold_out', reason: 'control' }, { verdict: 'hold_out', reason: 'control' }]);
    const { rows } = await shop.platform.pg.query('select checks from send_decision where run_no = $1 order by customer_no', [run.runNo]);
    expect(rows).toEqual([{ checks: null }, { checks: { would: 'no_consent' } }]);
  });

  it('keeps to a cap of a channel and of a category, and to what went in its window', async () => {
    await shop.rules({ caps: [cap(1, 1), cap(2, 7, { channel: 'sms' })] });
    const [a] = await shop.people(1);
    const send = async (at: Date) => {
      const run = await shop.run();
      const [decided] = await shop.decide(run, [a], at);
      if (decided.verdict === 'send') await shop.stillMay(run, [a], at);
      else await shop.platform.pg.query("update send_run set state = 'cancelled' where run_no = $1", [run.runNo]);
      return [decided.reason, decided.nextAt?.toISOString()];
    };
    expect(await send(noon)).toEqual(['none', undefined]);
    expect(await send(later(23))).toEqual(['frequency_cap', later(24).toISOString()]);
    expect(await send(later(24))).toEqual(['none', undefined]);
    expect(await send(later(49))).toEqual(['frequency_cap', later(7 * 24).toISOString()]);
    const mail = await shop.run({ channel: 'email' });
    expect(await shop.decide(mail, [a], later(49))).toMatchObject([{ reason: 'none' }]);
    const service = await shop.run({ purpose: 'service' });
    expect(await shop.decide(service, [a], later(49))).toMatchObject([{ reason: 'none' }]);
  });

  it('gives a place that nobody has used yet to whoever is worth more, and back when they may not go', async () => {
    await shop.rules({ caps: [cap(1, 1)] });
    const [a] = await shop.people(1);
    const [cheap, dear] = [await shop.run({ expectedValue: '1' }), await shop.run({ expectedValue: '5', channel: 'email' })];
    await shop.decide(cheap, [a], noon);
    expect(await shop.decide(dear, [a], noon)).toMatchObject([{ verdict: 'send' }]);
    expect(await shop.stillMay(cheap, [a], noon)).toEqual(new Map());
    const { rows: [held] } = await shop.platform.pg.query('select verdict, next_at, checks from send_decision where run_no = $1', [cheap.runNo]);
    expect(held).toMatchObject({ verdict: 1, next_at: later(24), checks: { winner: { run: dear.runNo, no: dear.programNo, value: 5 } } });
    await shop.say([a], false, { channel: 'email', at: noon });
    expect(await shop.stillMay(dear, [a], noon)).toEqual(new Map());
    const due = await shop.within((client) => shop.gate.dueAgain(client, cheap, noon, 10));
    expect(await shop.decide(cheap, due, noon)).toMatchObject([{ customerNo: a, verdict: 'send' }]);
  });

  it('keeps the plan of two gates at the same moment within a cap', async () => {
    await shop.rules({ caps: [cap(1, 1)] });
    const people = await shop.people(300);
    const runs = await Promise.all([1, 2, 3, 4].map((value) => shop.run({ expectedValue: String(value) })));
    await Promise.all(runs.map((run) => shop.decide(run, people, noon)));
    const gone = await Promise.all(runs.map(async (run) => (await shop.stillMay(run, people, noon)).size));
    expect(gone).toEqual([0, 0, 0, 300]);
  });

  it('shares out what a platform takes in a day, and tells the others when there is more', async () => {
    await shop.rules({ quotas: [{ channel: 'sms', of: 'channel', per: 'day', most: 3 }] });
    const people = await shop.people(5);
    const decided = [...await shop.decide(await shop.run(), people.slice(0, 2), noon), ...await shop.decide(await shop.run(), people.slice(2), noon)];
    expect(decided.map((one) => one.reason)).toEqual(['none', 'none', 'none', 'platform_quota', 'platform_quota']);
    expect(decided[4].nextAt).toEqual(new Date('2026-06-18T16:00:00Z'));
  });

  it('gives back to a platform what was taken of this day and did not go, and nothing of another day or of a test', async () => {
    await shop.rules({ quotas: [{ channel: 'app_push', of: 'channel', per: 'day', most: 100 }] });
    const used = async (): Promise<number> => (await shop.platform.pg.query<{ used: number }>("select used from send_quota_use where channel = 'app_push' and begins_on = '2026-06-18'")).rows[0].used;
    const push = (programKind: 'service' | 'test' = 'service') => shop.run({ channel: 'app_push', purpose: 'service', programKind });
    const people = await shop.people(6);
    const [today, before, trial] = [await push(), await push(), await push('test')];
    await shop.decide(before, people.slice(0, 2), later(-24));
    await shop.decide(today, people.slice(2, 6), noon);
    await shop.decide(trial, people.slice(0, 2), noon);
    expect(await used()).toBe(4);
    for (const no of people) await shop.within((client) => shop.gate.suppress(client, { whom: { customerNo: no }, channel: 'app_push', reason: 'hard_bounce', by: 'test', at: noon }));
    await shop.stillMay(trial, people.slice(0, 2), noon);
    await shop.stillMay(before, people.slice(0, 2), noon);
    expect(await used()).toBe(4);
    await shop.stillMay(today, people.slice(2, 5), noon);
    expect(await used()).toBe(1);
  });

  it('pays for a message once, also where it was taken back for the night and is let go again', async () => {
    await shop.rules({ quiet: [{ from: '21:00', until: '09:00', channels: [], clock: 'brand', what: 'defer' }] });
    const people = await shop.people(3);
    let left = 3;
    shop.gate.registerBudget({
      async affords(_client, _run, wanted) {
        const given = Math.min(left, wanted);
        left -= given;
        return given;
      },
    });
    const run = await shop.run();
    await shop.decide(run, people, noon);
    await shop.platform.pg.query("insert into send_delivery (occasion_on, run_no, customer_no, state, not_before) select $1, $2, no, 'queued', $3 from unnest($4::int[]) as no", [run.occasionOn, run.runNo, noon, people]);
    expect(await shop.stillMay(run, people.slice(0, 2), later(10))).toEqual(new Map());
    expect((await shop.decide(run, people.slice(0, 2), later(24))).map(({ reason }) => reason)).toEqual(['none', 'none']);
    shop.gate.registerBudget({ affords: async (_client, _run, wanted) => wanted });
  });

  it('reaches a person as often as their platform allows in a month of the calendar', async () => {
    await shop.rules({ quotas: [{ channel: 'sms', of: 'person', per: 'month', most: 1 }] });
    const [a] = await shop.people(1);
    expect(await shop.decide(await shop.run(), [a], noon)).toMatchObject([{ reason: 'none' }]);
    expect(await shop.decide(await shop.run({ purpose: 'service' }), [a], noon)).toMatchObject([{ reason: 'platform_quota', nextAt: new Date('2026-06-30T16:00:00Z') }]);
  });

  it('hands nothing over after a refusal, a suppression, an erasure, a merge or the beginning of the night', async () => {
    await shop.rules({ quiet: [{ from: '21:00', until: '09:00', channels: [], clock: 'brand', what: 'defer' }] });
    const people = await shop.people(6);
    const [refused, suppressed, erased, survivor, absorbed, fine] = people;
    const run = await shop.run();
    await shop.decide(run, people, noon);
    await shop.say([refused], false);
    await shop.within((client) => shop.gate.suppress(client, { whom: { address: `+86138${String(suppressed).padStart(8, '0')}` }, channel: 'sms', reason: 'hard_bounce', by: 'test', at: noon }));
    await shop.platform.pg.query('update customer set status = 2 where customer_no = $1', [erased]);
    await merge(survivor, absorbed);
    const words = await shop.stillMay(run, people, later(8));
    expect([...words.keys()]).toEqual([`${survivor} `, `${fine} `]);
    const { rows } = await shop.platform.pg.query('select array_agg(reason order by customer_no) as reasons from send_decision where run_no = $1 and verdict = 2', [run.runNo]);
    expect(rows[0].reasons).toEqual([3, 4, 8, 9]);
    const night = await shop.run();
    await shop.decide(night, [fine], later(8));
    expect(await shop.stillMay(night, [fine], later(9))).toEqual(new Map());
    expect(await shop.within((client) => shop.gate.dueAgain(client, night, later(21), 10))).toMatchObject([{ customerNo: fine }]);
  });

  it('tells a person to be asked again whom somebody else is changing', async () => {
    const [a] = await shop.people(1);
    const run = await shop.run();
    await shop.decide(run, [a], noon);
    await shop.within(async (client) => {
      await shop.customers.consents.record(client, [{ customerNo: a, channel: 'sms', purpose: 'marketing', granted: false, at: noon, source: 'test', actor: 'test' }]);
      expect(await shop.stillMay(run, [a], noon)).toEqual(new Map([[`${a} `, { word: 'busy' }]]));
    });
    expect(await shop.stillMay(run, [a], noon)).toEqual(new Map());
  });

  it('sends who refuses what is chosen for them what everybody gets', async () => {
    const [a] = await shop.people(1);
    await shop.say([a], false, { purpose: 'personalisation', channel: 'wechat' });
    const run = await shop.run();
    expect(await shop.decide(run, [a], noon)).toMatchObject([{ verdict: 'send', isPlain: true }]);
    expect(await shop.stillMay(run, [a], noon)).toEqual(new Map([[`${a} `, { word: 'go', personNo: a, isPlain: true }]]));
  });

  it('stops marketing to an address nobody has yet as soon as somebody turns up with it', async () => {
    await shop.within((client) => shop.gate.optOut(client, { whom: { address: '13700001111' }, channel: 'sms', source: 'sms reply', at: noon }));
    const [a] = await shop.people(1);
    await shop.platform.pg.query('update identifier set hash = $2 where customer_no = $1 and kind = 2', [a, shop.customers.vault.hashOf('phone', '', '+8613700001111')]);
    expect(await shop.decide(await shop.run(), [a], noon)).toMatchObject([{ reason: 'suppressed' }]);
    expect(await shop.decide(await shop.run({ purpose: 'service' }), [a], noon)).toMatchObject([{ reason: 'none' }]);
  });

  it('forgets places that no cap can remember any more: a month when all of it is over, else those of runs that are', async () => {
    const { pg } = shop.platform;
    const people = await shop.people(4);
    await pg.query("select make_send_month(day::date) from unnest(array['2026-01-01', '2026-02-01', '2026-04-01']::date[]) as day");
    const run = async (occasionOn: string, finished: boolean): Promise<number> => {
      const { runNo } = await shop.run({ occasionOn });
      if (finished) await pg.query("update send_run set state = 'done', finished_at = '2026-03-01' where run_no = $1", [runNo]);
      return runNo;
    };
    const claims = (runNo: number, occasionOn: string, nos: readonly number[], at: string) =>
      pg.query('insert into send_claim (customer_no, run_no, occasion_on, state, at) select no, $1, $2, 2, $3 from unnest($4::int[]) as n (no)', [runNo, occasionOn, at, nos]);
    const [late, open, over, recent] = [await run('2026-01-10', true), await run('2026-01-20', false), await run('2026-02-10', true), await run('2026-04-10', true)];
    await claims(late, '2026-01-10', people.slice(0, 3), '2026-01-12');
    // It went later than most of its run: a cap of 90 days still counts it.
    await claims(late, '2026-01-10', people.slice(3), '2026-03-21');
    await claims(open, '2026-01-20', people, '2026-01-22');
    await claims(over, '2026-02-10', people, '2026-02-12');
    await claims(recent, '2026-04-10', people, '2026-04-12');
    await forgetOldClaims({ ...shop.platform, clock: { now: () => noon } }, 2);
    await forgetOldClaims({ ...shop.platform, clock: { now: () => noon } }, 2);
    const { rows } = await pg.query('select run_no as run, count(*)::int as places from send_claim where run_no = any($1::int[]) group by 1 order by 1', [[late, open, over, recent]]);
    expect(rows).toEqual([{ run: late, places: 1 }, { run: open, places: 4 }, { run: recent, places: 4 }]);
    expect((await pg.query("select to_regclass('send_claim_202602') as gone, to_regclass('send_claim_202601') is not null as kept")).rows).toEqual([{ gone: null, kept: true }]);
    await pg.query('delete from send_run where run_no = any($1::int[])', [[late, open, over, recent]]);
  });
});
