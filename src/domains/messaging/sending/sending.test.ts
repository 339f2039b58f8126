import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addMailAccount } from '../../../../test/channel-accounts.ts';
import { createMailBox, type MailBox } from '../../../../test/mail-box.ts';
import { createSendingBrand, mailOf, type SendingBrand } from '../../../../test/sending-brand.ts';
import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { createAudience, deleteAudience, type Rule } from '../../audiences/contract.ts';
import { changeGateRules, listDecisions, readGateRules, readHeldBack } from '../contract.ts';
import { forgetMonths } from './forgetting/forget-months.ts';
import { summarise, summariseMonth } from './summary/summaries.ts';

let brand: SendingBrand;
let box: MailBox;
beforeAll(async () => {
  brand = await createSendingBrand();
  box = await createMailBox();
  await addMailAccount(brand.platform, box.port, { perSecond: 1_000 });
});
afterEach(() => {
  box.received.length = 0;
  box.react(() => 'take');
  box.refused.clear();
});
afterAll(async () => {
  await brand.close();
  await box.close();
});

const arrived = (): string[] => box.received.map(({ to }) => to).sort();
const mailsOf = (people: Iterable<number>): string[] => [...people].map(mailOf).sort();
const progress = async (runNo: number) => (await brand.messaging.sending.progress([runNo])).get(runNo);
const stateOf = async (runNo: number) => (await progress(runNo))?.state;
const doing = (what: 'pause' | 'resume' | 'cancel', runNo: number): Promise<void> => brand.within((client) => brand.messaging.sending[what](client, runNo));
const merge = (absorbed: number, survivor: number): Promise<unknown> => brand.within(async (client) => {
  await client.query('update customer set status = 1, merged_into = $2, merged_at = now() where customer_no = $1', [absorbed, survivor]);
  await client.query('update identifier set customer_no = $2, home_no = coalesce(home_no, $1) where customer_no = $1', [absorbed, survivor]);
});

describe('a run', () => {
  it('reaches everybody of it once, and is done when each has a final state', async () => {
    const people = await brand.people(120);
    const runNo = await brand.begin({ people });
    await brand.drain();
    expect(arrived()).toEqual(mailsOf(people));
    expect(await progress(runNo)).toMatchObject({ state: 'done', people: 120, decided: { send: 120 }, queued: 0, handed: 120, refused: 0, unknown: 0, trouble: null });
    await brand.drain();
    expect(box.received.length).toBe(120);
  });

  it('is one however often it is begun, at once or later', async () => {
    const people = await brand.people(3);
    const begun = await Promise.all(Array.from({ length: 6 }, () => brand.begin({ people, programNo: 9_001, occasion: '2026-06-18' })));
    expect(new Set(begun).size).toBe(1);
    await brand.drain();
    expect(await brand.begin({ people: await brand.people(5), programNo: 9_001, occasion: '2026-06-18' })).toBe(begun[0]);
    await brand.drain();
    expect(arrived()).toEqual(mailsOf(people));
    expect(await brand.begin({ people, programNo: 9_001, occasion: '2026-06-19' })).not.toBe(begun[0]);
    await brand.drain();
  });

  it('is refused with arms that share somebody', async () => {
    const people = await brand.people(2);
    const arm = { isControl: false, templateNo: brand.templateNo, templateVersion: 1, people };
    await expect(brand.begin({ people, arms: [{ key: 'a', ...arm }, { key: 'b', ...arm }] })).rejects.toThrow('share nobody');
  });

  it('leaves its control alone, and says of each arm how it stands', async () => {
    const [treated, control] = [await brand.people(8), await brand.people(4)];
    const runNo = await brand.begin({ people: treated, arms: [
      { key: 'control', isControl: true, templateNo: null, templateVersion: null, people: control },
      { key: 'a', isControl: false, templateNo: brand.templateNo, templateVersion: 1, people: treated },
    ] });
    await brand.drain();
    expect(arrived()).toEqual(mailsOf(treated));
    expect((await progress(runNo))?.arms).toMatchObject([{ people: 4, decided: { hold_out: 4 }, reasons: { control: 4 }, handed: 0 }, { people: 8, handed: 8 }]);
    expect((await brand.messaging.sending.peopleOf(runNo)).map((arm) => [...arm])).toEqual([[...control], [...treated]]);
  });

  it('of nobody is done at once; one that does not exist is not there', async () => {
    const runNo = await brand.begin({ people: Bitmap.empty });
    await brand.drain();
    expect(await progress(runNo)).toMatchObject({ state: 'done', people: 0 });
    expect((await brand.messaging.sending.progress([999_999])).size).toBe(0);
    await expect(brand.messaging.sending.peopleOf(999_999)).rejects.toMatchObject({ code: 'messaging.no_run' });
  });

  it('waits for its time, and nobody gets it after it is of no use', async () => {
    const now = brand.platform.clock.now();
    const [early, late] = [await brand.people(2), await brand.people(2)];
    const soon = await brand.begin({ people: early, sendFrom: new Date(now.getTime() + 60_000) });
    const over = await brand.begin({ people: late, sendUntil: new Date(now.getTime() - 1_000) });
    await brand.drain();
    expect([arrived(), await stateOf(soon), await brand.reasons(over)]).toEqual([[], 'waiting', { too_old: 2 }]);
    brand.setTime(new Date(now.getTime() + 61_000));
    await brand.drain();
    expect([arrived(), await stateOf(soon)]).toEqual([mailsOf(early), 'done']);
  });
});

