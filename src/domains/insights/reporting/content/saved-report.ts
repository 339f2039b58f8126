import type { Actor } from '../../../../kernel/actor.ts';
import { type Locale, locales } from '../../../../kernel/locale.ts';
import { Problem } from '../../../../kernel/problem.ts';
import type { ReportBody, SavedContent } from '../../contract.ts';
import { findKept, type KeptView } from '../../kept-views/store.ts';
import type { Period } from '../../question/period.ts';
import type { ReportTable } from '../../reports/report-table.ts';
import type { ReportingDoors } from './report-data.ts';

export const savedGone = 'insights.saved_report_gone';

/** Whose rights decide which saved reports can be sent. */
export type ReportReader = Pick<Actor, 'kind' | 'id'>;

/** A report is sent for whoever set it up; when nobody with an account did, with what everybody may read. */
export const ownerAsReader = (ownerId: number | null): ReportReader => ({ kind: 'staff', id: ownerId ?? 0 });

/** The answer to a saved report, laid out for readers of every language. */
export interface SavedData {
  kind: 'saved';
  reportId: number;
  name: string;
  tables: Record<Locale, ReportTable>;
}

/** Those of saved reports that somebody may read; the first that is gone, or not theirs to read, is named. */
export async function demandSaved({ platform }: Pick<ReportingDoors, 'platform'>, contents: readonly SavedContent[], reader: ReportReader): Promise<KeptView[]> {
  const found = await findKept(platform, reader, 'report', contents.map(({ reportId }) => reportId));
  return contents.map(({ reportId, name }) => {
    const report = found.find(({ id }) => id === reportId);
    if (!report) throw new Problem(savedGone, { status: 422, params: { name: name || `#${reportId}` } });
    return report;
  });
}

/** Asks what a saved report asks, over the days of a sending: so every number of a mail is of the same days, also when it is sent again later. */
export async function readSaved(doors: ReportingDoors, content: SavedContent, period: Period, reader: ReportReader): Promise<SavedData> {
  const [{ id, name, body }] = await demandSaved(doors, [content], reader);
  const question = { ...(body as ReportBody).question, period };
  const tables = await Promise.all(locales.map(async (locale) => [locale, await doors.reportTable({ question }, locale)] as const));
  return { kind: 'saved', reportId: id, name, tables: Object.fromEntries(tables) as Record<Locale, ReportTable> };
}
