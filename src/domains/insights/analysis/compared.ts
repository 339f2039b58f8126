import type { ReportComparison } from '../contract/analysis.ts';
import { type DimensionName, type Figures, type MetricName, metricNames, mostQuestionRows } from '../contract.ts';
import type { LineFilters } from '../../commerce/contract.ts';
import type { Answers } from '../question/answers.ts';
import { filtersOf } from '../question/line-filters.ts';
import type { Period } from '../question/period.ts';
import type { NamedFigures } from '../question/shape.ts';

export interface ComparedRow {
  key: string;
  now: Figures;
  before: Figures;
}

/** Figures of a period beside those of the one it is compared with. */
export interface Compared {
  rows: ComparedRow[];
  total: Omit<ComparedRow, 'key'>;
  /** How many rows there are in all. */
  rowCount: number;
  period: Period;
  before: Period;
  dataVersion: number;
  computedAt: string;
  timeZone: string;
}

/** Which lines of which days. */
export type AskedLines = LineFilters & Period;

const none: Figures = {
  sales: '0', refunds: '0', netSales: '0', orders: 0, averageOrder: null, buyers: 0, newBuyers: 0, returningBuyers: 0, units: '0', linesWithoutCustomer: 0, linesInOtherCurrency: 0,
};

/** Figures of which those not asked for are nothing. */
export const figuresOf = (given: NamedFigures | null | undefined): Figures => ({ ...none, ...given });

/** Reads figures by a dimension, the greatest sales first; without one, the totals alone. What is beyond a thousand rows is in the total. */
export async function readCompared(answers: Answers, { from, to, ...filters }: AskedLines, compare: ReportComparison, dimension: DimensionName | null, metrics: readonly MetricName[] = metricNames): Promise<Compared> {
  const question = { metrics: [...metrics], dimensions: dimension === null ? [] : [dimension], filters: filtersOf(filters), period: { from, to }, compare, sort: null, limit: mostQuestionRows };
  const { rows, rowCount, totals, totalsAgainst, asked, dataVersion, computedAt } = await answers(question, dimension === null ? null : { limit: mostQuestionRows, offset: 0 });
  return {
    rows: rows.map(({ keys: [key], figures, against }) => ({ key, now: figuresOf(figures), before: figuresOf(against) })),
    total: { now: figuresOf(totals), before: figuresOf(totalsAgainst) },
    rowCount,
    period: asked.period,
    before: asked.against ?? asked.period,
    dataVersion,
    computedAt,
    timeZone: asked.timeZone,
  };
}

/** Figures by day, week or month of a period, each time with a row whether anything happened or not. */
export async function readTimes(answers: Answers, { from, to, ...filters }: AskedLines, by: 'day' | 'month', metrics: readonly MetricName[]): Promise<Map<string, Figures>> {
  const { rows } = await answers({ metrics: [...metrics], dimensions: [by], filters: filtersOf(filters), period: { from, to }, compare: 'none', sort: null, limit: mostQuestionRows }, null);
  return new Map(rows.map(({ keys: [key], figures }) => [key, figuresOf(figures)]));
}