describe('people of a run', () => {
  it('who say no, are erased or merged after it was frozen, are not reached, or once', async () => {
    const people = await brand.people(8);
    const [stays, refuses, erased, absorbed, survivor, elsewhere, twin, other] = people;
    const outside = [...await brand.people(1)][0];
    const runNo = await brand.begin({ people });
    await brand.within((client) => brand.customers.consents.record(client, [{ customerNo: refuses, channel: 'email', purpose: 'marketing', granted: false, at: new Date('2026-06-01'), source: 'test', actor: 'test' }]));
    await brand.platform.pg.query('update customer set status = 2 where customer_no = $1', [erased]);
    await merge(absorbed, survivor);
    await merge(elsewhere, outside);
    await merge(twin, outside);
    await brand.drain();
    const got = (nos: number[]): number => arrived().filter((to) => mailsOf(nos).includes(to)).length;
    expect({ stays: got([stays]), other: got([other]), refuses: got([refuses]), erased: got([erased]), merged: got([absorbed, survivor]), outside: got([elsewhere, twin, outside]) })
      .toEqual({ stays: 1, other: 1, refuses: 0, erased: 0, merged: 1, outside: 1 });
    expect(await stateOf(runNo)).toBe('done');
  });

  it('who become one person between decision and hand-over get it once', async () => {
    const people = await brand.people(6);
    const runNo = await brand.begin({ people, perMinute: 1 });
    const working = brand.drain();
    while ((await progress(runNo))?.queued !== 6) await sleep(20);
    const [a, b, c, d, e, f] = people;
    await merge(a, b);
    await merge(d, c);
    await brand.platform.pg.query('update customer set status = 2 where customer_no = $1', [e]);
    await brand.platform.pg.query('update send_run set per_minute = null where run_no = $1', [runNo]);
    await doing('pause', runNo);
    await working;
    await doing('resume', runNo);
    await brand.drain();
    const got = (...nos: number[]): number => box.received.filter(({ to }) => nos.map(mailOf).includes(to)).length;
    expect([got(a, b), got(c, d), got(e), got(f)]).toEqual([1, 1, 0, 1]);
    expect(await stateOf(runNo)).toBe('done');
  });

  it('without an address are told apart, and whom a server refuses', async () => {
    const people = await brand.people(3);
    const [none, refused] = people;
    await brand.platform.pg.query('delete from identifier where customer_no = $1', [none]);
    box.refused.set(mailOf(refused), 550);
    const runNo = await brand.begin({ people });
    await brand.drain();
    expect(await progress(runNo)).toMatchObject({ state: 'done', handed: 1, refused: 1, reasons: { no_address: 1 } });
  });

  it('whose message was put off get it later, under the same key', async () => {
    const people = await brand.people(1);
    let tries = 0;
    box.react(() => (tries++ === 0 ? 451 : 'take'));
    const runNo = await brand.begin({ people });
    await brand.drain();
    expect(await brand.states(runNo)).toEqual({ queued: 1 });
    brand.setTime(new Date(brand.platform.clock.now().getTime() + 3_600_000));
    await brand.drain();
    expect([await brand.states(runNo), await stateOf(runNo)]).toEqual([{ handed: 1 }, 'done']);
  });

  it('whose answer is lost are unknown, and are not written to again', async () => {
    const people = await brand.people(1);
    box.react(() => 'hang-up');
    const runNo = await brand.begin({ people });
    await brand.drain();
    brand.setTime(new Date(brand.platform.clock.now().getTime() + 86_400_000));
    await brand.drain();
    expect([await progress(runNo), box.received.length]).toMatchObject([{ state: 'done', unknown: 1 }, 1]);
  });
});

