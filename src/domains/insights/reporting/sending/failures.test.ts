import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createReporting,
  daily,
  due,
  type Reporting,
} from '../../../../../test/reporting.ts';
import { insertOccasion } from './occasions.ts';

describe('a report that sends itself', () => {
  let at: Reporting;
  beforeAll(async () => {
    at = await createReporting();
  });
  beforeEach(() => at.beginAnew());
  afterAll(() => at.close());

  describe('that does not go out', () => {
    it('is tried again while the server puts it off, and arrives then', async () => {
      const { scheduleId } = await at.make({
        recipients: [daily.recipients[1]],
      });
      at.box.react(() => 451);
      await at.workAt(due);
      const [first] = await at.history(scheduleId);
      expect(first).toMatchObject({
        state: 'under_way',
        sendings: [
          {
            state: 'waiting',
            failures: 1,
            trouble: expect.stringContaining('稍后会自动重试'),
          },
        ],
      });
      at.box.react(() => 'take');
      await at.workAt('2026-03-09T00:32:00Z');
      expect(await at.states(scheduleId)).toEqual([['sent', 'sent']]);
      expect(at.box.received).toHaveLength(1);
    });

    it('is loud: in its history, on the first page of the day, and told to its owner by mail, once', async () => {
      const { scheduleId } = await at.make();
      at.box.refused.set('partner@agency.test', 550);
      await at.workAt(due);
      expect(await at.states(scheduleId)).toEqual([
        ['failed', 'sent', 'failed'],
      ]);
      expect(await at.troubles()).toEqual(['failed']);
      const told = at.box.received.filter(({ mail }) =>
        mail.subject?.includes('没有发出去'),
      );
      expect(
        told.map(({ to, mail }) => [
          to,
          mail.text?.includes(
            `https://crm.shop.test/insights/reporting/${scheduleId}`,
          ),
        ]),
      ).toEqual([['lin@shop.test', true]]);
      await at.workAt('2026-03-09T00:40:00Z');
      expect(at.box.received).toHaveLength(2);
    });

    it('gives up after five more tries, four and a half hours later', async () => {
      const { scheduleId } = await at.make({
        recipients: [daily.recipients[1]],
      });
      at.box.react(() => 421);
      for (const minute of [30, 32, 38, 55])
        await at.workAt(`2026-03-09T00:${minute}:00Z`);
      await at.workAt('2026-03-09T02:05:00Z');
      expect((await at.states(scheduleId))[0][0]).toBe('under_way');
      await at.workAt('2026-03-09T06:00:00Z');
      expect((await at.states(scheduleId))[0]).toEqual(['failed', 'failed']);
    });

    it('perhaps arrived where the server took it all and said nothing, and is not sent again by itself', async () => {
      const { scheduleId } = await at.make({
        recipients: [daily.recipients[1]],
      });
      at.box.react((mail) =>
        mail.subject?.includes('可能') ? 'take' : 'hang-up',
      );
      await at.workAt(due);
      await at.workAt('2026-03-09T05:00:00Z');
      expect(await at.states(scheduleId)).toEqual([
        ['maybe_sent', 'maybe_sent'],
      ]);
      expect(
        at.box.received.filter(({ to }) => to === 'partner@agency.test'),
      ).toHaveLength(1);
      expect(await at.troubles()).toEqual(['maybe_sent']);
    });

    it('perhaps arrived where its worker died while handing it over; where it died before, it is sent', async () => {
      const { scheduleId } = await at.make();
      const { pg } = at.test.platform;
      at.setClock(due);
      await at.doors.platform.pg.query(
        'update report_schedule set next_at = null',
      );
      const client = await pg.connect();
      await insertOccasion(
        client,
        {
          scheduleId,
          dueAt: new Date(due),
          isTest: false,
          state: 'under_way',
          period: { from: '2026-03-08', to: '2026-03-08' },
        },
        [
          { address: 'before@x.test', name: 'before', locale: 'en' },
          { address: 'within@x.test', name: 'within', locale: 'en' },
        ],
        new Date(due),
      );
      client.release();
      // As two workers left them that were killed: one before the content left, one after.
      await pg.query(
        "update report_sending set state = case address when 'before@x.test' then 'sending' else 'handing_over' end, attempt = 1, held_until = $1",
        [new Date('2026-03-09T00:35:00Z')],
      );
      await at.workAt('2026-03-09T00:34:00Z');
      expect(at.box.received).toEqual([]);
      await at.workAt('2026-03-09T00:36:00Z');
      expect(
        at.box.received
          .map(({ to }) => to)
          .filter((to) => to.endsWith('@x.test')),
      ).toEqual(['before@x.test']);
      const [{ state, sendings }] = await at.history(scheduleId);
      expect([state, ...sendings.map((each) => each.state)]).toEqual([
        'maybe_sent',
        'sent',
        'maybe_sent',
      ]);
      expect(sendings[1].trouble).toContain('可能已经收到');
    });

    it('was missed where nobody worked for more than six hours, and sent late where it was less', async () => {
      const { scheduleId } = await at.make({
        recipients: [daily.recipients[0]],
      });
      await at.workAt('2026-03-11T03:00:00Z');
      expect(
        (await at.history(scheduleId)).map(({ dueAt, state, isLate }) => [
          dueAt.slice(0, 10),
          state,
          isLate,
        ]),
      ).toEqual([
        ['2026-03-11', 'sent', true],
        ['2026-03-10', 'missed', true],
        ['2026-03-09', 'missed', true],
      ]);
      expect(await at.troubles()).toEqual(['missed', 'missed']);
      expect(
        at.box.received.filter(({ mail }) =>
          mail.subject?.includes('错过了发送时间'),
        ),
      ).toHaveLength(2);
    });

    it('is sent again when somebody says so, to whom it did not reach', async () => {
      const { scheduleId } = await at.make();
      at.box.refused.set('partner@agency.test', 550);
      await at.workAt(due);
      at.box.refused.clear();
      at.box.received.length = 0;
      const [{ occasionId }] = await at.history(scheduleId);
      expect(
        (await at.ask('POST', `/occasions/${occasionId}/again`)).body,
      ).toEqual({ sendings: 1 });
      await at.workAt('2026-03-09T00:45:00Z');
      expect(at.box.received.map(({ to }) => to)).toEqual([
        'partner@agency.test',
      ]);
      expect(await at.states(scheduleId)).toEqual([['sent', 'sent', 'sent']]);
      expect(
        (await at.ask('POST', `/occasions/${occasionId}/again`)).body,
      ).toMatchObject({ code: 'insights.nothing_to_send_again' });
    });

    it('fails at once while no mail server is set up, and says what to do', async () => {
      const { scheduleId } = await at.make({
        recipients: [daily.recipients[0]],
      });
      const {
        rows: [{ value }],
      } = await at.test.platform.pg.query<{ value: object }>(
        "delete from setting where name = 'mail_server' returning value",
      );
      await at.workAt(due);
      await at.test.platform.pg.query(
        "insert into setting (name, value) values ('mail_server', $1)",
        [JSON.stringify(value)],
      );
      const [
        {
          sendings: [{ state, trouble }],
        },
      ] = await at.history(scheduleId);
      expect([state, trouble]).toEqual([
        'failed',
        expect.stringContaining('设置 › 邮件'),
      ]);
    });
  });
});
