import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createReporting,
  daily,
  due,
  type Reporting,
} from '../../../../../test/reporting.ts';

describe('a report that sends itself', () => {
  let at: Reporting;
  beforeAll(async () => {
    at = await createReporting();
  });
  beforeEach(() => at.beginAnew());
  afterAll(() => at.close());

  describe('is kept', () => {
    it('and sent to oneself as a test at once, which is no occasion of its own', async () => {
      const { scheduleId } = await at.make();
      expect(
        (await at.ask('POST', `/schedules/${scheduleId}/test`)).status,
      ).toBe(202);
      await at.workAt('2026-03-09T00:01:00Z');
      expect(at.box.received.map(({ to }) => to)).toEqual(['lin@shop.test']);
      expect(await at.history(scheduleId)).toMatchObject([
        { isTest: true, state: 'sent' },
      ]);
      expect(
        (await at.ask('GET', `/schedules/${scheduleId}`)).body,
      ).toMatchObject({ last: null });
    });

    it('paused without being missed, and goes on with the next time', async () => {
      const { scheduleId } = await at.make();
      expect(
        (
          await at.ask('POST', `/schedules/${scheduleId}/pause`, {
            paused: true,
          })
        ).body,
      ).toMatchObject({ state: 'paused', nextAt: null });
      await at.workAt('2026-03-10T03:00:00Z');
      expect(at.box.received).toEqual([]);
      expect(
        (
          await at.ask('POST', `/schedules/${scheduleId}/pause`, {
            paused: false,
          })
        ).body,
      ).toMatchObject({ state: 'active', nextAt: '2026-03-11T00:30:00.000Z' });
      expect(await at.history(scheduleId)).toEqual([]);
    });

    it('and changed by one person at a time, with its next time', async () => {
      const { scheduleId, version } = await at.make();
      const changed = {
        ...daily,
        version,
        rhythm: { every: 'month', day: 'last', at: '18:00' },
      };
      expect(
        (await at.ask('PUT', `/schedules/${scheduleId}`, changed)).body,
      ).toMatchObject({
        nextAt: '2026-03-31T10:00:00.000Z',
        version: version + 1,
      });
      expect(
        (await at.ask('PUT', `/schedules/${scheduleId}`, changed)).body,
      ).toMatchObject({ code: 'insights.schedule_changed' });
    });

    it('under a name of its own, for people who are there, with sound values only', async () => {
      await at.make();
      expect(
        (await at.ask('POST', '/schedules', { ...daily, name: ' 经营日报 ' }))
          .body,
      ).toMatchObject({
        code: 'insights.name_taken',
        errors: [{ path: 'body.name' }],
      });
      expect(
        (
          await at.ask('POST', '/schedules', {
            ...daily,
            name: 'x',
            recipients: [{ kind: 'staff', staffId: 99, locale: 'en' }],
          })
        ).body,
      ).toMatchObject({ code: 'insights.recipient_not_found' });
      const wrong = [
        { recipients: [] },
        { rhythm: { every: 'day', at: '24:00' } },
        { rhythm: { every: 'week', weekday: 0, at: '08:00' } },
        { rhythm: { every: 'month', day: 32, at: '08:00' } },
        { period: 'today' },
        { contents: [] },
        { recipients: [{ kind: 'address', address: 'a@b', locale: 'en' }] },
      ];
      for (const each of wrong)
        expect(
          (await at.ask('POST', '/schedules', { ...daily, name: 'x', ...each }))
            .status,
          JSON.stringify(each),
        ).toBe(400);
    });

    it('by who may: others see nothing of it', async () => {
      for (const url of [
        'schedules',
        'recipients',
        'troubles',
        'schedules/1/occasions',
      ]) {
        expect(
          (
            await at.server.inject({
              url: `/api/insights/reporting/${url}`,
              headers: {
                'x-test-permissions': 'insights.read insights.export',
              },
            })
          ).statusCode,
          url,
        ).toBe(403);
      }
    });

    it('and its audit line says to which outside addresses it goes, as far as anybody may keep that for ever', async () => {
      const { scheduleId } = await at.make();
      const { rows } = await at.test.platform.pg.query<{ details: object }>(
        "select details from audit_log where action = 'insights.add_schedule' and subject = $1",
        [`report_schedule:${scheduleId}`],
      );
      expect(rows).toMatchObject([
        {
          details: {
            name: '经营日报',
            readers: 2,
            outside: ['p***@agency.test'],
          },
        },
      ]);
    });

    it('is deleted with its history', async () => {
      const { scheduleId } = await at.make();
      await at.workAt(due);
      expect((await at.ask('DELETE', `/schedules/${scheduleId}`)).status).toBe(
        200,
      );
      expect(
        (await at.ask('GET', `/schedules/${scheduleId}`)).body,
      ).toMatchObject({ code: 'insights.schedule_not_found' });
      const { rows } = await at.test.platform.pg.query(
        'select from report_sending',
      );
      expect(rows).toEqual([]);
    });
  });
});
