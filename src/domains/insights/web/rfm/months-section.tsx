import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RfmSegment, rfmSegments } from '../../../audiences/contract.ts';
import { Loaded, Section, Select, Stack, TrendChart, Typography, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { type PeopleOf, readRfmMonths, readRfmMoves, rfmPlaces } from '../../contract.ts';
import { MovesMatrix } from '../moves/moves-matrix.tsx';
import { PointSelects } from '../moves/point-selects.tsx';

type OnPeople = (of: PeopleOf) => void;

/** Segments over the last months, and who went from where to where. */
export function MonthsSection({ onPeople }: { onPeople: OnPeople }) {
  const found = useEndpoint(readRfmMonths);
  return (
    <Loaded from={found}>
      {({ months }) => months && months.length > 1 && (
        <Stack>
          <Trend months={months} />
          <Moves days={months.map(({ day }) => day)} onPeople={onPeople} />
        </Stack>
      )}
    </Loaded>
  );
}

/** As many as there are colours to tell them apart. */
const mostShown = 7;
const shownAtFirst: readonly RfmSegment[] = ['champions', 'loyal', 'new_customers', 'at_risk', 'cannot_lose', 'lost'];

function Trend({ months }: { months: { day: string; segments: { segment: RfmSegment; people: number }[] }[] }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const [chosen, setChosen] = useState(shownAtFirst);
  const nameOf = (segment: RfmSegment): string => t(`audiences:rfm.segment.${segment}`);
  const categories = useMemo(() => months.map(({ day }) => format.date(day)), [months, format]);
  const series = useMemo(() => months[0].segments.flatMap(({ segment }, i) => (chosen.includes(segment)
    ? [{ name: t(`audiences:rfm.segment.${segment}`), values: months.map(({ segments }) => segments[i].people) }] : [])), [months, chosen, t]);
  return (
    <Section title={t('rfm.trend')}>
      <Stack>
        <Typography.Text type="secondary">{t('rfm.trendHint')}</Typography.Text>
        <Select mode="multiple" maxCount={mostShown} maxTagCount="responsive" style={{ minWidth: 220 }} aria-label={t('rfm.trendChoice')} value={[...chosen]} onChange={(segments) => setChosen(segments.length > 0 ? segments : shownAtFirst)}
          options={rfmSegments.map((segment) => ({ value: segment, label: nameOf(segment) }))} />
        <TrendChart title={t('rfm.trendChart')} heading={t('rfm.column.day')} categories={categories} series={series} heightPx={340} />
      </Stack>
    </Section>
  );
}

function Moves({ days, onPeople }: { days: string[]; onPeople: OnPeople }) {
  const { t } = useTranslation('insights');
  const [points, setPoints] = useState({ from: days[days.length - 3] ?? days[0], to: days[days.length - 2] });
  const { from, to } = days.length > 2 ? points : { from: days[0], to: days[days.length - 1] };
  const found = useEndpoint(readRfmMoves, { query: { from, to } });
  return (
    <Section title={t('moves.title')}>
      <Stack>
        <PointSelects days={days} from={from} to={to} onChange={setPoints} />
        <Loaded from={found}>
          {({ moves }) => (
            <MovesMatrix places={rfmPlaces} moves={moves} nameOf={(place) => t(place === 'not_yet' ? 'rfm.notYet' : `audiences:rfm.segment.${place}`)} onPick={(was, is) => onPeople({ kind: 'rfm_move', from, to, was, is })} />
          )}
        </Loaded>
      </Stack>
    </Section>
  );
}
