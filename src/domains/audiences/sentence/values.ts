import type { Comparison, Period, Point } from '../contract/values.ts';
import type { Words } from './words.ts';

export const comparisonText = (compare: Comparison, { say, number }: Words): string =>
  compare.is === 'between' ? say('is.between', { from: number(compare.from), to: number(compare.to) }) : say(`is.${compare.is}`, { value: number(compare.value) });

function pointText(point: Point, { say, day }: Words): string {
  if (typeof point === 'string') return day(point);
  if ('calendar' in point) return say(`calendar.${point.calendar}.${point.ago === 0 ? 'this' : point.ago === 1 ? 'last' : 'before'}`, { count: point.ago });
  const amount = 'ago' in point ? point.ago : point.ahead;
  if (amount === 0 && point.unit === 'day') return say('today');
  return say('ago' in point ? 'ago' : 'ahead', { duration: say(`duration.${point.unit}`, { count: amount }) });
}

/** "in the last 90 days"; empty for all time. */
export function periodText({ from, to }: Period, words: Words): string {
  const { say } = words;
  if (from === undefined && to === undefined) return '';
  if (typeof from === 'object' && 'calendar' in from && JSON.stringify(from) === JSON.stringify(to)) return pointText(from, words);
  if (typeof from === 'string' && from === to) return say('period.on', { day: words.day(from) });
  if (to === undefined && typeof from === 'object' && 'unit' in from && 'ago' in from) {
    return from.ago === 0 && from.unit === 'day' ? say('today') : say('period.last', { duration: say(`duration.${from.unit}`, { count: from.ago }) });
  }
  if (from === undefined) return say('period.until', { to: pointText(to as Point, words) });
  if (to === undefined) return say('period.since', { from: pointText(from, words) });
  return say('period.between', { from: pointText(from, words), to: pointText(to, words) });
}
