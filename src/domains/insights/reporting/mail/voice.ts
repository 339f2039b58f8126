import { createFormat, type Format } from '../../../../kernel/format.ts';
import type { Locale } from '../../../../kernel/locale.ts';
import type { Say } from '../../../../platform/i18n.ts';
import type { Brand } from '../../../../platform/settings.ts';
import type { ReportComparison } from '../../contract/analysis.ts';
import { type Figures, type MetricName, metricTraits } from '../../contract.ts';
import type { Period } from '../../question/period.ts';

/** What a report is written with: its reader's language, and how the brand writes numbers and days. */
export interface Voice {
  locale: Locale;
  brand: Brand;
  format: Format;
  say: (key: string, params?: Record<string, unknown>) => string;
  compare: ReportComparison;
}

export const createVoice = (say: Say, locale: Locale, brand: Brand, compare: ReportComparison): Voice => ({
  locale, brand, compare, format: createFormat({ locale, ...brand }), say: (key, params) => say(locale, 'insights', key, params),
});

/** A metric's value as it is read at a glance. */
export function figureText({ format }: Voice, metric: MetricName, figures: Figures): string {
  const value = figures[metric];
  if (metric === 'averageOrder') return format.money(value);
  return metricTraits[metric].unit === 'money' ? format.compactMoney(value) : format.compact(value);
}

/** How a metric moved, `▲ 12.5%`, and whether that is good; nothing where there was nothing before. */
export function movedText({ format }: Voice, metric: MetricName, now: Figures, before: Figures): { text: string; tone: 'good' | 'bad' | 'faint' } {
  const [a, b] = [Number(now[metric] ?? 0), Number(before[metric] ?? 0)];
  if (b === 0) return { text: a === 0 ? '–' : '▲', tone: 'faint' };
  const share = a / b - 1;
  const { more } = metricTraits[metric];
  const tone = Math.abs(share) < 0.0005 || more === 'neutral' ? 'faint' : share > 0 === (more === 'good') ? 'good' : 'bad';
  return { text: `${tone === 'faint' ? '=' : share > 0 ? '▲' : '▼'} ${format.percent(Math.abs(share))}`, tone };
}

/** The days of a period, one or from and to. */
export const periodText = ({ format, say }: Voice, { from, to }: Period): string =>
  from === to ? format.date(from) : say('takeOut.span', { from: format.date(from), to: format.date(to) });
