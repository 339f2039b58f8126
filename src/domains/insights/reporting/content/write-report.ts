import type { Locale } from '../../../../kernel/locale.ts';
import type { MailAttachment } from '../../../../platform/mail/mailer.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { ScheduleWanted } from '../../contract/reporting.ts';
import type { Period } from '../../question/period.ts';
import { type ReportMail, writeReportMail } from '../mail/report-mail.ts';
import { writeReportWorkbook } from '../mail/report-workbook.ts';
import { createVoice, type Voice } from '../mail/voice.ts';
import { type ReportData, readReport, type ReportingDoors } from './report-data.ts';


export type ReportWanted = Pick<ScheduleWanted, 'name' | 'contents' | 'compare'>;

/** Reads the numbers of a report, and answers with what writes them in a language. Numbers are read once for all readers. */
export async function prepareReport(doors: ReportingDoors, { name, contents, compare }: ReportWanted, period: Period, site: string | null) {
  const brand = await readBrand(doors.platform.pg);
  const reports: ReportData[] = [];
  for (const content of contents) reports.push(await readReport(doors, content, period, compare));
  const voiceOf = (locale: Locale): Voice => createVoice(doors.say, locale, brand, compare);
  return {
    computedAt: reports[0].found.overview.computedAt,
    mail: (locale: Locale): ReportMail => writeReportMail(doors, name, reports, voiceOf(locale), site),
    workbook: (locale: Locale): Promise<MailAttachment> => writeReportWorkbook(doors, name, reports, voiceOf(locale)),
  };
}
export type PreparedReport = Awaited<ReturnType<typeof prepareReport>>;
