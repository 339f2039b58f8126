import { createMailer, type Mailer } from '../../../platform/mail/mailer.ts';
import type { InsightsDoors, InsightsPart } from '../part.ts';
import type { Reports } from '../reports/reports.ts';
import { scheduleRoutes } from './schedules/routes.ts';
import { sendingRoutes } from './sending/routes.ts';
import { sendDue } from './sending/send.ts';

const queue = 'insights.reporting';
const limitSeconds = 1_800;

/** Reports that send themselves: daily, weekly, monthly, by mail. */
export function createReporting(doors: InsightsDoors, { answers, reportTable }: Pick<Reports, 'answers' | 'reportTable'>, mailer: Mailer = createMailer(doors.platform)): InsightsPart {
  const { platform: { jobs, log } } = doors;
  const sending = { ...doors, answers, reportTable, mailer };
  jobs.work(queue, () => sendDue(sending), { limitSeconds });
  return {
    routes: [...scheduleRoutes(sending), ...sendingRoutes(sending, () => jobs.later(queue, {}, { key: 'now' }))],
    start: () => void jobs.schedule(queue, '* * * * *', 'UTC').catch((error: unknown) => log.error({ err: error }, 'reports could not be put on the clock')),
  };
}
