import readExcel from 'read-excel-file/node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readPng } from '../../../../test/read-png.ts';
import { createReporting, daily, type Reporting } from '../../../../test/reporting.ts';
import type { ShownOccasion, ShownSchedule } from '../contract.ts';
import { insertOccasion } from './sending/occasions.ts';
import { sendDue } from './sending/send.ts';

/** 8:30 in Shanghai on the 9th of March, a Monday. */
const due = '2026-03-09T00:30:00Z';

describe('a report that sends itself', () => {
  let at: Reporting;
  beforeAll(async () => {
    at = await createReporting();
  });
  beforeEach(async () => {
    at.box.received.length = 0;
    at.box.refused.clear();
    at.box.react(() => 'take');
    at.setClock('2026-03-09T00:00:00Z');
    await at.test.platform.pg.query('delete from report_schedule');
    await at.test.platform.pg.query('delete from report_group');
  });
  afterAll(() => at.close());

  const make = async (more: object = {}): Promise<ShownSchedule> => {
    const { status, body } = await at.ask('POST', '/schedules', { ...daily, ...more });
    expect(status, JSON.stringify(body)).toBe(201);
    return body as unknown as ShownSchedule;
  };
  const history = async (scheduleId: number): Promise<ShownOccasion[]> => (await at.ask('GET', `/schedules/${scheduleId}/occasions`)).body.rows as ShownOccasion[];
  const troubles = async (): Promise<string[]> => ((await at.ask('GET', '/troubles')).body.troubles as { state: string }[]).map(({ state }) => state);
  const states = async (scheduleId: number) => (await history(scheduleId)).map(({ state, sendings }) => [state, ...sendings.map((each) => each.state)]);

  describe('arrives', () => {
    beforeEach(async () => {
      await make();
      await at.workAt('2026-03-09T00:29:00Z');
      expect(at.box.received).toEqual([]);
      await at.workAt('2026-03-09T00:30:20Z');
    });

    it('at its time, at everybody, in each one\'s language', () => {
      expect(at.box.received.map(({ to, mail }) => [to, mail.headers.get('content-language')]).toSorted()).toEqual([['lin@shop.test', 'zh-CN'], ['partner@agency.test', 'en']]);
      const [chinese, english] = at.box.received.toSorted((a, b) => a.to.localeCompare(b.to)).map(({ mail }) => mail);
      expect(chinese.subject).toMatch(/^常青 · 经营日报（2026\/03\/08） · 销售额 ¥2,?190 ▲ /);
      expect(english.subject).toMatch(/^常青 · 经营日报 \(Mar 8, 2026\) · Sales ¥2,?190 ▲ /);
      expect(chinese.text).toContain('按渠道看');
      expect(english.text).toContain('By channel, the rise came mostly from');
    });

    it('with its figures, its analysis, bars and a link to the live page, and as plain text too', () => {
      const [{ mail }] = at.box.received;
      const html = String(mail.html);
      for (const part of ['销售额', '¥2,190', '比上期增长', '高于平常', '门店', 'https://crm.shop.test/insights?from=2026-03-08&amp;to=2026-03-08', 'prefers-color-scheme:dark', 'max-width:600px']) expect(html).toContain(part);
      expect(html).not.toMatch(/<svg|<script|javascript:|undefined|NaN|\{\{|reporting\./);
      for (const part of ['订单数: 20', '- 门店:', '查看实时报表: https://crm.shop.test/insights?from=2026-03-08&to=2026-03-08']) expect(mail.text).toContain(part);
    });

    it('with a picture of its course that mail programs can show', () => {
      const [{ mail }] = at.box.received;
      const [picture] = mail.attachments.filter(({ contentType }) => contentType === 'image/png');
      expect([picture.cid, picture.related]).toEqual(['course-1', true]);
      const { width, height, pixel } = readPng(picture.content);
      expect([width, height]).toEqual([1_104, 320]);
      // The last day is the highest: its line ends at the upper right.
      expect(pixel(width - 10, 9)[3]).toBeGreaterThan(200);
      expect(pixel(20, 20)[3]).toBe(0);
    });

    it('with a workbook whose numbers are those of the mail, in its reader\'s language, and no formula in it', async () => {
      for (const { to, mail } of at.box.received) {
        const [file] = mail.attachments.filter(({ related }) => !related);
        expect(file.filename).toBe('经营日报 2026-03-08.xlsx');
        const sheets = await readExcel(file.content);
        const isChinese = to === 'lin@shop.test';
        expect(sheets.map(({ sheet }) => sheet)).toEqual(isChinese ? ['概览', '销售额走势（按日）', '渠道', '品类', '变化来源', '口径说明'] : ['Overview', 'Sales by Day', 'Channel', 'Category', 'What made the change', 'Definitions']);
        expect(sheets[0].data[1].slice(0, 2)).toEqual([isChinese ? '本期' : 'This period', 2_190]);
        expect(sheets[2].data[1][1]).toBe(2_190);
        expect(sheets[3].data[2][0]).toBe('=1+1');
        const changes = sheets[4].data.slice(2).filter(([by]) => by === (isChinese ? '渠道' : 'Channel')).map((row) => Number(row[4]));
        expect(changes.reduce((sum, change) => sum + change, 0)).toBe(sheets[4].data[1][4]);
        expect(file.content.toString('latin1')).not.toContain('<f>');
      }
    });

    it('and has a history, is due again tomorrow, and nothing is in the way', async () => {
      const { body } = await at.ask('GET', '/schedules');
      const [schedule] = body.rows as ShownSchedule[];
      expect(schedule).toMatchObject({ nextAt: '2026-03-10T00:30:00.000Z', last: { state: 'sent', dueAt: '2026-03-09T00:30:00.000Z' }, recipientNames: ['林夏', 'partner@agency.test'] });
      const [occasion] = await history(schedule.scheduleId);
      expect(occasion).toMatchObject({ isTest: false, isLate: false, state: 'sent', from: '2026-03-08', to: '2026-03-08', sendings: [{ to: '林夏', state: 'sent', failures: 0 }, { to: 'partner@agency.test', state: 'sent' }] });
      expect(await troubles()).toEqual([]);
    });

    it('once, however often and by however many workers it is looked at', async () => {
      await Promise.all([1, 2, 3].map(() => sendDue(at.doors)));
      await at.workAt('2026-03-09T02:00:00Z');
      expect(at.box.received).toHaveLength(2);
    });
  });

  it('is sent once by three workers that all find it due at the same moment', async () => {
    const { scheduleId } = await make({ recipients: Array.from({ length: 12 }, (_, n) => ({ kind: 'address', address: `a${n}@x.test`, locale: 'en' })) });
    at.setClock(due);
    await Promise.all([1, 2, 3].map(() => sendDue(at.doors)));
    expect(at.box.received.map(({ to }) => to).toSorted()).toEqual(Array.from({ length: 12 }, (_, n) => `a${n}@x.test`).toSorted());
    expect(await history(scheduleId)).toHaveLength(1);
  });

  it('goes once to an address that is meant twice, and to nobody who may not sign in any more', async () => {
    const { body: group } = await at.ask('POST', '/groups', { name: '管理层', members: [{ kind: 'staff', staffId: 1, locale: 'en' }, { kind: 'staff', staffId: 2, locale: 'en' }] });
    await make({ recipients: [{ kind: 'staff', staffId: 1, locale: 'zh-CN' }, { kind: 'address', address: 'LIN@shop.test', locale: 'en' }, { kind: 'group', groupId: group.groupId }] });
    await at.test.platform.pg.query('update staff set disabled_at = now() where staff_id = 2');
    await at.workAt(due);
    await at.test.platform.pg.query('update staff set disabled_at = null where staff_id = 2');
    expect(at.box.received.map(({ to, mail }) => [to, mail.headers.get('content-language')])).toEqual([['lin@shop.test', 'zh-CN']]);
    expect((await at.ask('DELETE', `/groups/${Number(group.groupId)}`)).body).toMatchObject({ code: 'insights.group_in_use' });
  });

  describe('that does not go out', () => {
    it('is tried again while the server puts it off, and arrives then', async () => {
      const { scheduleId } = await make({ recipients: [daily.recipients[1]] });
      at.box.react(() => 451);
      await at.workAt(due);
      const [first] = await history(scheduleId);
      expect(first).toMatchObject({ state: 'under_way', sendings: [{ state: 'waiting', failures: 1, trouble: expect.stringContaining('稍后会自动重试') }] });
      at.box.react(() => 'take');
      await at.workAt('2026-03-09T00:32:00Z');
      expect(await states(scheduleId)).toEqual([['sent', 'sent']]);
      expect(at.box.received).toHaveLength(1);
    });

    it('is loud: in its history, on the first page of the day, and told to its owner by mail, once', async () => {
      const { scheduleId } = await make();
      at.box.refused.set('partner@agency.test', 550);
      await at.workAt(due);
      expect(await states(scheduleId)).toEqual([['failed', 'sent', 'failed']]);
      expect(await troubles()).toEqual(['failed']);
      const told = at.box.received.filter(({ mail }) => mail.subject?.includes('没有发出去'));
      expect(told.map(({ to, mail }) => [to, mail.text?.includes(`https://crm.shop.test/insights/reporting/${scheduleId}`)])).toEqual([['lin@shop.test', true]]);
      await at.workAt('2026-03-09T00:40:00Z');
      expect(at.box.received).toHaveLength(2);
    });

    it('gives up after five more tries, four and a half hours later', async () => {
      const { scheduleId } = await make({ recipients: [daily.recipients[1]] });
      at.box.react(() => 421);
      for (const minute of [30, 32, 38, 55]) await at.workAt(`2026-03-09T00:${minute}:00Z`);
      await at.workAt('2026-03-09T02:05:00Z');
      expect((await states(scheduleId))[0][0]).toBe('under_way');
      await at.workAt('2026-03-09T06:00:00Z');
      expect((await states(scheduleId))[0]).toEqual(['failed', 'failed']);
    });

    it('perhaps arrived where the server took it all and said nothing, and is not sent again by itself', async () => {
      const { scheduleId } = await make({ recipients: [daily.recipients[1]] });
      at.box.react((mail) => (mail.subject?.includes('可能') ? 'take' : 'hang-up'));
      await at.workAt(due);
      await at.workAt('2026-03-09T05:00:00Z');
      expect(await states(scheduleId)).toEqual([['maybe_sent', 'maybe_sent']]);
      expect(at.box.received.filter(({ to }) => to === 'partner@agency.test')).toHaveLength(1);
      expect(await troubles()).toEqual(['maybe_sent']);
    });

    it('perhaps arrived where its worker died while handing it over; where it died before, it is sent', async () => {
      const { scheduleId } = await make();
      const { pg } = at.test.platform;
      at.setClock(due);
      await at.doors.platform.pg.query('update report_schedule set next_at = null');
      const client = await pg.connect();
      await insertOccasion(client, { scheduleId, dueAt: new Date(due), isTest: false, state: 'under_way', period: { from: '2026-03-08', to: '2026-03-08' } },
        [{ address: 'before@x.test', name: 'before', locale: 'en' }, { address: 'within@x.test', name: 'within', locale: 'en' }], new Date(due));
      client.release();
      // As two workers left them that were killed: one before the content left, one after.
      await pg.query("update report_sending set state = case address when 'before@x.test' then 'sending' else 'handing_over' end, attempt = 1, held_until = $1", [new Date('2026-03-09T00:35:00Z')]);
      await at.workAt('2026-03-09T00:34:00Z');
      expect(at.box.received).toEqual([]);
      await at.workAt('2026-03-09T00:36:00Z');
      expect(at.box.received.map(({ to }) => to).filter((to) => to.endsWith('@x.test'))).toEqual(['before@x.test']);
      const [{ state, sendings }] = await history(scheduleId);
      expect([state, ...sendings.map((each) => each.state)]).toEqual(['maybe_sent', 'sent', 'maybe_sent']);
      expect(sendings[1].trouble).toContain('可能已经收到');
    });

    it('was missed where nobody worked for more than six hours, and sent late where it was less', async () => {
      const { scheduleId } = await make({ recipients: [daily.recipients[0]] });
      await at.workAt('2026-03-11T03:00:00Z');
      expect((await history(scheduleId)).map(({ dueAt, state, isLate }) => [dueAt.slice(0, 10), state, isLate])).toEqual([
        ['2026-03-11', 'sent', true],
        ['2026-03-10', 'missed', true],
        ['2026-03-09', 'missed', true],
      ]);
      expect(await troubles()).toEqual(['missed', 'missed']);
      expect(at.box.received.filter(({ mail }) => mail.subject?.includes('错过了发送时间'))).toHaveLength(2);
    });

    it('is sent again when somebody says so, to whom it did not reach', async () => {
      const { scheduleId } = await make();
      at.box.refused.set('partner@agency.test', 550);
      await at.workAt(due);
      at.box.refused.clear();
      at.box.received.length = 0;
      const [{ occasionId }] = await history(scheduleId);
      expect((await at.ask('POST', `/occasions/${occasionId}/again`)).body).toEqual({ sendings: 1 });
      await at.workAt('2026-03-09T00:45:00Z');
      expect(at.box.received.map(({ to }) => to)).toEqual(['partner@agency.test']);
      expect(await states(scheduleId)).toEqual([['sent', 'sent', 'sent']]);
      expect((await at.ask('POST', `/occasions/${occasionId}/again`)).body).toMatchObject({ code: 'insights.nothing_to_send_again' });
    });

    it('fails at once while no mail server is set up, and says what to do', async () => {
      const { scheduleId } = await make({ recipients: [daily.recipients[0]] });
      const { rows: [{ value }] } = await at.test.platform.pg.query<{ value: object }>("delete from setting where name = 'mail_server' returning value");
      await at.workAt(due);
      await at.test.platform.pg.query("insert into setting (name, value) values ('mail_server', $1)", [JSON.stringify(value)]);
      const [{ sendings: [{ state, trouble }] }] = await history(scheduleId);
      expect([state, trouble]).toEqual(['failed', expect.stringContaining('设置 › 邮件')]);
    });
  });

  describe('is kept', () => {
    it('and sent to oneself as a test at once, which is no occasion of its own', async () => {
      const { scheduleId } = await make();
      expect((await at.ask('POST', `/schedules/${scheduleId}/test`)).status).toBe(202);
      await at.workAt('2026-03-09T00:01:00Z');
      expect(at.box.received.map(({ to }) => to)).toEqual(['lin@shop.test']);
      expect(await history(scheduleId)).toMatchObject([{ isTest: true, state: 'sent' }]);
      expect((await at.ask('GET', `/schedules/${scheduleId}`)).body).toMatchObject({ last: null });
    });

    it('paused without being missed, and goes on with the next time', async () => {
      const { scheduleId } = await make();
      expect((await at.ask('POST', `/schedules/${scheduleId}/pause`, { paused: true })).body).toMatchObject({ state: 'paused', nextAt: null });
      await at.workAt('2026-03-10T03:00:00Z');
      expect(at.box.received).toEqual([]);
      expect((await at.ask('POST', `/schedules/${scheduleId}/pause`, { paused: false })).body).toMatchObject({ state: 'active', nextAt: '2026-03-11T00:30:00.000Z' });
      expect(await history(scheduleId)).toEqual([]);
    });

    it('and changed by one person at a time, with its next time', async () => {
      const { scheduleId, version } = await make();
      const changed = { ...daily, version, rhythm: { every: 'month', day: 'last', at: '18:00' } };
      expect((await at.ask('PUT', `/schedules/${scheduleId}`, changed)).body).toMatchObject({ nextAt: '2026-03-31T10:00:00.000Z', version: version + 1 });
      expect((await at.ask('PUT', `/schedules/${scheduleId}`, changed)).body).toMatchObject({ code: 'insights.schedule_changed' });
    });

    it('under a name of its own, for people who are there, with sound values only', async () => {
      await make();
      expect((await at.ask('POST', '/schedules', { ...daily, name: ' 经营日报 ' })).body).toMatchObject({ code: 'insights.name_taken', errors: [{ path: 'body.name' }] });
      expect((await at.ask('POST', '/schedules', { ...daily, name: 'x', recipients: [{ kind: 'staff', staffId: 99, locale: 'en' }] })).body).toMatchObject({ code: 'insights.recipient_not_found' });
      const wrong = [{ recipients: [] }, { rhythm: { every: 'day', at: '24:00' } }, { rhythm: { every: 'week', weekday: 0, at: '08:00' } }, { rhythm: { every: 'month', day: 32, at: '08:00' } }, { period: 'today' }, { contents: [] }, { recipients: [{ kind: 'address', address: 'a@b', locale: 'en' }] }];
      for (const each of wrong) expect((await at.ask('POST', '/schedules', { ...daily, name: 'x', ...each })).status, JSON.stringify(each)).toBe(400);
    });

    it('by who may: others see nothing of it', async () => {
      for (const url of ['schedules', 'recipients', 'troubles', 'schedules/1/occasions']) {
        expect((await at.server.inject({ url: `/api/insights/reporting/${url}`, headers: { 'x-test-permissions': 'insights.read insights.export' } })).statusCode, url).toBe(403);
      }
    });

    it('and its audit line says to which outside addresses it goes, as far as anybody may keep that for ever', async () => {
      const { scheduleId } = await make();
      const { rows } = await at.test.platform.pg.query<{ details: object }>("select details from audit_log where action = 'insights.add_schedule' and subject = $1", [`report_schedule:${scheduleId}`]);
      expect(rows).toMatchObject([{ details: { name: '经营日报', readers: 2, outside: ['p***@agency.test'] } }]);
    });

    it('is deleted with its history', async () => {
      const { scheduleId } = await make();
      await at.workAt(due);
      expect((await at.ask('DELETE', `/schedules/${scheduleId}`)).status).toBe(200);
      expect((await at.ask('GET', `/schedules/${scheduleId}`)).body).toMatchObject({ code: 'insights.schedule_not_found' });
      const { rows } = await at.test.platform.pg.query('select from report_sending');
      expect(rows).toEqual([]);
    });
  });

  it('is shown before it is sent: the same mail, with its pictures in it', async () => {
    const { name, contents, compare } = daily;
    const { status, body } = await at.ask('POST', '/preview', { name, contents, compare, period: 'last_week', locale: 'en' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ from: '2026-03-02', to: '2026-03-08', subject: expect.stringContaining('Mar 2, 2026 to Mar 8, 2026') });
    expect(String(body.html)).toContain('src="data:image/png;base64,');
    expect(String(body.html)).not.toContain('cid:');
    const empty = await at.ask('POST', '/preview', { name, contents, compare: 'lastYear', period: 'last_month', locale: 'zh-TW' });
    expect(empty.status).toBe(200);
  });
});
