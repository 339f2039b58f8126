import { expect, it } from 'vitest';
import { type LaneFigure, stepBetween } from './funnel-step.ts';

const figure = (value: string | null, changes: Partial<NonNullable<LaneFigure>> = {}): LaneFigure => ({ unit: 'count', state: 'known', value, ...changes });

it.each<[string, LaneFigure, LaneFigure, ReturnType<typeof stepBetween>]>([
  ['a count over the count before it', figure('200'), figure('50'), { ratio: 0.25 }],
  ['more than there was before', figure('50'), figure('200'), { ratio: 4 }],
  ['nothing of something', figure('50'), figure('0'), { ratio: 0 }],
  ['something of nothing', figure('0'), figure('5'), { none: 'from_zero' }],
  ['money over people', figure('50'), figure('200', { unit: 'money' }), { none: 'not_counts' }],
  ['people over a share', figure('0.5', { unit: 'percent' }), figure('200'), { none: 'not_counts' }],
  ['no data, which is not zero', figure('50'), figure(null, { state: 'no_data' }), { none: 'no_figure' }],
  ['still being counted', figure(null, { state: 'pending' }), figure('5'), { none: 'no_figure' }],
  ['a lane without a metric', null, figure('5'), { none: 'no_metric' }],
])('tells the step of a funnel: %s', (_, before, after, step) => {
  expect(stepBetween(before, after)).toEqual(step);
});
