import type pg from 'pg';
import { addDays, type Day, dayIn } from '../../../kernel/day.ts';
import type { Locale } from '../../../kernel/locale.ts';
import { createFormat } from '../../../kernel/format.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { readBrand } from '../../../platform/settings.ts';
import { takeUpMoments } from '../../insights/public.ts';
import type { Days } from '../contract.ts';
import { reportDays } from '../contract/reports.ts';
import type { PlanningDoors } from '../part.ts';
import { holdDue, type MailingRow, moveOn } from './keep/mailings-store.ts';
import { noteOccasion } from './keep/occasions.ts';
import { beginReport } from './keep/reports-store.ts';
import { tellKeeper } from './send/tell-keeper.ts';

type Doors = Pick<PlanningDoors, 'platform' | 'say'>;

/** What a report is of that is due on a day. */
export function daysOfMailing({ rhythm: { every }, covers }: Pick<MailingRow, 'rhythm' | 'covers'>, day: Day): Days {
  const current = reportDays(every, day);
  return covers === 'current' ? current : reportDays(every, addDays(current.from, -1));
}

/**
 * Takes up what is due: each moment becomes an occasion. Two processes take turns at a mailing, and a moment stands once. What is
 * too late to be sent by itself is told: a report is still written, for somebody to look at; a director's page of days ago is nobody's news.
 */
export async function takeUpDue(doors: Doors): Promise<void> {
  const { platform: { pg: pool, clock } } = doors;
  await inTransaction(pool, async (client) => {
    const now = clock.now();
    const due = await holdDue(client, now);
    if (due.length === 0) return;
    const { timeZone } = await readBrand(client);
    for (const mailing of due) {
      const { moments, nextAt } = takeUpMoments(mailing.rhythm, timeZone, mailing.nextAt, now);
      for (const { dueAt, isMissed } of moments) await takeUp(client, mailing, { dueAt, isMissed, day: dayIn(timeZone, dueAt), endedOn: mailing.projectEndedAt && dayIn(timeZone, mailing.projectEndedAt) }, now);
      await moveOn(client, mailing.mailingNo, nextAt);
      const missed = moments.filter(({ isMissed }) => isMissed).map(({ dueAt }) => dueAt);
      if (missed.length > 0) await tellMissed(doors, client, mailing, missed);
    }
  });
}

interface Moment {
  dueAt: Date;
  isMissed: boolean;
  day: Day;
  endedOn: Day | null;
}

async function takeUp(client: pg.PoolClient, mailing: MailingRow, { dueAt, isMissed, day, endedOn }: Moment, now: Date): Promise<void> {
  const { mailingNo, planNo, projectNo, kind, isSent, locale, readers, robotNos, rhythm } = mailing;
  const shared = { mailingNo, planNo, dueAt, locale, isLate: isMissed, by: 'system' };
  const goesTo = { readers, robotNos };
  if (kind === 'director') {
    await noteOccasion(client, { ...shared, reportNo: null, replaces: null, goesTo, state: isMissed ? 'missed' : 'making' }, now);
    return;
  }
  const days = daysOfMailing(mailing, day);
  // A project that is over has had its last report.
  if (endedOn !== null && endedOn < days.from) return;
  const { reportNo } = await beginReport(client, { planNo, projectNo, unit: rhythm.every, days, locale, by: 'system', at: now });
  await noteOccasion(client, { ...shared, reportNo, replaces: 0, goesTo: isSent && !isMissed ? goesTo : null, state: 'making' }, now);
}

async function tellMissed(doors: Doors, client: pg.PoolClient, { kind, planNo, locale, keeperId, mailingNo, projectName }: MailingRow, missed: readonly Date[]): Promise<void> {
  const { say, platform: { log } } = doors;
  const { timeZone, currency } = await readBrand(client);
  log.error({ mailing: mailingNo, missed: missed.length }, 'what of a plan was to be sent was missed');
  const timesIn = (language: Locale) => {
    const format = createFormat({ locale: language, timeZone, currency });
    return { count: missed.length, first: format.dateTime(missed[0]), last: format.dateTime(missed.at(-1)), name: projectName ?? '' };
  };
  await tellKeeper(doors, client, {
    about: `mailing:${mailingNo}`, keeperId, locale,
    told: (language) => ({ subject: say(language, 'planning', `reports.told.missed.${kind}`, timesIn(language)), lines: [say(language, 'planning', `reports.told.missedWhy.${kind}`, timesIn(language))] }),
    path: kind === 'report' ? `/plan/reports?plan=${planNo}` : `/plan/director?plan=${planNo}`,
  });
}
