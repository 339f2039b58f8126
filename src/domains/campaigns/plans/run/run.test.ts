import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertCustomers, insertEvents } from '../../../../../test/audience-people.ts';
import { addMailAccount } from '../../../../../test/channel-accounts.ts';
import { createMailBox, type MailBox } from '../../../../../test/mail-box.ts';
import { createSendingBrand, mailOf, type SendingBrand } from '../../../../../test/sending-brand.ts';
import { listDecisions } from '../../../messaging/contract.ts';
import { createSay } from '../../../../platform/i18n.ts';
import {
  createCampaign,
  listCampaignSteps,
  readCampaign,
  readCampaignProgress,
  readCampaignResult,
  turnCampaign,
} from '../../contract.ts';
import { sampleRatio } from '../../results/statistics/sample-ratio.ts';
import { createPlans, type Plans } from '../plans.ts';
import { noBudget } from '../../part.ts';

const permissions = 'campaigns.read campaigns.edit';
const people = 400;

describe('a campaign that goes', () => {
  let brand: SendingBrand;
  let box: MailBox;
  let plans: Plans;
  let numbers: number[];
  beforeAll(async () => {
    [brand, box] = await Promise.all([createSendingBrand(), createMailBox()]);
    await addMailAccount(brand.platform, box.port);
    numbers = [...(await brand.people(people))];
    await insertCustomers(
      brand.platform.clickhouse,
      numbers.map((customerNo) => ({ customerNo, consents: ['email/marketing/granted'], identifierKinds: [3] })),
    );
    plans = createPlans({ ...brand, budget: noBudget, say: createSay(), dataVersion: async () => 1 });
  });
  afterAll(async () => {
    await box.close();
    await brand.close();
  });

  const as = { permissions };
  const read = async (campaignNo: number) => (await brand.ask(readCampaign, { params: { campaignNo } }, as)).body;
  const turn = async (campaignNo: number, what: 'check' | 'submit' | 'pause' | 'resume' | 'cancel') => {
    const { version } = await read(campaignNo);
    const reply = await brand.ask(turnCampaign, { params: { campaignNo }, body: { version, turn: what } }, as);
    expect(reply.status, reply.text).toBe(200);
    return reply.body;
  };
  let made = 0;
  /** A campaign on its way: checked, submitted, and small enough to be approved by that. */
  const approved = async (more: object = {}): Promise<number> => {
    const definition = {
      name: `第 ${++made} 个`,
      audience: { kind: 'group' as const, match: 'all' as const, parts: [] },
      channel: 'email' as const,
      arms: [{ key: 'a', weight: 1, templateNo: brand.templateNo, templateVersion: 1 }],
      holdout: { share: 2_000 },
      schedule: { when: 'once' as const, at: null },
      expectedValue: '1',
      costPerMessage: '0.1',
      ...more,
    };
    const { body } = await brand.ask(createCampaign, { body: { key: String(made), definition } }, as);
    await turn(body.campaignNo, 'check');
    expect((await turn(body.campaignNo, 'submit')).state).toBe('approved');
    return body.campaignNo;
  };
  const occasionsOf = async (campaignNo: number) =>
    (await brand.ask(readCampaignProgress, { params: { campaignNo } }, as)).body.occasions;
  const receivers = (): string[] => box.received.map(({ to }) => to).sort();

  it('begins once though several workers look, reaches all but those who are left out, each once, and is over', async () => {
    const campaignNo = await approved();
    await Promise.all([plans.beginDue(), plans.beginDue(), plans.beginDue()]);
    const { people: arms } = await brand.messaging.experiments.peopleOf(1);
    expect(arms[0].size + arms[1].size).toBe(people);
    expect(arms[0].size).toBeGreaterThan(40);
    await brand.drain();
    expect(receivers()).toEqual([...arms[1]].map(mailOf).sort());
    expect(await occasionsOf(campaignNo)).toMatchObject([
      { occasion: 'once', people, heldOut: arms[0].size, handed: arms[1].size, state: 'done', trouble: null },
    ]);
    expect(await plans.beginDue()).toBe(1);
    expect(await read(campaignNo)).toMatchObject({ state: 'done', nextAt: null });
    expect(await plans.beginDue()).toBe(0);
    const { body } = await brand.ask(readCampaignResult, { params: { campaignNo } }, as);
    expect(body.result?.arms.map((arm) => [arm.key, arm.people])).toEqual([
      ['control', arms[0].size],
      ['a', arms[1].size],
    ]);
    expect(body.result?.sampleRatio).toEqual(sampleRatio([{ n: arms[0].size, share: 2 }, { n: arms[1].size, share: 8 }]));
    const { steps } = (await brand.ask(listCampaignSteps, { params: { campaignNo } }, as)).body;
    expect(steps.map(({ step }) => step)).toEqual(['done', 'begin', 'submit', 'check', 'create']);
    const ledger = (await brand.ask(listDecisions, { params: { customerNo: [...arms[1]][0] } }, { permissions: 'messaging.read' })).body;
    expect(ledger.decisions).toMatchObject([{ program: { name: '第 1 个', path: `/programs/campaigns/${campaignNo}` } }]);
  });

  it('stands still when it is paused, goes on, and when it is cancelled reaches nobody more', async () => {
    box.received.length = 0;
    const campaignNo = await approved();
    await plans.beginDue();
    await turn(campaignNo, 'pause');
    await brand.drain();
    expect(receivers()).toEqual([]);
    expect(await occasionsOf(campaignNo)).toMatchObject([{ state: 'paused' }]);
    await turn(campaignNo, 'resume');
    await turn(campaignNo, 'cancel');
    await brand.drain();
    expect(receivers()).toEqual([]);
    expect(await read(campaignNo)).toMatchObject({ state: 'cancelled', nextAt: null });
    expect(await plans.beginDue()).toBe(0);
  });

  it('is begun by nobody who asked about it before it was cancelled, and keeps nobody waiting while it is asked about', async () => {
    box.received.length = 0;
    const campaignNo = await approved();
    const slow = createPlans({ ...brand, budget: noBudget, say: createSay(), dataVersion: async () => 1, audiences: { ...brand.audiences, async peopleOf(rule) {
      if ((await read(campaignNo)).state !== 'cancelled') await turn(campaignNo, 'cancel');
      return brand.audiences.peopleOf(rule);
    } } });
    await slow.beginDue();
    await brand.drain();
    expect(await read(campaignNo)).toMatchObject({ state: 'cancelled', beganAt: null });
    expect([await occasionsOf(campaignNo), receivers()]).toEqual([[], []]);
  });

  it('that comes again leaves out the same people each time, and goes on with the better content once that is decided', async () => {
    box.received.length = 0;
    const campaignNo = await approved({
      schedule: { when: 'recurring', rhythm: { every: 'day', at: '13:00' }, from: '2026-06-18', until: '2026-06-20' },
      arms: ['a', 'b'].map((key) => ({ key, weight: 1, templateNo: brand.templateNo, templateVersion: 1 })),
    });
    expect((await read(campaignNo)).nextAt).toBe('2026-06-18T05:00:00.000Z');
    brand.setTime('2026-06-18T05:00:01Z');
    await plans.beginDue();
    await brand.drain();
    const first = receivers();
    box.received.length = 0;
    expect(await read(campaignNo)).toMatchObject({ state: 'running', nextAt: '2026-06-19T05:00:00.000Z' });
    await brand.platform.pg.query("update campaign set winner = 'b' where campaign_no = $1", [campaignNo]);
    brand.setTime('2026-06-19T05:00:01Z');
    await plans.beginDue();
    await brand.drain();
    expect(receivers()).toEqual(first);
    const occasions = await occasionsOf(campaignNo);
    expect(occasions.map(({ occasion, handed }) => [occasion, handed])).toEqual([
      ['2026-06-19', first.length],
      ['2026-06-18', first.length],
    ]);
    await turn(campaignNo, 'cancel');
  });

  it('at each person’s best hour is a run an hour, the night’s at the nearest hour allowed', async () => {
    box.received.length = 0;
    brand.setTime('2026-06-21T00:00:00Z');
    // Ten of them do what they do at 20:00 in Shanghai, and ten at 3:00.
    await insertEvents(
      brand.platform.clickhouse,
      numbers
        .slice(0, 20)
        .flatMap((customerNo, i) =>
          Array.from({ length: 6 }, (_, day) => ({
            customerNo,
            at: `2026-06-1${day}T${i < 10 ? '12' : '19'}:10:00.000Z`,
            name: 'Visit',
            properties: {},
          })),
        ),
    );
    const campaignNo = await approved({
      holdout: { share: 0, reason: 'all must know' },
      bestHour: { earliest: 9, latest: 21, fallback: 10 },
    });
    await plans.beginDue();
    const { rows } = await brand.platform.pg.query<{ step: string; from: Date; people: number }>(
      'select step, send_from as from, sum(people_count)::int as people from send_run join send_run_people using (run_no) where program_no = $1 group by 1, 2 order by 2',
      [campaignNo],
    );
    expect(rows.map(({ step, from, people: size }) => [step, from.toISOString(), size])).toEqual([
      ['hour 9', '2026-06-21T01:00:00.000Z', 10],
      ['hour 10', '2026-06-21T02:00:00.000Z', people - 20],
      ['hour 20', '2026-06-21T12:00:00.000Z', 10],
    ]);
    brand.setTime('2026-06-21T01:00:01Z');
    await brand.drain();
    expect(receivers()).toEqual(numbers.slice(10, 20).map(mailOf).sort());
    expect(await occasionsOf(campaignNo)).toMatchObject([{ occasion: 'once', people, handed: 10, lastHourAt: '2026-06-21T12:00:00.000Z' }]);
    brand.setTime('2026-06-21T12:00:01Z');
    expect(await occasionsOf(campaignNo)).toMatchObject([{ lastHourAt: null }]);
    await turn(campaignNo, 'cancel');
  });

  it('whose audience is gone stands still with the reason, and holds up nobody', async () => {
    const {
      rows: [{ id }],
    } = await brand.platform.pg.query<{ id: number }>(`select coalesce(max(audience_id), 0) + 50 as id from audience`);
    const [lost, sound] = [await approved(), await approved()];
    await brand.platform.pg.query(
      `update campaign set definition = jsonb_set(definition, '{audience}', $2) where campaign_no = $1`,
      [lost, JSON.stringify({ kind: 'audience', audienceId: id })],
    );
    await plans.beginDue();
    expect(await read(lost)).toMatchObject({ state: 'paused' });
    expect((await read(sound)).beganAt).not.toBeNull();
    const { steps } = (await brand.ask(listCampaignSteps, { params: { campaignNo: lost } }, as)).body;
    expect(steps[0]).toMatchObject({ step: 'failed', by: 'system', note: expect.stringMatching(/^audiences\./) });
  });

  it('pauses by itself, once, where too many of what it sent bounced or was complained of', async () => {
    const campaignNo = await approved({ name: '伤名声', holdout: { share: 500 }, perMinute: 1_000_000 });
    await plans.beginDue();
    await brand.drain();
    const { rows: [{ runNo }] } = await brand.platform.pg.query<{ runNo: number }>('select run_nos[1] as "runNo" from campaign_occasion where campaign_no = $1', [campaignNo]);
    const handed = (await occasionsOf(campaignNo))[0].handed;
    expect(handed).toBeGreaterThan(200);
    // It is on its way still, with an occasion to come.
    await brand.platform.pg.query("update campaign set state = 'running', finished_at = null where campaign_no = $1", [campaignNo]);
    const { rows: reached } = await brand.platform.pg.query<{ customerNo: number }>(`select customer_no as "customerNo" from send_delivery where run_no = $1 and state = 'handed' order by 1`, [runNo]);
    const bounce = async (from: number, to: number): Promise<void> => {
      for (const { customerNo } of reached.slice(from, to)) await brand.within((client) => brand.messaging.sending.tell(client, 'bounced', { runNo, customerNo, occasion: '' }, brand.platform.clock.now()));
    };
    const justUnder = Math.floor(handed * 0.05);
    await bounce(0, justUnder);
    expect([await plans.pauseHarmful(), (await read(campaignNo)).state]).toEqual([0, 'running']);
    await bounce(justUnder, justUnder + 1);
    expect(await Promise.all([plans.pauseHarmful(), plans.pauseHarmful()]).then((found) => found.reduce((a, b) => a + b))).toBe(1);
    expect((await read(campaignNo)).state).toBe('paused');
    const { body } = await brand.ask(listCampaignSteps, { params: { campaignNo } }, as);
    expect(body.steps[0]).toMatchObject({ step: 'pause_bounced', note: expect.stringMatching(/^5\.\d\d% > 5%$/) });
    expect((await occasionsOf(campaignNo))[0]).toMatchObject({ bounced: justUnder + 1, complained: 0 });
    const { rows } = await brand.platform.pg.query("select subject from audit_log where action = 'campaigns.pause_bounced_campaign'");
    expect(rows).toEqual([{ subject: `campaign:${campaignNo}` }]);
    await turn(campaignNo, 'resume');
    expect([await plans.pauseHarmful(), (await read(campaignNo)).state]).toEqual([0, 'running']);
  });

  it('holds up nobody else where one of them cannot begin', async () => {
    const [broken, sound] = [await approved(), await approved()];
    await brand.platform.pg.query("update campaign set definition = definition - 'arms', next_at = next_at - interval '1 minute' where campaign_no = $1", [broken]);
    await plans.beginDue();
    expect((await read(sound)).state).toBe('running');
    await brand.platform.pg.query("update campaign set state = 'cancelled' where campaign_no = $1", [broken]);
  });
});
