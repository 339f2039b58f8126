import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  insertCustomers,
  insertEvents,
} from '../../../../test/audience-people.ts';
import {
  type BegunCampaign,
  beginCampaign,
} from '../../../../test/begun-campaign.ts';
import {
  createMessagingServer,
  type MessagingServer,
} from '../../../../test/messaging-server.ts';
import {
  insertLines,
  testLine,
  type TestLine,
} from '../../../../test/order-lines.ts';
import { createSay } from '../../../platform/i18n.ts';
import { seededRandom } from '../../../kernel/seeded-random.ts';
import {
  deleteLesson,
  listLessons,
  readCampaignCourse,
  readCampaignEvolution,
  readCampaignResult,
  saveLesson,
} from '../contract.ts';
import { createResults } from './results.ts';
import { noBudget } from '../part.ts';

const everything = 'campaigns.read campaigns.edit';
const people = 4_000;
const begun = new Date('2026-05-01T02:00:00Z');

describe('what campaigns came to', () => {
  let shop: MessagingServer;
  const made: Record<string, number> = {};
  beforeAll(async () => {
    shop = await createMessagingServer(everything);
    const { pg, clickhouse } = shop.platform;
    await pg.query(
      "insert into customer (customer_no, created_at) select n, '2026-01-01' from generate_series(1, $1) n",
      [people],
    );
    await insertCustomers(
      clickhouse,
      Array.from({ length: people }, (_, i) => ({ customerNo: i + 1 })),
    );
    const lines = history();
    await insertLines(clickhouse, lines);
    const { arms } = await begin('effect', {
      marginPercent: 50,
      costPerMessage: '0.1',
    });
    await begin('nothing', {});
    // Whoever was reached by the first spends forty more on a day of May; half of the lines come on its first day.
    await insertLines(
      clickhouse,
      [...arms[1]].map((no) =>
        testLine({
          customerNo: no,
          order: `E${no}`,
          amount: 40,
          at: no % 2 ? '2026-05-01T05:00:00.000Z' : '2026-05-10T05:00:00.000Z',
        }),
      ),
    );
    await insertEvents(
      clickhouse,
      [...arms[1]]
        .slice(0, 1_000)
        .flatMap((customerNo, i) =>
          [
            'Message Sent',
            'Message Sent',
            ...(i < 400 ? ['Message Opened'] : []),
          ].map((name) => ({
            customerNo,
            at: '2026-05-01T03:00:00.000Z',
            name,
            properties: { program: `campaign ${made.effect}` },
          })),
        ),
    );
  });
  afterAll(() => shop.close());

  /** What everybody bought before and after, for no reason of a campaign's. */
  function history(): TestLine[] {
    const random = seededRandom(5);
    return Array.from({ length: people }, (_, i) => i + 1).flatMap((no) =>
      ['2026-03-10', '2026-04-12', '2026-05-15'].flatMap((day) =>
        random() < 0.4
          ? [
              testLine({
                customerNo: no,
                order: `${no} ${day}`,
                amount: 20 + (no % 90),
                at: `${day}T05:00:00.000Z`,
              }),
            ]
          : [],
      ),
    );
  }

  /** A campaign that has begun, by a name of this test's. */
  async function begin(name: string, more: object): Promise<BegunCampaign> {
    const found = await beginCampaign(shop, begun, people, { name, ...more });
    made[name] = found.campaignNo;
    return found;
  }
  const resultOf = async (name: string, locale = 'en') =>
    (
      await shop.ask(
        readCampaignResult,
        { params: { campaignNo: made[name] } },
        { locale },
      )
    ).body;

  it('an effect that is there is found: what all together spent more, between what and what, what it cost and gave back', async () => {
    const { sentence, warnings, result } = await resultOf('effect');
    const reached =
      result?.arms.find(({ isControl }) => !isControl)?.people ?? 0;
    expect(
      result?.arms.map(({ people: each }) => each).reduce((a, b) => a + b),
    ).toBe(people);
    expect(result?.earned?.revenue.low).toBeLessThan(40 * reached);
    expect(result?.earned?.revenue.high).toBeGreaterThan(40 * reached);
    expect(result?.earned?.revenue.low).toBeGreaterThan(30 * reached);
    expect(result?.earned?.margin?.difference).toBeCloseTo(
      (result?.earned?.revenue.difference ?? 0) / 2,
      6,
    );
    expect(sentence).toMatch(
      /^The campaign earned ¥1\d\d,\d{3}.* more in sales, between ¥1\d\d,\d{3}.* and ¥1\d\d,\d{3}.* \(95%\)\.$/,
    );
    expect(warnings).toEqual([]);
    expect(result?.delivery).toMatchObject({
      handed: 1_000,
      // A mail server takes a message and says no more.
      delivered: 0,
      untold: ['delivered'],
      opened: 400,
      clicked: 0,
      cost: '200',
    });
    expect(result?.back).toMatchObject({
      of: 'margin',
      times: (result?.earned?.margin?.difference ?? 0) / 200,
    });
    expect(
      result?.segments.filter(({ verdict }) => verdict === 'gained').length,
    ).toBeGreaterThan(2);
    expect(result?.segments.some(({ verdict }) => verdict === 'harmed')).toBe(
      false,
    );
    expect((await resultOf('effect', 'zh-CN')).sentence).toMatch(
      /^活动多带来 ¥1\d\d,\d{3}.* 销售额，在 ¥.* 到 ¥.* 之间（95% 把握）。$/,
    );
  });

  it('is kept when its time is over: more facts of that time would change it, and nobody is told two things', async () => {
    const { result } = await resultOf('nothing');
    expect(result?.isOver).toBe(true);
    await shop.platform.pg.query(
      'update fact_state set data_version = data_version + 1',
    );
    shop.setTime('2026-07-18T04:00:00Z');
    expect((await resultOf('nothing')).result?.computedAt).toBe(
      result?.computedAt,
    );
    shop.setTime('2026-06-18T04:00:00Z');
  });

  it('groups that are not as large as they were drawn are told before anything else', async () => {
    const { experimentNo } = await begin('lopsided', {
      holdout: { share: 1_000 },
    });
    // As if somebody had put more people into the control group behind its back.
    await shop.platform.pg.query(
      'update experiment_people set people = other.people from experiment_people other where experiment_people.experiment_no = $1 and experiment_people.arm = 0 and other.experiment_no = 1 and other.arm = 0',
      [experimentNo],
    );
    const { warnings, result } = await resultOf('lopsided');
    expect(result?.sampleRatio?.isMismatch).toBe(true);
    expect(warnings[0]).toMatch(/none of the figures can be trusted/);
  });

  it('day by day shows the same, with an interval that may be looked at every day', async () => {
    const {
      body: { days },
    } = await shop.ask(readCampaignCourse, {
      params: { campaignNo: made.effect },
    });
    expect(days.map(({ day }) => day).slice(0, 2)).toEqual([
      '2026-05-01',
      '2026-05-02',
    ]);
    expect(days).toHaveLength(29);
    expect(days[0].difference).toBeGreaterThan(15);
    expect(days[0].difference).toBeLessThan(25);
    expect(days[28].low).toBeGreaterThan(20);
    expect(days[28].high).toBeLessThan(60);
  });

  it('what became of people is told beside those who were left out', async () => {
    await shop.commerce.refreshSummaries('all');
    const { body } = await shop.ask(readCampaignEvolution, {
      params: { campaignNo: made.effect },
    });
    expect(body.reached + body.control).toBe(people);
    expect(
      body.moves.reduce((sum, move) => sum + move.reached + move.control, 0),
    ).toBe(people);
  });

  it('a lesson is kept with the finding of its day, found by any of its words, and deleted', async () => {
    const saved = await shop.ask(saveLesson, {
      params: { campaignNo: made.effect },
      body: {
        title: 'Reminders work',
        body: 'Send them in May.',
        tags: ['spring'],
      },
    });
    expect(saved.status).toBe(201);
    expect(saved.body).toMatchObject({
      campaignName: 'effect',
      finding: expect.stringMatching(/^The campaign earned/),
      tags: ['spring'],
    });
    for (const q of ['reminders', 'in may', 'spring', 'EFFECT', 'earned'])
      expect(
        (await shop.ask(listLessons, { query: { q } })).body.total,
        q,
      ).toBe(1);
    for (const query of [
      { q: 'autumn' },
      { tag: 'may' },
      { campaignNo: made.nothing },
    ])
      expect((await shop.ask(listLessons, { query })).body.total).toBe(0);
    expect(
      (
        await shop.ask(deleteLesson, {
          params: { lessonNo: saved.body.lessonNo },
        })
      ).status,
    ).toBe(200);
    expect(
      await shop.ask(deleteLesson, {
        params: { lessonNo: saved.body.lessonNo },
      }),
    ).toMatchObject({ status: 404, code: 'campaigns.lesson_not_found' });
  });

  it('a test of contents is decided while it runs, once, when the better one can be told', async () => {
    const { pg, clickhouse } = shop.platform;
    const { arms, campaignNo } = await beginCampaign(
      shop,
      new Date('2026-06-10T00:00:00Z'),
      people,
      {
        arms: ['a', 'b'].map((key) => ({
          key,
          weight: 1,
          templateNo: 1,
          templateVersion: 1,
        })),
        stopRule: { by: 'buyers', leastPeople: 1_000, level: 0.95 },
      },
      'running',
    );
    const results = createResults({
      ...shop,
      budget: noBudget,
      say: createSay(),
      dataVersion: async () => 1,
    });
    expect(await results.decideTests()).toBe(0);
    await insertLines(
      clickhouse,
      [...arms[2]]
        .filter((no) => no % 2)
        .map((no) =>
          testLine({
            customerNo: no,
            order: `T${no}`,
            amount: 1,
            at: '2026-06-12T05:00:00.000Z',
          }),
        ),
    );
    await pg.query('delete from campaign_result where campaign_no = $1', [
      campaignNo,
    ]);
    expect(await results.decideTests()).toBe(1);
    const { rows } = await pg.query<{ winner: string }>(
      'select winner from campaign where campaign_no = $1',
      [campaignNo],
    );
    expect(rows[0].winner).toBe('b');
    expect(await results.decideTests()).toBe(0);
  });

  it('of a campaign that has not begun there is none, and nothing to learn', async () => {
    const {
      rows: [{ no }],
    } = await shop.platform.pg.query<{ no: number }>(
      "insert into campaign (sender_key, definition, state, edited_actor, edited_by, edited_at) select 'draft', definition, 'draft', '', '', now() from campaign limit 1 returning campaign_no as no",
    );
    expect(
      (await shop.ask(readCampaignResult, { params: { campaignNo: no } })).body,
    ).toMatchObject({ result: null, sentence: 'The campaign has not begun.' });
    expect(
      (await shop.ask(readCampaignCourse, { params: { campaignNo: no } })).body
        .days,
    ).toEqual([]);
    expect(
      await shop.ask(saveLesson, {
        params: { campaignNo: no },
        body: { title: 'x' },
      }),
    ).toMatchObject({ status: 409, code: 'campaigns.nothing_learnt' });
    for (const endpoint of [
      readCampaignResult,
      readCampaignCourse,
      readCampaignEvolution,
    ])
      expect(
        (await shop.ask(endpoint, { params: { campaignNo: 999 } })).status,
      ).toBe(404);
  });
});
