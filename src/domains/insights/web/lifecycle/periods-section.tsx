import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ChartSeries, Loaded, Section, SegmentedControl, Stack, TrendChart, Typography, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { type LifecyclePeriod, lifecyclePeriods, lifecyclePlaces, type PeopleOf, readLifecycleMoves } from '../../contract.ts';
import { MovesMatrix } from '../moves/moves-matrix.tsx';
import { PointSelects } from '../moves/point-selects.tsx';
import type { Lifecycle } from './shown-lifecycle.ts';

type OnPeople = (of: PeopleOf) => void;

/** States at the ends of months or weeks as areas on each other, and who went from which to which. */
export function PeriodsSection({ lifecycle, onPeople }: { lifecycle: Lifecycle; onPeople: OnPeople }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const [by, setBy] = useState<LifecyclePeriod>('month');
  const points = by === 'month' ? lifecycle.months : lifecycle.weeks;
  const categories = useMemo(() => points.map(({ day }) => format.date(day)), [points, format]);
  const series = useMemo(() => points[0].states.map(({ state }, i): ChartSeries => ({
    name: t(`lifecycle.state.${state}`), kind: 'area', stack: 'states', values: points.map(({ states }) => states[i].people),
  })), [points, t]);
  return (
    <Stack>
      <Section title={t('lifecycle.trend')} extra={<SegmentedControl label={t('lifecycle.byLabel')} value={by} options={lifecyclePeriods.map((value) => ({ value, label: t(`lifecycle.by.${value}`) }))} onChange={setBy} />}>
        <Stack>
          <Typography.Text type="secondary">{t('lifecycle.trendHint')}</Typography.Text>
          <TrendChart title={t('lifecycle.chart')} heading={t('rfm.column.day')} categories={categories} series={series} heightPx={360} />
        </Stack>
      </Section>
      <Moves key={by} by={by} days={points.map(({ day }) => day)} onPeople={onPeople} />
    </Stack>
  );
}

function Moves({ by, days, onPeople }: { by: LifecyclePeriod; days: string[]; onPeople: OnPeople }) {
  const { t } = useTranslation('insights');
  const [{ from, to }, setPoints] = useState({ from: days[days.length - 3], to: days[days.length - 2] });
  const found = useEndpoint(readLifecycleMoves, { query: { by, from, to } });
  return (
    <Section title={t('lifecycle.moves')}>
      <Stack>
        <PointSelects days={days} from={from} to={to} onChange={setPoints} />
        <Loaded from={found}>
          {({ moves }) => <MovesMatrix places={lifecyclePlaces} moves={moves} nameOf={(place) => t(`lifecycle.state.${place}`)} onPick={(was, is) => onPeople({ kind: 'lifecycle_move', by, from, to, was, is })} />}
        </Loaded>
      </Stack>
    </Section>
  );
}
