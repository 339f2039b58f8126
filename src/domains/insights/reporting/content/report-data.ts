import { addDays, daysBetween } from '../../../../kernel/day.ts';
import { gatherFindings } from '../../analysis/gather.ts';
import type { Found } from '../../analysis/findings.ts';
import { type ComparedRow, figuresOf, readCompared, readTimes } from '../../analysis/compared.ts';
import type { ReportComparison } from '../../contract/analysis.ts';
import type { ReportContent } from '../../contract/reporting.ts';
import { type FieldDimension, type Figures, metricNames } from '../../contract.ts';
import type { InsightsDoors } from '../../part.ts';
import type { Answers } from '../../question/answers.ts';
import { bucketsOf, type Period } from '../../question/period.ts';
import type { Reports } from '../../reports/reports.ts';

/** What reports are made with. */
export interface ReportingDoors extends InsightsDoors {
  answers: Answers;
  /** A saved report's question as a table. */
  reportTable: Reports['reportTable'];
}

/** One table: a dimension's values, those with the greatest sales first. */
export interface ReportTable {
  dimension: FieldDimension;
  rows: (ComparedRow & { label: string })[];
  total: Omit<ComparedRow, 'key'>;
  rowCount: number;
}

/** The numbers of the overview, before they are written for a reader of some language. */
export interface ReportData {
  kind: 'overview';
  found: Found;
  by: 'day' | 'month';
  /** The period's course, and that of the one it is compared with. */
  course: { start: string; now: Figures; before: Figures | null }[];
  tables: ReportTable[];
}

/** A line of fewer points says nothing: a short period is shown at the end of the weeks that led to it. */
const fewestPoints = 7;
const leadDays = 28;
const mostDays = 93;

const allLines = { channel: [], region: [], category: [], brand: [] };

/** Reads everything that a report of a period shows. Kept answers are used: who asks for the same again waits for nothing. */
export async function readReport(doors: ReportingDoors, { dimensions }: Extract<ReportContent, { kind: 'overview' }>, period: Period, compare: ReportComparison): Promise<ReportData> {
  const { platform, answers } = doors;
  const asked = { ...allLines, ...period };
  const found = await gatherFindings(platform, answers, asked, compare);
  const [course, ...tables] = await Promise.all([
    readCourse(answers, period, found.overview.before),
    ...dimensions.map((dimension) => readTable(doors, dimension, asked, compare)),
  ]);
  return { kind: 'overview', found, ...course, tables };
}

async function readTable({ answers, commerce }: ReportingDoors, dimension: FieldDimension, asked: typeof allLines & Period, compare: ReportComparison): Promise<ReportTable> {
  const { rows, total, rowCount } = await readCompared(answers, asked, compare, dimension, metricNames);
  const names = dimension === 'product' ? await commerce.products.namesOf(rows.map(({ key }) => key)) : new Map<string, string>();
  return { dimension, total, rowCount, rows: rows.map((row) => ({ ...row, label: names.get(row.key) ?? row.key })) };
}

async function readCourse(answers: Answers, period: Period, before: Period): Promise<Pick<ReportData, 'by' | 'course'>> {
  const length = daysBetween(period.from, period.to) + 1;
  const by = length > mostDays ? 'month' : 'day';
  const isShort = length < fewestPoints;
  const shown = isShort ? { from: addDays(period.to, 1 - leadDays), to: period.to } : period;
  const read = (of: Period): Promise<Map<string, Figures>> => readTimes(answers, { ...allLines, ...of }, by, ['sales', 'orders']);
  const [now, then] = await Promise.all([read(shown), isShort ? null : read(before)]);
  const starts = then ? bucketsOf(before, by) : [];
  const none = figuresOf(null);
  return { by, course: bucketsOf(shown, by).map((start, at) => ({ start, now: now.get(start) ?? none, before: then && starts.at(at) !== undefined ? (then.get(starts[at]) ?? none) : null })) };
}
