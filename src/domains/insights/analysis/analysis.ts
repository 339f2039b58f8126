import type { Locale } from '../../../kernel/locale.ts';
import { route } from '../../../platform/http/route.ts';
import type { Say } from '../../../platform/i18n.ts';
import { type Brand, readBrand } from '../../../platform/settings.ts';
import { type Analysis, type ReportComparison, readAnalysis } from '../contract/analysis.ts';
import type { InsightsDoors, InsightsPart } from '../part.ts';
import type { Answers } from '../question/answers.ts';
import { decimal, type Found, type Moved } from './findings.ts';
import { gatherFindings } from './gather.ts';
import { wordAnalysis } from './sentences.ts';

const mostShown = 20;

const texts = ({ now, before, change }: Moved) => ({ now: decimal(now), before: decimal(before), change: decimal(change) });

/** Findings as they leave: sentences in the reader's language, and the numbers behind them. What is beyond the rows shown is in `rest`. */
export function shownAnalysis(found: Found, compare: ReportComparison, say: Say, locale: Locale, brand: Brand): Analysis {
  const { overview: { period, before, dataVersion, computedAt }, sales, factors, groups, dimensions, outside } = found;
  const unknown = say(locale, 'insights', 'breakdown.unknown');
  return {
    sentences: wordAnalysis(found, compare, say, locale, brand),
    sales: {
      change: decimal(sales.change),
      factors: factors.map(({ factor, change }) => ({ factor, change: decimal(change) })),
      groups: groups.map((group) => ({ key: group.key, ...texts(group) })),
      dimensions: dimensions.map(({ dimension, rows, rest }) => ({
        dimension,
        rows: rows.slice(0, mostShown).map((row) => ({ key: row.key, label: row.key || unknown, ...texts(row) })),
        rest: decimal(rows.slice(mostShown).reduce((sum, { change }) => sum + change, rest)),
      })),
    },
    outside: outside.map(({ metric, day, value, range: { median, low, high, weeks } }) => ({ metric, day, value: String(value), median: String(median), low: String(low), high: String(high), weeks })),
    period,
    before,
    dataVersion,
    computedAt,
  };
}

/** What happened in a period, in words. */
export const createAnalysis = ({ platform, say }: InsightsDoors, answers: Answers): InsightsPart => ({
  routes: [
    route(readAnalysis, async ({ query: { compare, ...asked }, actor: { locale } }) => {
      const [found, brand] = await Promise.all([gatherFindings(platform, answers, asked, compare), readBrand(platform.pg)]);
      return shownAnalysis(found, compare, say, locale, brand);
    }),
  ],
});