describe('check 32: a run that is paused, goes on, and is ended', () => {
  it('stops within 5 s, loses and doubles nobody, and is not begun again once it was ended', async () => {
    const people = await brand.people(200);
    const runNo = await brand.begin({ people, perMinute: 1_200 });
    const working = brand.drain();
    while (box.received.length < 10) await sleep(10);
    await doing('pause', runNo);
    const pausedMs = performance.now();
    await working;
    expect(performance.now() - pausedMs).toBeLessThan(5_000);
    const soFar = box.received.length;
    await brand.drain();
    expect([box.received.length, await stateOf(runNo)]).toEqual([soFar, 'paused']);
    await doing('resume', runNo);
    await expect(doing('resume', runNo)).resolves.toBeUndefined();
    const again = brand.drain();
    while (box.received.length < soFar + 10) await sleep(10);
    await doing('cancel', runNo);
    await again;
    await brand.drain();
    const { handed, reasons, queued, state } = await progress(runNo) ?? {};
    expect({ state, queued, together: (handed ?? 0) + (reasons?.cancelled ?? 0), handed }).toEqual({ state: 'cancelled', queued: 0, together: 200, handed: box.received.length });
    expect(new Set(arrived()).size).toBe(box.received.length);
    await expect(doing('resume', runNo)).rejects.toMatchObject({ code: 'messaging.run_cancelled' });
    await expect(doing('cancel', 999_999)).rejects.toMatchObject({ code: 'messaging.no_run' });
  });

  it('keeps to so many a minute', async () => {
    const people = await brand.people(30);
    const startedMs = performance.now();
    await brand.begin({ people, perMinute: 600 });
    await brand.drain();
    expect(box.received.length).toBe(30);
    // Ten a second, of which the first ten may come at once.
    expect(performance.now() - startedMs).toBeGreaterThan(1_900);
  });

  it('is paused with a reason where its template may not be used any more', async () => {
    const people = await brand.people(1);
    const runNo = await brand.begin({ people, arms: [{ key: 'a', isControl: false, templateNo: 999_999, templateVersion: 1, people }] });
    await brand.drain();
    expect(await progress(runNo)).toMatchObject({ state: 'paused', trouble: 'messaging.template_version_not_found' });
  });
});

