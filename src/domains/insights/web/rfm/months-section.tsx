import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded, Section, Stack, TrendChart, Typography, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { type PeopleOf, readRfmMonths, readRfmMoves, rfmPlaces } from '../../contract.ts';
import { MovesMatrix } from '../moves/moves-matrix.tsx';
import { PointSelects } from '../moves/point-selects.tsx';

type OnPeople = (of: PeopleOf) => void;

/** Segments over the last months, and who went from where to where. */
export function MonthsSection({ onPeople }: { onPeople: OnPeople }) {
  const { t } = useTranslation('insights');
  const found = useEndpoint(readRfmMonths);
  return (
    <Loaded from={found}>
      {({ months }) => months && months.length > 1 && (
        <Stack>
          <Section title={t('rfm.trend')}><Trend months={months} /></Section>
          <Moves days={months.map(({ day }) => day)} onPeople={onPeople} />
        </Stack>
      )}
    </Loaded>
  );
}

function Trend({ months }: { months: { day: string; segments: { segment: string; people: number }[] }[] }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const categories = useMemo(() => months.map(({ day }) => format.date(day)), [months, format]);
  const series = useMemo(() => months[0].segments.map(({ segment }, i) => ({
    name: t(`audiences:rfm.segment.${segment}`), kind: 'bar' as const, stack: 'segments', values: months.map(({ segments }) => segments[i].people),
  })), [months, t]);
  return (
    <Stack>
      <Typography.Text type="secondary">{t('rfm.trendHint')}</Typography.Text>
      <TrendChart title={t('rfm.trendChart')} heading={t('rfm.column.day')} categories={categories} series={series} heightPx={380} />
    </Stack>
  );
}

function Moves({ days, onPeople }: { days: string[]; onPeople: OnPeople }) {
  const { t } = useTranslation('insights');
  const [points, setPoints] = useState({ from: days[days.length - 3] ?? days[0], to: days[days.length - 2] });
  const { from, to } = days.length > 2 ? points : { from: days[0], to: days[days.length - 1] };
  const found = useEndpoint(readRfmMoves, { query: { from, to } });
  return (
    <Section title={t('moves.title')} extra={<PointSelects days={days} from={from} to={to} onChange={setPoints} />}>
      <Loaded from={found}>
        {({ moves }) => (
          <MovesMatrix places={rfmPlaces} moves={moves} nameOf={(place) => t(place === 'not_yet' ? 'rfm.notYet' : `audiences:rfm.segment.${place}`)} onPick={(was, is) => onPeople({ kind: 'rfm_move', from, to, was, is })} />
        )}
      </Loaded>
    </Section>
  );
}
