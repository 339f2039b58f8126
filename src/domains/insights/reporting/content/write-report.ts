import type { Locale } from '../../../../kernel/locale.ts';
import type { MailAttachment } from '../../../../platform/mail/mailer.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { Period } from '../../question/period.ts';
import { type ReportMail, writeReportMail } from '../mail/report-mail.ts';
import { writeReportWorkbook } from '../mail/report-workbook.ts';
import { createVoice, type Voice } from '../mail/voice.ts';
import { readContents, type ReportWanted } from './read-report.ts';
import type { ReportingDoors } from './report-data.ts';
import type { ReportReader } from './saved-report.ts';

/** Reads the numbers of a report, and answers with what writes them in a language. Numbers are read once for all readers. */
export async function prepareReport(doors: ReportingDoors, wanted: ReportWanted, period: Period, reader: ReportReader, site: string | null) {
  const brand = await readBrand(doors.platform.pg);
  const report = await readContents(doors, wanted, period, reader);
  const voiceOf = (locale: Locale): Voice => createVoice(doors.say, locale, brand, wanted.compare);
  return {
    computedAt: report.computedAt,
    mail: (locale: Locale): ReportMail => writeReportMail(doors, report, voiceOf(locale), site),
    workbook: (locale: Locale): Promise<MailAttachment> => writeReportWorkbook(doors, report, voiceOf(locale)),
  };
}
export type PreparedReport = Awaited<ReturnType<typeof prepareReport>>;