describe('what became of messages', () => {
  const events = (name: string) => brand.platform.clickhouse.rows(
    'select toInt32(customer_no) as no, properties.program.:String as program, properties.arm.:String as arm from event where name = {name:String} order by no', { name });

  it('are facts once, for audiences and timelines, and still are after a rebuild', async () => {
    await brand.collect.facts.start();
    await brand.collect.told.drain();
    const people = await brand.people(3);
    const [first, second] = people;
    const runNo = await brand.begin({ people, programNo: 4_711 });
    await brand.drain();
    const at = brand.platform.clock.now();
    for (let times = 0; times < 3; times++) {
      await brand.within(async (client) => {
        await brand.messaging.sending.tell(client, 'delivered', { runNo, customerNo: first, occasion: '' }, at);
        await brand.messaging.sending.tell(client, 'clicked', { runNo, customerNo: second, occasion: '' }, at);
        await brand.messaging.sending.tell(client, 'clicked', { runNo, customerNo: 999_999, occasion: '' }, at);
        await brand.messaging.sending.tell(client, 'clicked', { runNo: 999_999, customerNo: first, occasion: '' }, at);
      });
    }
    await brand.collect.told.drain();
    const ours = async (name: string) => (await events(name)).filter((event) => (event as { program: string }).program === 'campaign 4711').map((event) => (event as { no: number }).no);
    expect([await ours('Message Sent'), await ours('Message Delivered'), await ours('Message Clicked')]).toEqual([[...people], [first], [second]]);
    expect(await progress(runNo)).toMatchObject({ told: { delivered: 1, clicked: 1 } });
    await brand.collect.facts.rebuild();
    expect([await ours('Message Sent'), await ours('Message Clicked')]).toEqual([[...people], [second]]);
    await brand.collect.facts.stop();
  });

  it('settle what nobody knew: a message that was opened has arrived', async () => {
    const people = await brand.people(1);
    box.react(() => 'hang-up');
    const runNo = await brand.begin({ people });
    await brand.drain();
    expect(await brand.states(runNo)).toEqual({ unknown: 1 });
    await brand.within((client) => brand.messaging.sending.tell(client, 'opened', { runNo, customerNo: [...people][0], occasion: '' }, new Date()));
    expect(await brand.states(runNo)).toEqual({ handed: 1 });
  });

  it('are counted in the background for many people, and the page does not wait', async () => {
    const people = await brand.people(2);
    const runNo = await brand.begin({ people });
    await brand.drain();
    await brand.platform.pg.query('update send_run_people set people_count = 30000 where run_no = $1', [runNo]);
    const { noteUnfinished } = await import('./summary/summaries.ts');
    await noteUnfinished(brand.platform);
    await summarise(brand.platform);
    const before = await progress(runNo);
    expect(before).toMatchObject({ people: 30_000, handed: 2, computedAt: brand.platform.clock.now() });
    await brand.within((client) => brand.messaging.sending.tell(client, 'opened', { runNo, customerNo: [...people][0], occasion: '' }, new Date()));
    await summarise(brand.platform);
    // Not before its rest is over.
    expect((await progress(runNo))?.told).toEqual({});
    brand.setTime(new Date(brand.platform.clock.now().getTime() + 60_000));
    await summarise(brand.platform);
    expect((await progress(runNo))?.told).toEqual({ opened: 1 });
  });
});

describe('somebody who is erased', () => {
  it('is in no decision, no message and no run any more, and was shown in an export', async () => {
    const people = await brand.people(3);
    const [erased] = people;
    const runNo = await brand.begin({ people });
    await brand.drain();
    const person = { customerNos: [erased], identifiers: [] };
    const held = brand.messaging.sending.heldData ?? [];
    expect(held.map(({ name }) => name)).toEqual(['send_decision', 'send_delivery', 'send_run_people']);
    for (const source of held) {
      expect([source.name, await source.count(person), (await Array.fromAsync(source.export(person))).length]).toEqual([source.name, 1, 1]);
      expect([source.name, await source.erase(person), await source.count(person), await source.erase(person)]).toEqual([source.name, 1, 0, 0]);
    }
    expect([...Bitmap.union(await brand.messaging.sending.peopleOf(runNo))]).toEqual([...people].slice(1));
  });
});

describe('an audience that no marketing goes to', () => {
  it('is not deleted while the rules or a campaign name it; where it is gone all the same a run stands still, and says why', async () => {
    const [people, excluded] = [await brand.people(3), await brand.people(2)];
    const as = { permissions: 'audiences.read audiences.edit messaging.read messaging.rules campaigns.read campaigns.edit' };
    const everybody = { kind: 'group', match: 'all', parts: [] } satisfies Rule;
    const made = await brand.ask(createAudience, { body: { name: 'partners', reason: 'they write themselves', kind: 'fixed', rule: everybody } }, as);
    expect(made.text).toContain('audienceId');
    const { audienceId } = made.body;
    const before = (await brand.ask(readGateRules, {}, as)).body;
    const ruled = await brand.ask(changeGateRules, { body: { rules: { ...before.rules, excludedAudiences: [audienceId] }, basedOn: before.rulesNo } }, as);
    expect(ruled.body.rules.excludedAudiences).toEqual([audienceId]);
    const refused = await brand.ask(deleteAudience, { params: { audienceId } }, as);
    expect([refused.code, refused.text.includes('Sending rules')]).toEqual(['audiences.followed', true]);

    await brand.platform.pg.query('delete from audience where audience_id = $1', [audienceId]);
    const runNo = await brand.begin({ people: people.or(excluded) });
    await brand.drain();
    expect([await progress(runNo), box.received]).toMatchObject([{ state: 'paused', trouble: 'messaging.excluded_audience_gone', queued: 0 }, []]);
    expect((await brand.ask(changeGateRules, { body: { rules: ruled.body.rules, basedOn: ruled.body.rulesNo } }, as)).code).toBe('audiences.not_found');
    await brand.ask(changeGateRules, { body: { rules: before.rules, basedOn: ruled.body.rulesNo } }, as);
    await doing('resume', runNo);
    await brand.drain();
    expect(arrived()).toEqual(mailsOf(people.or(excluded)));
  });
});

