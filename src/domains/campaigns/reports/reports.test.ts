import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginCampaign } from '../../../../test/begun-campaign.ts';
import { insertCustomers } from '../../../../test/audience-people.ts';
import { createMailBox, type MailBox } from '../../../../test/mail-box.ts';
import {
  createMessagingServer,
  type MessagingServer,
} from '../../../../test/messaging-server.ts';
import { insertLines, testLine } from '../../../../test/order-lines.ts';
import { writeMailServer } from '../../../platform/mail/mail-server.ts';
import { createSay } from '../../../platform/i18n.ts';
import {
  editCampaignReport,
  listReportReaders,
  readCampaignReport,
  resetCampaignReport,
  sendCampaignReport,
} from '../contract.ts';
import { createReports, type Reports } from './reports.ts';
import { noBudget } from '../part.ts';

const everything = 'campaigns.read campaigns.edit';
const people = 2_000;

describe('the report of a campaign', () => {
  let shop: MessagingServer;
  let box: MailBox;
  let reports: Reports;
  let campaignNo: number;
  let readers: number[];
  beforeAll(async () => {
    [shop, box] = await Promise.all([
      createMessagingServer(everything),
      createMailBox(),
    ]);
    const { platform } = shop;
    platform.config.outboundAllow.push('127.0.0.1');
    await writeMailServer(platform.pg, platform.secret, {
      host: '127.0.0.1',
      port: box.port,
      security: 'plain',
      user: '',
      password: '',
      fromAddress: 'report@shop.test',
      fromName: '常青',
      siteAddress: 'https://crm.shop.test',
    });
    await platform.pg.query(
      "insert into staff (email, name) values ('lin@shop.test', '林'), ('wu@shop.test', '吴')",
    );
    await platform.pg.query(
      "insert into customer (customer_no, created_at) select n, '2026-01-01' from generate_series(1, $1) n",
      [people],
    );
    await insertCustomers(
      platform.clickhouse,
      Array.from({ length: people }, (_, i) => ({ customerNo: i + 1 })),
    );
    const begun = await beginCampaign(
      shop,
      new Date('2026-05-01T02:00:00Z'),
      people,
      { name: '<b>端午</b> 上新', note: '让老客回来', marginPercent: 40 },
    );
    campaignNo = begun.campaignNo;
    await insertLines(
      platform.clickhouse,
      [...begun.arms[1]]
        .filter((no) => no % 2)
        .map((no) =>
          testLine({
            customerNo: no,
            order: `O${no}`,
            amount: 100,
            at: '2026-05-09T05:00:00.000Z',
          }),
        ),
    );
    reports = createReports({
      ...shop,
      budget: noBudget,
      say: createSay(),
      dataVersion: async () => 1,
    });
    readers = (await shop.ask(listReportReaders)).body.readers.map(
      ({ staffId }) => staffId,
    );
  });
  afterAll(async () => {
    await box.close();
    await shop.close();
  });

  const read = async (locale = 'zh-CN') =>
    (await shop.ask(readCampaignReport, { params: { campaignNo } }, { locale }))
      .body;
  const textOf = async (key: string, locale?: string) =>
    (await read(locale)).sections.find((each) => each.key === key)?.text;

  it('writes itself in the reader’s language: what was meant, what came of it, for whom, and what to do next', async () => {
    const { sections, version, editedBy } = await read();
    expect([version, editedBy]).toEqual([0, null]);
    expect(sections.map(({ key }) => key)).toEqual([
      'purpose',
      'result',
      'figures',
      'segments',
      'next',
    ]);
    expect(await textOf('purpose')).toMatch(/^让老客回来\n/);
    expect(await textOf('result')).toMatch(/^活动多带来 ¥/);
    expect(await textOf('figures')).toMatch(
      /购买率：对照组 0%，触达的人多 (4|5)\d\.\d+ 个百分点/,
    );
    expect(await textOf('segments')).toMatch(/受益的：从未购买/);
    expect(await textOf('next')).toMatch(/值得再做/);
    expect(await textOf('result', 'en')).toMatch(
      /^The campaign earned ¥.* more in sales/,
    );
    expect(await textOf('next', 'en')).toMatch(/^Worth doing again/);
  });

  it('stands as somebody edited it, whoever reads it, until it is let write itself again', async () => {
    const sections = [{ key: 'own' as const, title: '结论', text: '明年再做' }];
    const edit = (version: number) =>
      shop.ask(editCampaignReport, {
        params: { campaignNo },
        body: { version, sections },
      });
    // Of two who save the first edit at the same moment one is told.
    const replies = await Promise.all([edit(0), edit(0), edit(0)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(replies.find(({ status }) => status === 200)?.body).toMatchObject({
      version: 1,
      sections,
      editedBy: 'test staff',
      computedAt: null,
    });
    expect(await edit(0)).toMatchObject({
      status: 409,
      code: 'campaigns.report_changed',
    });
    expect((await read('en')).sections).toEqual(sections);
    expect(
      (await shop.ask(resetCampaignReport, { params: { campaignNo } })).body,
    ).toMatchObject({ version: 0, editedBy: null });
  });

  it('goes to colleagues by mail, once each, with what a campaign is called written out and never as markup', async () => {
    const asked = await shop.ask(
      sendCampaignReport,
      { params: { campaignNo }, body: { staffIds: [...readers, readers[0]] } },
      { locale: 'zh-CN' },
    );
    expect(asked.status, asked.text).toBe(202);
    expect(asked.body.copies.map(({ state }) => state)).toEqual([
      'waiting',
      'waiting',
    ]);
    const sent = await Promise.all([
      reports.sendCopies(),
      reports.sendCopies(),
    ]);
    expect(sent[0] + sent[1]).toBe(2);
    expect(box.received.map(({ to }) => to).sort()).toEqual([
      'lin@shop.test',
      'wu@shop.test',
    ]);
    const [{ mail }] = box.received;
    expect(mail.subject).toBe('活动报告：<b>端午</b> 上新');
    expect(mail.text).toContain('活动多带来 ¥');
    expect(mail.html).toContain('&lt;b&gt;端午&lt;/b&gt;');
    expect(mail.html).not.toContain('<b>端午');
    expect(mail.html).toContain(
      `https://crm.shop.test/programs/campaigns/${campaignNo}`,
    );
    expect((await read()).copies.map(({ state }) => state)).toEqual([
      'sent',
      'sent',
    ]);
    expect(await reports.sendCopies()).toBe(0);
  });

  it('that a mail server refuses says so, and one that perhaps arrived is not sent again', async () => {
    box.react(() => 550);
    await shop.ask(sendCampaignReport, {
      params: { campaignNo },
      body: { staffIds: [readers[0]] },
    });
    await reports.sendCopies();
    expect((await read()).copies[0]).toMatchObject({
      state: 'failed',
      problem: expect.stringMatching(/^platform\.mail/),
    });
    box.react(() => 'hang-up');
    await shop.ask(sendCampaignReport, {
      params: { campaignNo },
      body: { staffIds: [readers[0]] },
    });
    await reports.sendCopies();
    expect((await read()).copies[0].state).toBe('unknown');
    expect(await reports.sendCopies()).toBe(0);
  });

  it('goes to nobody who is not of the staff, and there is none of what has not begun', async () => {
    expect(
      (
        await shop.ask(sendCampaignReport, {
          params: { campaignNo },
          body: { staffIds: [99_999] },
        })
      ).code,
    ).toBe('campaigns.no_such_reader');
    const {
      rows: [{ no }],
    } = await shop.platform.pg.query<{ no: number }>(
      "insert into campaign (sender_key, definition, state, edited_actor, edited_by, edited_at) select 'draft', definition, 'draft', '', '', now() from campaign limit 1 returning campaign_no as no",
    );
    expect(
      (await shop.ask(readCampaignReport, { params: { campaignNo: no } })).code,
    ).toBe('campaigns.report_not_ready');
    for (const endpoint of [readCampaignReport, resetCampaignReport])
      expect(
        (await shop.ask(endpoint, { params: { campaignNo: 99_999 } })).status,
      ).toBe(404);
  });
});
