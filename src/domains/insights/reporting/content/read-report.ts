import type { ReportContent, ScheduleWanted } from '../../contract.ts';
import type { Period } from '../../question/period.ts';
import { type ReportData, type ReportingDoors, readReport } from './report-data.ts';
import { type ReportReader, readSaved, type SavedData } from './saved-report.ts';

export type ReportWanted = Pick<ScheduleWanted, 'name' | 'contents' | 'compare'>;

/** Everything a report says, before it is written for a reader of some language. */
export interface ReadReport {
  name: string;
  period: Period;
  /** When the oldest of its numbers was computed. */
  computedAt: string;
  parts: (ReportData | SavedData)[];
}

/** Reads all parts of a report, one after the other; saved ones as far as `reader` may read them. */
export async function readContents(doors: ReportingDoors, { name, contents, compare }: ReportWanted, period: Period, reader: ReportReader): Promise<ReadReport> {
  const parts: ReadReport['parts'] = [];
  const read = (content: ReportContent): Promise<ReportData | SavedData> => (content.kind === 'saved' ? readSaved(doors, content, period, reader) : readReport(doors, content, period, compare));
  for (const content of contents) parts.push(await read(content));
  const [computedAt] = parts.map((part) => (part.kind === 'saved' ? part.tables.en.provenance.computedAt : part.found.overview.computedAt)).toSorted();
  return { name, period, computedAt, parts };
}
