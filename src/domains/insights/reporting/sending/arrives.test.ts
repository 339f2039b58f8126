import readExcel from 'read-excel-file/node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readPng } from '../../../../../test/read-png.ts';
import {
  createReporting,
  daily,
  due,
  type Reporting,
} from '../../../../../test/reporting.ts';
import type { ShownSchedule } from '../../contract.ts';
import { sendDue } from './send.ts';

describe('a report that sends itself', () => {
  let at: Reporting;
  beforeAll(async () => {
    at = await createReporting();
  });
  beforeEach(() => at.beginAnew());
  afterAll(() => at.close());

  describe('arrives', () => {
    beforeEach(async () => {
      await at.make();
      await at.workAt('2026-03-09T00:29:00Z');
      expect(at.box.received).toEqual([]);
      await at.workAt('2026-03-09T00:30:20Z');
    });

    it("at its time, at everybody, in each one's language", () => {
      expect(
        at.box.received
          .map(({ to, mail }) => [to, mail.headers.get('content-language')])
          .toSorted(),
      ).toEqual([
        ['lin@shop.test', 'zh-CN'],
        ['partner@agency.test', 'en'],
      ]);
      const [chinese, english] = at.box.received
        .toSorted((a, b) => a.to.localeCompare(b.to))
        .map(({ mail }) => mail);
      expect(chinese.subject).toMatch(
        /^常青 · 经营日报（2026\/03\/08） · 销售额 ¥2,?190 ▲ /,
      );
      expect(english.subject).toMatch(
        /^常青 · 经营日报 \(Mar 8, 2026\) · Sales ¥2,?190 ▲ /,
      );
      expect(chinese.text).toContain('按渠道看');
      expect(english.text).toContain('By channel, the rise came mostly from');
    });

    it('with its figures, its analysis, bars and a link to the live page, and as plain text too', () => {
      const [{ mail }] = at.box.received;
      const html = String(mail.html);
      for (const part of [
        '销售额',
        '¥2,190',
        '比上期增长',
        '高于平常',
        '（<span style="white-space:nowrap">+¥1,145</span>）。',
        '门店',
        'https://crm.shop.test/insights?from=2026-03-08&amp;to=2026-03-08',
        'prefers-color-scheme:dark',
        'max-width:600px',
      ])
        expect(html).toContain(part);
      expect(html).not.toMatch(
        /<svg|<script|javascript:|undefined|NaN|\{\{|reporting\./,
      );
      for (const part of [
        '订单数: 20',
        '- 门店:',
        '查看实时报表: https://crm.shop.test/insights?from=2026-03-08&to=2026-03-08',
      ])
        expect(mail.text).toContain(part);
    });

    it('with a picture of its course that mail programs can show', () => {
      const [{ mail }] = at.box.received;
      const [picture] = mail.attachments.filter(
        ({ contentType }) => contentType === 'image/png',
      );
      expect([picture.cid, picture.related]).toEqual(['course-1', true]);
      const { width, height, pixel } = readPng(picture.content);
      expect([width, height]).toEqual([1_104, 320]);
      // The last day is the highest: its line ends at the upper right.
      expect(pixel(width - 10, 9)[3]).toBeGreaterThan(200);
      expect(pixel(20, 20)[3]).toBe(0);
    });

    it("with a workbook whose numbers are those of the mail, in its reader's language, and no formula in it", async () => {
      for (const { to, mail } of at.box.received) {
        const [file] = mail.attachments.filter(({ related }) => !related);
        expect(file.filename).toBe('经营日报 2026-03-08.xlsx');
        const sheets = await readExcel(file.content);
        const isChinese = to === 'lin@shop.test';
        expect(sheets.map(({ sheet }) => sheet)).toEqual(
          isChinese
            ? [
                '概览',
                '销售额走势（按日）',
                '渠道',
                '品类',
                '变化来源',
                '口径说明',
              ]
            : [
                'Overview',
                'Sales by Day',
                'Channel',
                'Category',
                'What made the change',
                'Definitions',
              ],
        );
        expect(sheets[0].data[1].slice(0, 2)).toEqual([
          isChinese ? '本期' : 'This period',
          2_190,
        ]);
        expect(sheets[2].data[1][1]).toBe(2_190);
        expect(sheets[3].data[2][0]).toBe('=1+1');
        const changes = sheets[4].data
          .slice(2)
          .filter(([by]) => by === (isChinese ? '渠道' : 'Channel'))
          .map((row) => Number(row[4]));
        expect(changes.reduce((sum, change) => sum + change, 0)).toBe(
          sheets[4].data[1][4],
        );
        expect(file.content.toString('latin1')).not.toContain('<f>');
      }
    });

    it('and has a history, is due again tomorrow, and nothing is in the way', async () => {
      const { body } = await at.ask('GET', '/schedules');
      const [schedule] = body.rows as ShownSchedule[];
      expect(schedule).toMatchObject({
        nextAt: '2026-03-10T00:30:00.000Z',
        last: { state: 'sent', dueAt: '2026-03-09T00:30:00.000Z' },
        recipientNames: ['林夏', 'partner@agency.test'],
      });
      const [occasion] = await at.history(schedule.scheduleId);
      expect(occasion).toMatchObject({
        isTest: false,
        isLate: false,
        state: 'sent',
        from: '2026-03-08',
        to: '2026-03-08',
        sendings: [
          { to: '林夏', state: 'sent', failures: 0 },
          { to: 'partner@agency.test', state: 'sent' },
        ],
      });
      expect(await at.troubles()).toEqual([]);
    });

    it('once, however often and by however many workers it is looked at', async () => {
      await Promise.all([1, 2, 3].map(() => sendDue(at.doors)));
      await at.workAt('2026-03-09T02:00:00Z');
      expect(at.box.received).toHaveLength(2);
    });
  });

  it('is sent once by three workers that all find it due at the same moment', async () => {
    const { scheduleId } = await at.make({
      recipients: Array.from({ length: 12 }, (_, n) => ({
        kind: 'address',
        address: `a${n}@x.test`,
        locale: 'en',
      })),
    });
    at.setClock(due);
    await Promise.all([1, 2, 3].map(() => sendDue(at.doors)));
    expect(at.box.received.map(({ to }) => to).toSorted()).toEqual(
      Array.from({ length: 12 }, (_, n) => `a${n}@x.test`).toSorted(),
    );
    expect(await at.history(scheduleId)).toHaveLength(1);
  });

  it('goes once to an address that is meant twice, and to nobody who may not sign in any more', async () => {
    const { body: group } = await at.ask('POST', '/groups', {
      name: '管理层',
      members: [
        { kind: 'staff', staffId: 1, locale: 'en' },
        { kind: 'staff', staffId: 2, locale: 'en' },
      ],
    });
    await at.make({
      recipients: [
        { kind: 'staff', staffId: 1, locale: 'zh-CN' },
        { kind: 'address', address: 'LIN@shop.test', locale: 'en' },
        { kind: 'group', groupId: group.groupId },
      ],
    });
    await at.test.platform.pg.query(
      'update staff set disabled_at = now() where staff_id = 2',
    );
    await at.workAt(due);
    await at.test.platform.pg.query(
      'update staff set disabled_at = null where staff_id = 2',
    );
    expect(
      at.box.received.map(({ to, mail }) => [
        to,
        mail.headers.get('content-language'),
      ]),
    ).toEqual([['lin@shop.test', 'zh-CN']]);
    expect(
      (await at.ask('DELETE', `/groups/${Number(group.groupId)}`)).body,
    ).toMatchObject({ code: 'insights.group_in_use' });
  });

  it('is shown before it is sent: the same mail, with its pictures in it', async () => {
    const { name, contents, compare } = daily;
    const { status, body } = await at.ask('POST', '/preview', {
      name,
      contents,
      compare,
      period: 'last_week',
      locale: 'en',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      from: '2026-03-02',
      to: '2026-03-08',
      subject: expect.stringContaining('Mar 2, 2026 to Mar 8, 2026'),
    });
    expect(String(body.html)).toContain('src="data:image/png;base64,');
    expect(String(body.html)).not.toContain('cid:');
    const empty = await at.ask('POST', '/preview', {
      name,
      contents,
      compare: 'lastYear',
      period: 'last_month',
      locale: 'zh-TW',
    });
    expect(empty.status).toBe(200);
  });
});
