import { useTranslation } from 'react-i18next';
import { StatGrid, StatTile, useFormat } from '../../../../web/kit.ts';
import { type Lane, lanes, type Reading } from '../../contract.ts';
import { useMetricText } from '../figures/use-metric-text.ts';
import type { PlanItem } from '../frame/use-items.tsx';
import { type LaneFigure, stepBetween } from './funnel-step.ts';

/** The figures of the lanes in their order, each beside what it is of the one before. */
export function LaneFunnel({ plans, figures, computedAt }: { plans: ReadonlyMap<Lane, PlanItem<'lane_plan'>>; figures: ReadonlyMap<Lane, Reading>; computedAt: string | undefined }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const text = useMetricText();
  const figureOf = (lane: Lane): LaneFigure => {
    const [metric, reading] = [plans.get(lane)?.body.metric ?? null, figures.get(lane)];
    return metric === null ? null : { unit: text.metric(metric)?.unit ?? null, state: reading?.state ?? 'pending', value: reading?.value ?? null };
  };
  const stepText = (lane: Lane, before: Lane): string => {
    const step = stepBetween(figureOf(before), figureOf(lane));
    return 'ratio' in step ? t('business.ratio', { lane: t(`document.lane.${before}`), ratio: format.percent(step.ratio) }) : t(`business.noRatio.${step.none}`, { lane: t(`document.lane.${before}`) });
  };
  return (
    <StatGrid computedAt={computedAt}>
      {lanes.map((lane, n) => {
        const [metric, figure] = [plans.get(lane)?.body.metric ?? null, figureOf(lane)];
        const label = t(`document.lane.${lane}`);
        return (
          <StatTile
            key={lane} loading={figure?.state === 'pending'} definition={metric === null ? undefined : text.metric(metric)?.definition}
            label={metric === null ? label : t('business.laneMetric', { lane: label, metric: text.label({ metric, filter: null }) })}
            value={figure === null ? '–' : figure.state === 'known' ? text.value(figure.value, figure.unit, true) : '–'}
            note={figure !== null && figure.state !== 'known' && figure.state !== 'pending' ? t(`figures.states.${figure.state}`) : n === 0 ? t('business.first') : stepText(lane, lanes[n - 1])}
          />
        );
      })}
    </StatGrid>
  );
}
