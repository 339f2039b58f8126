import type { Locale } from '../../../../kernel/locale.ts';
import { dayIn } from '../../../../kernel/day.ts';
import { route, type Route } from '../../../../platform/http/route.ts';
import type { Say } from '../../../../platform/i18n.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { listOccasions, listReportTroubles, previewReport, sendAgain, type ShownOccasion, testSchedule } from '../../contract/reporting.ts';
import { prepareReport } from '../content/write-report.ts';
import { demandSchedule } from '../schedules/keep-schedules.ts';
import { periodOf } from '../schedules/rhythm.ts';
import { type OccasionRow, readOccasions, type Trouble } from './occasions.ts';
import type { SendingDoors } from './send.ts';
import { takeUpAgain, takeUpTest } from './take-up.ts';

/** Taken up so long after it was due, a report is late: workers look every minute. */
const lateMs = 5 * 60_000;

function told(say: Say, trouble: Trouble | null, locale: Locale): string | null {
  if (!trouble) return null;
  const [namespace, ...key] = trouble.code.split('.');
  return say(locale, namespace, `problem.${key.join('.')}`, trouble.params);
}

const iso = (text: string | null): string | null => text && new Date(text).toISOString();

const shownOccasion = ({ dueAt, takenUpAt, endedAt, sendings, ...row }: OccasionRow, say: Say, locale: Locale): ShownOccasion => ({
  ...row,
  dueAt: dueAt.toISOString(),
  endedAt: endedAt?.toISOString() ?? null,
  isLate: takenUpAt.getTime() - dueAt.getTime() > lateMs,
  sendings: sendings.map((each) => ({ ...each, trouble: told(say, each.trouble, locale), sentAt: iso(each.sentAt), nextAt: iso(each.nextAt) })),
});

/** Endpoints of what is sent: now, as a preview, again; and what became of it. `hurry` has what is due sent at once. */
export function sendingRoutes(doors: SendingDoors, hurry: () => Promise<void>): Route[] {
  const { platform: { pg: pool, clock }, say } = doors;
  return [
    route(testSchedule, async ({ params, actor }) => {
      const occasionId = await takeUpTest(doors, params.scheduleId, actor);
      await hurry();
      return { occasionId };
    }),
    route(listOccasions, async ({ params, query, actor }) => {
      await demandSchedule(pool, params.scheduleId);
      const { rows, total } = await readOccasions(pool, params.scheduleId, query.pageSize, (query.page - 1) * query.pageSize);
      return { rows: rows.map((row) => shownOccasion(row, say, actor.locale)), total, computedAt: clock.now().toISOString() };
    }),
    route(sendAgain, async ({ params, actor }) => {
      const sendings = await takeUpAgain(doors, params.occasionId, actor);
      await hurry();
      return { sendings };
    }),
    route(previewReport, async ({ body, actor }) => {
      const { timeZone } = await readBrand(pool);
      const period = periodOf(body.period, dayIn(timeZone, clock.now()));
      const report = await prepareReport(doors, body, period, actor, await doors.mailer.siteAddress());
      const { pictures, subject, html, text } = report.mail(body.locale);
      // A browser has no attachments to show: pictures stand in the page itself.
      const whole = pictures.reduce((page, { cid, content }) => page.replaceAll(`cid:${cid}"`, `data:image/png;base64,${content.toString('base64')}"`), html);
      return { subject, html: whole, text, ...period, computedAt: report.computedAt };
    }),
    route(listReportTroubles, async () => {
      const { rows } = await pool.query<{ scheduleId: number; name: string; state: 'failed' | 'missed' | 'maybe_sent'; dueAt: Date }>(
        `select schedule_id as "scheduleId", name, o.state, due_at as "dueAt" from report_occasion o join report_schedule using (schedule_id)
          where o.state in ('failed', 'missed', 'maybe_sent') and not is_test and due_at > $1::timestamptz - interval '7 days' order by due_at desc limit 20`, [clock.now()]);
      return { troubles: rows.map((row) => ({ ...row, dueAt: row.dueAt.toISOString() })) };
    }),
  ];
}