describe('months of decisions and messages', () => {
  const tell = (kind: 'opened' | 'clicked', runNo: number, customerNo: number) => brand.within((client) => brand.messaging.sending.tell(client, kind, { runNo, customerNo, occasion: '' }, new Date(brand.platform.clock.now().getTime() + 60_000)));
  const forget = () => forgetMonths(brand.platform, { keptMonths: async () => 24 });
  const figuresOf = async (runNo: number) => ({ ...(await progress(runNo)), computedAt: null });

  it('are forgotten as a whole when all of them is older than the rules keep and over; what was counted of their runs stays', async () => {
    const { pg: pool } = brand.platform;
    const [people, others] = [await brand.people(3), await brand.people(2)];
    const [a, b, c] = people;
    brand.setTime('2027-01-10T04:00:00Z');
    const over = await brand.begin({ people });
    await brand.drain();
    await tell('opened', over, a);
    brand.setTime('2027-02-10T04:00:00Z');
    const open = await brand.begin({ people: others });
    await doing('pause', open);
    brand.setTime('2027-03-10T04:00:00Z');
    const late = await brand.begin({ people });
    await brand.drain();
    brand.setTime('2029-01-31T04:00:00Z');
    expect(await forget()).not.toContain('2027-01-01');

    brand.setTime('2029-02-02T04:00:00Z');
    // Told between the count and the end of the month: the background that counts large runs does not lose it, and the month waits.
    await summariseMonth(brand.platform, '2027-01-01');
    await tell('opened', over, b);
    brand.setTime('2029-02-02T04:00:01Z');
    await summarise(brand.platform);
    const forgetUncounted = await pool.query("select forget_send_month('2027-01-01', '2027-02-02', now()) as done");
    expect(forgetUncounted.rows).toEqual([{ done: false }]);
    const before = await figuresOf(over);
    expect(before).toMatchObject({ people: 3, handed: 3, told: { opened: 2 } });
    // Who is just writing is not made to wait, nor broken off.
    await brand.within(async (client) => {
      await client.query('lock table send_delivery in row exclusive mode');
      expect(await forget()).not.toContain('2027-01-01');
    });
    expect(await forget()).toContain('2027-01-01');
    expect(await forget()).toEqual([]);

    await tell('clicked', over, c);
    brand.setTime('2029-04-15T04:00:00Z');
    await summarise(brand.platform);
    expect([await figuresOf(over), await brand.states(over)]).toEqual([before, {}]);
    // February is as old, and a run of it is not over.
    expect(await forget()).toEqual(['2027-03-01']);
    expect([await figuresOf(late), await brand.states(late)]).toMatchObject([{ people: 3, handed: 3 }, {}]);
    await doing('resume', open);
    await brand.drain();
    expect([await brand.states(open), await forget()]).toEqual([{ handed: 2 }, []]);
    expect((await brand.ask(listDecisions, { params: { customerNo: a } })).body).toMatchObject({ decisions: [], keptFrom: '2027-04-01' });
    expect((await brand.ask(listDecisions, { params: { customerNo: [...others][0] } })).body.decisions).toMatchObject([{ runNo: open, delivery: { state: 'handed' } }]);
    expect((await brand.ask(readHeldBack)).body).toMatchObject({ keptMonths: 24, keptFrom: '2027-04-01' });
  });

  it('that were forgotten hold nothing of a person any more; of whom runs meant, they are taken out', async () => {
    const [person] = await brand.people(1);
    brand.setTime('2029-05-10T04:00:00Z');
    const runNo = await brand.begin({ people: Bitmap.of([person]) });
    await brand.drain();
    brand.setTime('2031-06-10T04:00:00Z');
    expect(await forget()).toContain('2029-05-01');
    const held = brand.messaging.sending.heldData ?? [];
    const asked = { customerNos: [person], identifiers: [] };
    expect(await Promise.all(held.map((source) => source.count(asked)))).toEqual([0, 0, 1]);
    for (const source of held) await source.erase(asked);
    expect(Bitmap.union(await brand.messaging.sending.peopleOf(runNo)).size).toBe(0);
  });
});
