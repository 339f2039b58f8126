import type { Locale } from '../../../kernel/locale.ts';
import type { Say } from '../../../platform/i18n.ts';
import type { CellFormat } from '../../../platform/workbook/styles.ts';
import type { WorkbookCell, WorkbookColumn, WorkbookSheet } from '../../../platform/workbook/workbook.ts';
import { type DimensionName, type Figures, type MetricName, metricTraits, timeDimensions } from '../contract.ts';

const text = (say: Say, locale: Locale, key: string): string => say(locale, 'insights', key);

/** How the key of a dimension's row is written: times as days, so that they can be reckoned with. */
export const keyFormat = (dimension: DimensionName): CellFormat => (timeDimensions.some((name) => name === dimension) ? 'day' : 'text');

/** A column for each metric of the period, and for each of the one it is compared with. */
export function figureColumns(metrics: readonly MetricName[], say: Say, locale: Locale): WorkbookColumn[] {
  const columns = metrics.map((name) => ({ title: text(say, locale, `metric.${name}.label`), format: metricTraits[name].unit satisfies CellFormat }));
  const before = text(say, locale, 'breakdown.before');
  return [...columns, ...columns.map(({ title, format }) => ({ title: locale === 'en' ? `${title} (${before})` : `${title}（${before}）`, format }))];
}

export const figureCells = (metrics: readonly MetricName[], figures: Partial<Figures>, before: Partial<Figures>): WorkbookCell[] =>
  [figures, before].flatMap((side) => metrics.map((name) => side[name] ?? null));

/** Where the numbers of a workbook come from, line by line, and what each of its metrics and dimensions means. */
export function definitionsSheet(given: { facts: [string, string][]; metrics: readonly MetricName[]; dimensions: readonly DimensionName[] }, say: Say, locale: Locale): WorkbookSheet {
  return meaningsSheet([...given.facts, ...meaningsOfNames(given, say, locale)], say, locale);
}

/** What metrics and dimensions mean, line by line. */
export function meaningsOfNames({ metrics, dimensions }: { metrics: readonly MetricName[]; dimensions: readonly DimensionName[] }, say: Say, locale: Locale): [string, string][] {
  const defined = (kind: 'metric' | 'dimension', name: string): [string, string] => [text(say, locale, `${kind}.${name}.label`), text(say, locale, `${kind}.${name}.definition`)];
  return [...metrics.map((name) => defined('metric', name)), ...dimensions.map((name) => defined('dimension', name))];
}

/** The sheet behind the numbers: terms, and what they mean. */
export const meaningsSheet = (rows: [string, string][], say: Say, locale: Locale): WorkbookSheet => ({
  title: text(say, locale, 'takeOut.definitions'),
  columns: [{ title: text(say, locale, 'takeOut.term'), format: 'text', width: 28 }, { title: text(say, locale, 'takeOut.meaning'), format: 'text', width: 90 }],
  rows,
});

/** What every table is of: its period, the one before, when it was computed and of which data. */
export function provenanceFacts(of: { period: { from: string; to: string }; before: { from: string; to: string } | null; computedAt: string; dataVersion: number; timeZone: string; currency: string }, say: Say, locale: Locale): [string, string][] {
  const term = (key: string): string => text(say, locale, `takeOut.${key}`);
  const span = ({ from, to }: { from: string; to: string }): string => say(locale, 'insights', 'takeOut.span', { from, to });
  const moment = new Intl.DateTimeFormat('sv-SE', { timeZone: of.timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(new Date(of.computedAt));
  return [
    [term('period'), span(of.period)], ...(of.before ? [[term('before'), span(of.before)] as [string, string]] : []), [term('computedAt'), `${moment} (${of.timeZone})`],
    [term('dataVersion'), String(of.dataVersion)], [term('currency'), of.currency],
  ];
}
