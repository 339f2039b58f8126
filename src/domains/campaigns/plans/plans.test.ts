import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addChannelAccount } from '../../../../test/channel-accounts.ts';
import { insertCustomers } from '../../../../test/audience-people.ts';
import { createMessagingServer, type MessagingServer } from '../../../../test/messaging-server.ts';
import { insertLines, testLine } from '../../../../test/order-lines.ts';
import { plainContent, templatesOf } from '../../../../test/templates-of.ts';
import { createAudience, deleteAudience } from '../../audiences/contract.ts';
import {
  approveCampaign,
  type Campaign,
  changeCampaign,
  changeCampaignPolicy,
  createCampaign,
  deleteCampaign,
  estimateCampaign,
  listCampaigns,
  listCampaignSteps,
  previewCampaign,
  readCampaign,
  readCampaignCalendar,
  readCampaignPolicy,
  turnCampaign,
} from '../contract.ts';

const everything = 'campaigns.read campaigns.edit campaigns.approve messaging.read messaging.templates messaging.approve';
/** 2,000 people: all have a phone, one in two agreed to texts. */
const people = 2_000;

describe('plans of campaigns', () => {
  let shop: MessagingServer;
  let templateNo: number;
  beforeAll(async () => {
    shop = await createMessagingServer(everything);
    const { platform } = shop;
    await platform.pg.query(
      "insert into customer (customer_no, created_at) select n, '2026-01-01' from generate_series(1, $1) n",
      [people],
    );
    await insertCustomers(
      platform.clickhouse,
      Array.from({ length: people }, (_, i) => ({
        customerNo: i + 1,
        province: i < 500 ? '浙江' : '上海',
        consents: i % 2 ? ['sms/marketing/granted'] : [],
        identifierKinds: [2],
      })),
    );
    await insertLines(
      platform.clickhouse,
      Array.from({ length: 400 }, (_, i) =>
        testLine({
          customerNo: i * 5 + 1,
          order: `O${i}`,
          amount: 50,
          at: '2026-06-10T04:00:00.000Z',
        }),
      ),
    );
    await addChannelAccount(platform, 'webhook', { url: 'https://127.0.0.1:9/' }, { cost: '0.002' });
    templateNo = await templatesOf(shop, {
      channel: 'webhook',
      purpose: 'marketing',
    }).approved(plainContent('您好'));
  });
  afterAll(() => shop.close());

  const arm = (key: string) => ({
    key,
    weight: 1,
    templateNo,
    templateVersion: 1,
  });
  const definition = (more: object = {}) => ({
    name: '端午上新',
    audience: { kind: 'group' as const, match: 'all' as const, parts: [] },
    channel: 'webhook' as const,
    arms: [arm('a')],
    holdout: { share: 1_000 },
    schedule: { when: 'once' as const, at: '2026-06-20T02:00:00.000Z' },
    expectedValue: '2',
    ...more,
  });
  let made = 0;
  const draft = async (more: object = {}): Promise<Campaign> => {
    const { status, body, text } = await shop.ask(createCampaign, {
      body: { key: `k${++made}`, definition: definition(more) },
    });
    expect(status, text).toBe(201);
    return body;
  };
  const turn = (campaign: Campaign, what: 'check' | 'submit' | 'withdraw' | 'pause' | 'resume' | 'cancel', staff = 1) =>
    shop.ask(
      turnCampaign,
      {
        params: { campaignNo: campaign.campaignNo },
        body: { version: campaign.version, turn: what },
      },
      { staff },
    );
  const decide = (campaign: Campaign, isApproved: boolean, staff: number, reason = '') =>
    shop.ask(
      approveCampaign,
      {
        params: { campaignNo: campaign.campaignNo },
        body: { version: campaign.version, isApproved, reason },
      },
      { staff },
    );
  const inZhejiang = {
    kind: 'field' as const,
    field: 'province',
    test: { test: 'any_of' as const, values: ['浙江'] },
  };

  it('an estimate adds up to all who are meant, and says what it costs, whom others mean too and what could be seen', async () => {
    const texts = await shop.ask(estimateCampaign, {
      body: {
        definition: definition({
          channel: 'sms',
          exclude: [inZhejiang],
          costPerMessage: '0.05',
          budget: '30',
        }),
      },
    });
    const {
      people: meant,
      excluded,
      heldOut,
      stopped,
      reached,
      cost,
      isOverBudget,
      arms,
      seen,
    } = texts.body;
    expect([meant, excluded, heldOut, stopped, reached]).toEqual([2_000, 500, 150, [{ reason: 'no_consent', people: 675, waits: false }], 675]);
    expect([cost, isOverBudget]).toEqual(['33.75', true]);
    expect(arms).toEqual([
      { key: 'control', people: 150 },
      { key: 'a', people: 1_350 },
    ]);
    // 300 of 1,500 bought: z 2.8 times the error of a share of 20 % in groups of 1,350 and 150.
    expect(seen?.buyers).toBeCloseTo(0.2, 6);
    expect(seen?.buyersMore).toBeCloseTo(2.8016 * Math.sqrt(0.16 * (1 / 1_350 + 1 / 150)), 3);
    expect(
      (
        await shop.ask(estimateCampaign, {
          body: {
            definition: definition({ holdout: { share: 0, reason: 'x' } }),
          },
        })
      ).body,
    ).toMatchObject({ heldOut: 0, seen: null, reached: 2_000, cost: '4' });
    // Where the plan says no price, that of the account counts; where there is no account, nothing does.
    expect((await shop.ask(estimateCampaign, { body: { definition: definition({ channel: 'email' }) } })).body.cost).toBe('0');
  });

  it('a double click drafts one', async () => {
    const [one, other] = await Promise.all(
      [1, 2].map(() =>
        shop.ask(createCampaign, {
          body: { key: 'twice', definition: definition() },
        }),
      ),
    );
    expect(one.body.campaignNo).toBe(other.body.campaignNo);
  });

  it('a small one goes its way alone, and a second click on the way is refused', async () => {
    const campaign = await draft();
    const checked = await turn(campaign, 'check');
    expect(checked.body).toMatchObject({
      state: 'checked',
      needsApproval: false,
      estimate: { reached: 1_800, heldOut: 200 },
    });
    const [first, second] = await Promise.all([turn(checked.body, 'submit'), turn(checked.body, 'submit')]);
    expect([first.status, second.status].sort()).toEqual([200, 409]);
    expect((first.status === 200 ? first : second).body).toMatchObject({
      state: 'approved',
      nextAt: '2026-06-20T02:00:00.000Z',
    });
    expect((first.status === 200 ? second : first).code).toBe('campaigns.changed');
  });

  it('a large one takes a person who neither wrote nor submitted it', async () => {
    expect((await shop.ask(changeCampaignPolicy, { body: { approvalAbove: 1_000 } })).status).toBe(200);
    expect((await shop.ask(readCampaignPolicy)).body).toEqual({
      approvalAbove: 1_000,
      marginPercent: null,
      pauseAtBounced: 5,
      pauseAtComplained: 0.3,
    });
    const checked = (await turn(await draft(), 'check')).body;
    const submitted = (await turn(checked, 'submit', 3)).body;
    expect(submitted).toMatchObject({
      state: 'submitted',
      needsApproval: true,
      mayApprove: false,
      nextAt: null,
    });
    for (const staff of [1, 3]) expect((await decide(submitted, true, staff)).code).toBe('campaigns.same_person');
    expect((await decide(submitted, false, 2)).status).toBe(400);
    const back = (await decide(submitted, false, 2, 'too many')).body;
    expect(back.state).toBe('draft');
    const again = (await turn((await turn(back, 'check')).body, 'submit')).body;
    expect((await decide(again, true, 2)).body).toMatchObject({
      state: 'approved',
      approvedBy: 'test staff',
    });
    const { steps } = (
      await shop.ask(listCampaignSteps, {
        params: { campaignNo: checked.campaignNo },
      })
    ).body;
    expect(steps.map(({ step }) => step)).toEqual(['approve', 'submit', 'check', 'give_back', 'submit', 'check', 'create']);
    expect(steps[3].note).toBe('too many');
    await shop.ask(changeCampaignPolicy, { body: { approvalAbove: 10_000 } });
  });

  it('what was approved and is changed is a draft again, and one that is read in an old version is not changed', async () => {
    const approved = (await turn((await turn(await draft(), 'check')).body, 'submit')).body;
    const body = {
      version: approved.version,
      definition: definition({ name: '改过' }),
    };
    const changed = await shop.ask(changeCampaign, {
      params: { campaignNo: approved.campaignNo },
      body,
    });
    expect(changed.body).toMatchObject({
      state: 'draft',
      estimate: null,
      nextAt: null,
      approvedBy: null,
      definition: { name: '改过' },
    });
    expect(
      (
        await shop.ask(changeCampaign, {
          params: { campaignNo: approved.campaignNo },
          body,
        })
      ).code,
    ).toBe('campaigns.changed');
  });

  it('what could not go is not checked, with the reason in words, and stays a draft', async () => {
    const cases: [object, RegExp][] = [
      [{ channel: 'sms' }, /Nothing can be sent by this channel/],
      [
        {
          arms: [{ key: 'a', weight: 1, templateNo: 999, templateVersion: 1 }],
        },
        /cannot be used/,
      ],
      [{ schedule: { when: 'once', at: '2026-06-01T00:00:00Z' } }, /time is over/],
      [
        {
          audience: {
            ...inZhejiang,
            test: { test: 'any_of', values: ['西藏'] },
          },
        },
        /nobody/i,
      ],
      [{ costPerMessage: '1', budget: '5' }, /over the budget/],
    ];
    for (const [more, words] of cases) {
      const campaign = await draft(more);
      const refused = await turn(campaign, 'check');
      expect([refused.status, refused.code], refused.text).toEqual([409, 'campaigns.unsound']);
      expect(refused.text).toMatch(words);
      expect((await turn(campaign, 'submit')).code).toBe('campaigns.not_in_state');
      expect(
        (
          await shop.ask(deleteCampaign, {
            params: { campaignNo: campaign.campaignNo },
          })
        ).status,
      ).toBe(200);
    }
    expect((await shop.ask(readCampaign, { params: { campaignNo: 99_999 } })).status).toBe(404);
  });

  it('says what it does in a sentence of the reader’s language, and when it goes', async () => {
    const recurring = definition({
      schedule: {
        when: 'recurring',
        rhythm: { every: 'week', weekday: 1, at: '10:00' },
        from: '2026-06-20',
        until: '2026-07-06',
      },
      exclude: [inZhejiang],
      arms: [arm('a'), arm('b')],
      bestHour: { earliest: 9, latest: 21, fallback: 10 },
      perMinute: 100,
    });
    const english = (await shop.ask(previewCampaign, { body: { definition: recurring } })).body;
    expect(english.sentence).toMatch(
      /^From 2026-06-20 to 2026-07-06, .*10:00, by Webhook to: .*Except .*浙江.*Drawn into 2 versions\. 10% of them, drawn at random, get nothing, for comparison\..*9:00 and 21:00.*At most 100 a minute\.$/,
    );
    expect(english.occasions).toEqual(['2026-06-22T02:00:00.000Z', '2026-06-29T02:00:00.000Z', '2026-07-06T02:00:00.000Z']);
    expect(english.checks).toMatchObject([{ level: 'warning', path: 'stopRule' }]);
    expect((await shop.ask(previewCampaign, { body: { definition: definition() } }, { locale: 'zh-CN' })).body.sentence).toMatch(
      /^2026年6月20日 10:00，用Webhook发给：.*随机留 10% 的人不发，作对照。$/,
    );
  });

  it('two that mean the same people within a week are told of each other, and stand on the calendar together', async () => {
    const first = (
      await turn(
        (
          await turn(
            await draft({
              name: '甲',
              audience: inZhejiang,
              schedule: { when: 'once', at: '2026-08-03T02:00:00Z' },
            }),
            'check',
          )
        ).body,
        'submit',
      )
    ).body;
    const second = (
      await turn(
        await draft({
          name: '乙',
          schedule: { when: 'once', at: '2026-08-06T02:00:00Z' },
        }),
        'check',
      )
    ).body;
    expect(second.estimate?.overlaps).toEqual([{ campaignNo: first.campaignNo, name: '甲', people: 500 }]);
    const calendar = (
      await shop.ask(readCampaignCalendar, {
        query: { from: '2026-08-01', to: '2026-08-31' },
      })
    ).body;
    expect(calendar.campaigns.map(({ name, days }) => [name, days])).toEqual([
      ['乙', ['2026-08-06']],
      ['甲', ['2026-08-03']],
    ]);
    expect(calendar.overlaps).toEqual([{ one: second.campaignNo, other: first.campaignNo, people: 500 }]);
    expect(calendar.leftOut).toBe(0);
    await shop.platform.pg.query(
      `insert into campaign (sender_key, definition, state, edited_actor, edited_by, edited_at, next_at) select 'many ' || n, definition, state, edited_actor, edited_by, edited_at, next_at
        from campaign, generate_series(1, 999) n where campaign_no = $1`, [second.campaignNo]);
    const crowded = (await shop.ask(readCampaignCalendar, { query: { from: '2026-08-01', to: '2026-08-31' } })).body;
    expect([crowded.campaigns.length, crowded.leftOut]).toEqual([1_000, 1]);
    await shop.platform.pg.query("delete from campaign where sender_key like 'many %'");
    expect(
      (
        await shop.ask(readCampaignCalendar, {
          query: { from: '2026-08-01', to: '2026-12-31' },
        })
      ).code,
    ).toBe('campaigns.calendar_too_long');
  });

  it('keep the audiences they name from being deleted while they are there', async () => {
    const as = { permissions: `${everything} audiences.read audiences.edit` };
    const { body } = await shop.ask(
      createAudience,
      { body: { name: '浙江', reason: '端午', kind: 'fixed', rule: inZhejiang } },
      as,
    );
    const campaign = await draft({ name: '丙', exclude: [{ kind: 'audience', audienceId: body.audienceId }] });
    const remove = () => shop.ask(deleteAudience, { params: { audienceId: body.audienceId } }, as);
    const refused = await remove();
    expect([refused.code, refused.text.includes('丙')]).toEqual(['audiences.followed', true]);
    await shop.ask(deleteCampaign, { params: { campaignNo: campaign.campaignNo } });
    expect((await remove()).status).toBe(204);
  });

  it('are found by name, state and channel', async () => {
    expect((await shop.ask(listCampaigns, { query: { q: '甲' } })).body).toMatchObject({
      total: 1,
      rows: [{ state: 'approved' }],
    });
    expect((await shop.ask(listCampaigns, { query: { state: 'running' } })).body.total).toBe(0);
    expect((await shop.ask(listCampaigns, { query: { channel: 'sms' } })).body.total).toBe(0);
    expect((await shop.ask(listCampaigns, { query: { sort: '-nextAt' } })).body.rows[0].definition.name).toBe('甲');
  });
});
