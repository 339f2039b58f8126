import readExcel from 'read-excel-file/node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readPng } from '../../../../../test/read-png.ts';
import {
  createReporting,
  daily,
  due,
  type Reporting,
} from '../../../../../test/reporting.ts';
import { question, type QuestionAsked } from '../../contract.ts';

const overview = { kind: 'overview', dimensions: [] };

describe('saved reports in a report that sends itself', () => {
  let at: Reporting;
  beforeAll(async () => {
    at = await createReporting();
  });
  beforeEach(async () => {
    await at.beginAnew();
    await at.test.platform.pg.query('delete from kept_view');
  });
  afterAll(() => at.close());

  /** Saves a report about the last 30 days; it belongs to Lin, who asks in these tests, unless somebody else is named. */
  async function save(
    name: string,
    asked: Partial<QuestionAsked>,
    { ownerId = 1, sharing = 'private' } = {},
  ): Promise<{ kind: 'saved'; reportId: number; name: string }> {
    const body = {
      question: question.parse({
        metrics: ['sales', 'orders'],
        period: { relative: 'last30' },
        ...asked,
      }),
      view: 'table',
    };
    const { rows } = await at.test.platform.pg.query<{ id: number }>(
      "insert into kept_view (kind, name, body, owner_id, owner, sharing, created_at, updated_at) values ('report', $1, $2, $3, 'x', $4, now(), now()) returning view_id as id",
      [name, JSON.stringify(body), ownerId, sharing],
    );
    return { kind: 'saved', reportId: rows[0].id, name: '' };
  }

  it('arrive beside the overview, over the days of the mail, in each language and in the workbook', async () => {
    const saved = await save('渠道 <对比>', {
      dimensions: ['channel'],
      compare: 'before',
    });
    await at.make({ contents: [overview, saved] });
    await at.workAt(due);
    expect(at.box.received).toHaveLength(2);
    const [chinese, english] = at.box.received
      .toSorted((a, b) => a.to.localeCompare(b.to))
      .map(({ mail }) => mail);
    const html = String(chinese.html);
    expect(html).toContain(
      `href="https://crm.shop.test/insights/reports/${saved.reportId}"`,
    );
    expect(html).toContain('渠道 &lt;对比&gt;');
    expect(html).not.toMatch(/<对比>|undefined|NaN|\{\{|reporting\./);
    // Twenty orders of 100 to 119 on the day; ten on the one before. Every third is of the first channel.
    expect(chinese.text).toContain(
      '渠道 <对比>\n销售额: ¥2,190 ▲ 109.6%\n订单数: 20 ▲ 100%\n- 门店: ¥1,427 ▲ 127.6%\n- 天猫: ¥763 ▲ 82.5%',
    );
    expect(english.text).toContain('Sales: ¥2,190 ▲ 109.6%\nOrders: 20');
    const file = english.attachments.find(({ filename }) =>
      filename?.endsWith('.xlsx'),
    );
    const sheets = await readExcel(file?.content as Buffer);
    const table = sheets.find(({ sheet }) => sheet.startsWith('渠道'));
    expect(table?.data[0]).toEqual([
      'Channel',
      'Sales',
      'Sales (period before)',
      'Sales, change',
      'Orders',
      'Orders (period before)',
      'Orders, change',
    ]);
    expect(table?.data.slice(1).map((row) => row.slice(0, 3))).toEqual([
      ['Total', 2_190, 1_045],
      ['门店', 1_427, 627],
      ['天猫', 763, 418],
    ]);
    const terms = sheets.at(-1)?.data.map(([term]) => term) ?? [];
    expect(terms.filter((term) => term === 'Sales')).toHaveLength(1);
  });

  it('go alone as well: totals without a dimension, a line over time', async () => {
    const contents = [
      await save('总数', {}),
      await save('每天', { dimensions: ['day'] }),
    ];
    await at.make({ contents, period: 'last_7_days' });
    await at.workAt(due);
    const { mail } =
      at.box.received.find(({ to }) => to === 'lin@shop.test') ?? {};
    expect(mail?.subject).toBe(
      '常青 · 经营日报（2026/03/02 至 2026/03/08）',
    );
    expect(mail?.text).toContain('总数\n销售额: ¥8,460\n订单数: 80\n');
    expect(mail?.text).toContain('- 2026/03/02: ¥1,045\n');
    const [picture] =
      mail?.attachments.filter(
        ({ contentType }) => contentType === 'image/png',
      ) ?? [];
    expect([picture.cid, picture.related]).toEqual([
      `saved-${contents[1].reportId}`,
      true,
    ]);
    const { width, pixel } = readPng(picture.content);
    expect(pixel(width - 10, 9)[3]).toBeGreaterThan(200);
    const file = mail?.attachments.find(({ filename }) =>
      filename?.endsWith('.xlsx'),
    );
    const sheets = await readExcel(file?.content as Buffer);
    expect(sheets.map(({ sheet }) => sheet)).toEqual([
      '总数',
      '每天',
      '口径说明',
    ]);
    expect(sheets[0].data[1]).toEqual(['合计', 8_460, 80]);
    expect(sheets[1].data).toHaveLength(9);
  });

  it('are kept under the name they have, whatever is given', async () => {
    const saved = await save('渠道表', {});
    const { contents, scheduleId, version } = await at.make({
      contents: [{ ...saved, name: 'something else' }],
    });
    expect(contents).toEqual([{ ...saved, name: '渠道表' }]);
    await at.test.platform.pg.query("update kept_view set name = '新名字'");
    const { body } = await at.ask('PUT', `/schedules/${scheduleId}`, {
      ...daily,
      contents,
      version,
    });
    expect(body.contents).toEqual([{ ...saved, name: '新名字' }]);
  });

  it.each([
    ['was deleted', 'delete from kept_view'],
    ['is somebody else’s alone now', 'update kept_view set owner_id = 2'],
  ])(
    'fail loudly, at once and by name when one %s',
    async (_what, happened) => {
      const { scheduleId } = await at.make({
        contents: [overview, await save('渠道表', {})],
      });
      await at.test.platform.pg.query(happened);
      await at.workAt(due);
      expect(await at.states(scheduleId)).toEqual([
        ['failed', 'failed', 'failed'],
      ]);
      const [{ sendings }] = await at.history(scheduleId);
      expect(sendings[0].trouble).toContain('报表“渠道表”已被删除');
      expect(await at.troubles()).toEqual(['failed']);
      // Nothing but the word to its owner that it did not go out.
      expect(at.box.received.map(({ to }) => to)).toEqual(['lin@shop.test']);
    },
  );

  it('are refused where whoever asks may not read them, in a schedule as in its preview', async () => {
    const own = await save('Bo 的报表', {}, { ownerId: 2 });
    const refused = { code: 'insights.saved_report_gone', status: 422 };
    for (const contents of [[own], [overview, { ...own, reportId: 9_999 }]])
      expect(
        (await at.ask('POST', '/schedules', { ...daily, contents })).body,
      ).toMatchObject(refused);
    const preview = {
      name: 'x',
      period: 'yesterday',
      compare: 'before',
      locale: 'en',
      contents: [own],
    };
    expect((await at.ask('POST', '/preview', preview)).body).toMatchObject(
      refused,
    );
    await at.test.platform.pg.query("update kept_view set sharing = 'read'");
    expect((await at.ask('POST', '/preview', preview)).body).toMatchObject({
      text: expect.stringContaining('Bo 的报表\nSales: ¥2,190'),
    });
    await at.make({ contents: [own] });
  });
});
