import type { PlanMetric, ShownEvidence } from '../../contract.ts';
import type { Sources } from './sources.ts';

/** A figure in its unit; of a share 1 is all. */
export function figureText({ format }: Pick<Sources, 'format'>, value: string, unit: PlanMetric['unit'] | null | undefined): string {
  if (unit === 'money') return format.money(value);
  if (unit === 'percent') return format.percent(Number(value));
  // What should be there of people by now has decimals: nobody is a third of a person.
  return unit === 'count' ? format.number(Math.round(Number(value))) : format.number(value, 2);
}

/** What a note stands on in one line, with when it was counted or who says so. */
export function evidenceText(sources: Pick<Sources, 'format' | 'word'>, { from, label, state, value, unit, period, computedAt, source }: ShownEvidence): string {
  const { format, word } = sources;
  if (from === 'typed') return word('typed', { text: label, source });
  if (state !== 'known' || value === null) return word('unknown', { label });
  const figure = figureText(sources, value, unit);
  return period ? word('figure', { label, figure, from: format.date(period.from), to: format.date(period.to) }) : word('size', { label, figure, at: format.dateTime(computedAt) });
}
