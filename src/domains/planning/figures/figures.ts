import { dayIn } from '../../../kernel/day.ts';
import type { Locale } from '../../../kernel/locale.ts';
import type { Platform } from '../../../platform/platform.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { Insights, Metric } from '../../insights/public.ts';
import type { Days, FigureAsked, PlanMetric, Reading } from '../contract.ts';
import { natureOf } from './nature.ts';
import { createKeptAnswers } from './kept-answers.ts';
import { type Batch, batchesOf } from './batches.ts';

/** The door of the plan to live figures. */
export interface Figures {
  /** What a plan can be bound to, in a reader's language, and the dimensions by name. */
  metrics(locale: Locale): Promise<{ metrics: PlanMetric[]; dimensions: { name: string; label: string }[] }>;
  /** The metric of a name, as the registry counts it; undefined where nobody does. */
  metric(name: string): Metric | undefined;
  /**
   * What metrics came to in a period, each in the place it was asked at: few questions for many metrics, and those alike once. With
   * `waitMs`, what is not counted in that time is `pending`, or what it was a moment ago with the time it was computed at.
   */
  read(asked: readonly FigureAsked[], period: Days, waitMs?: number): Promise<Reading[]>;
}

export function createFigures(platform: Platform, insights: Insights): Figures {
  const kept = createKeptAnswers(insights.answer, platform.clock);
  const metric = (name: string): Metric | undefined => insights.metrics().find((each) => each.name === name);
  const describe = async (locale: Locale): ReturnType<Figures['metrics']> => {
    const { metrics, dimensions } = await insights.definitions(locale);
    const times = new Set(dimensions.filter(({ isTime }) => isTime).map(({ name }) => name));
    return {
      metrics: metrics.map(({ name, label, definition, subject, unit, more, dimensions: all }) => ({ name, label, definition, subject, unit, more, nature: natureOf(metric(name)!), dimensions: all.filter((each) => !times.has(each)) })),
      dimensions: dimensions.filter(({ isTime }) => !isTime).map(({ name, label }) => ({ name, label })),
    };
  };
  let combined: Promise<Map<string, string[]>> | null = null;
  /** Which dimensions each metric can be narrowed by; the registry is complete before the first request. */
  const combinations = (): Promise<Map<string, string[]>> => (combined ??= describe('en').then(({ metrics }) => new Map(metrics.map(({ name, dimensions }) => [name, dimensions]))));
  return {
    metrics: describe,
    metric,
    async read(asked, period, waitMs = Infinity) {
      const [{ timeZone }, goesTogether] = await Promise.all([readBrand(platform.pg), combinations()]);
      const none = (state: Reading['state']): Reading => ({ state, value: null, period, computedAt: null, months: [] });
      if (period.from > dayIn(timeZone, platform.clock.now())) return asked.map(() => none('not_begun'));
      const isAskable = ({ metric: name, filter }: FigureAsked): boolean => goesTogether.get(name)?.some((each) => each === filter?.dimension) ?? false;
      const askable = asked.filter((each) => (each.filter ? isAskable(each) : goesTogether.has(each.metric)));
      const untilMs = Date.now() + waitMs;
      const answered = await Promise.all(batchesOf(askable, (name) => metric(name)!, period).map(async (batch) => [batch, await kept(batch.question, untilMs - Date.now())] as const));
      const byFigure = new Map(answered.flatMap(([batch, answer]) => batch.asked.map((each) => [keyOf(each), answer ? readingOf(batch, each, answer, period) : none('pending')] as const)));
      return asked.map((each) => byFigure.get(keyOf(each)) ?? none('not_in_registry'));
    },
  };
}

const keyOf = ({ metric, filter }: FigureAsked): string => JSON.stringify([metric, filter?.dimension, filter?.value]);
const written = (value: string | number | null | undefined): string | null => (value === null || value === undefined ? null : String(value));

function readingOf({ isByMonth }: Batch, { metric }: FigureAsked, { rows, totals, computedAt }: Awaited<ReturnType<Insights['answer']>>, period: Days): Reading {
  const isEmpty = isByMonth && rows.every(({ hasFacts }) => !hasFacts);
  return {
    state: isEmpty || totals[metric] === null ? 'no_data' : 'known',
    value: isEmpty ? null : written(totals[metric]),
    period, computedAt,
    months: rows.map(({ keys: [month], figures, hasFacts }) => ({ month, value: hasFacts ? written(figures[metric]) : null })),
  };
}
