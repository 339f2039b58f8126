import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Button, ComputedAt, EmptyState, Loaded, PageHeader, Section, SegmentedControl, Sentence, Stack, StatGrid, StatTile, Table, Typography, useEndpoint, useFormat, useMay, useNavigateTo } from '../../../../web/kit.ts';
import { type EffectLift, type EffectPeriod, type OutcomeMetric, readUniversalEffect, type UniversalEffect } from '../../contract.ts';
import { IntervalChart } from './interval-chart.tsx';
import { useBetween } from './use-between.ts';

const countingMs = 15_000;

/** What all programs together bring: everybody they may reach beside those whom none reaches. */
export default function EffectPage() {
  const { t } = useTranslation('campaigns');
  const navigate = useNavigateTo();
  const mayRule = useMay('messaging.rules');
  const found = useEndpoint(readUniversalEffect, {}, { freshForMs: 60_000, refreshMs: (shown) => (shown?.isCounting ? countingMs : false) });
  const open = mayRule && <Button type="primary" onClick={() => navigate('/programs/rules')}>{t('effect.toRules')}</Button>;
  return (
    <Stack>
      <PageHeader title={t('effect.title')} subtitle={t('effect.subtitle')} />
      <Loaded from={found}>
        {({ sentence, warnings, isCounting, effect }) => (effect === null ? <EmptyState title={sentence} hint={t(isCounting ? 'effect.soonHint' : 'effect.noneHint')} action={!isCounting && open} /> : (
          <Stack>
            <Sentence>{sentence}</Sentence>
            {warnings.map((warning, at) => <Alert key={warning} type={at === 0 && effect.sampleRatio?.isMismatch ? 'error' : 'info'} showIcon title={warning} />)}
            <Tiles effect={effect} />
            <Months effect={effect} />
          </Stack>
        ))}
      </Loaded>
    </Stack>
  );
}

/** How a metric and its intervals are written. */
function useWritten(currency: string) {
  const format = useFormat();
  const { cents, points, orders, signedCents, signedPoints, signedOrders } = useBetween(currency);
  return useMemo(() => ({
    of: (metric: OutcomeMetric) => (metric === 'buyers' ? signedPoints : metric === 'orders' ? signedOrders : signedCents),
    brief: (metric: OutcomeMetric) => (metric === 'buyers' ? (value: number) => format.percent(value, 1) : metric === 'orders' ? (value: number) => value.toFixed(2) : (value: number) => format.compactMoney(value)),
    between: (lift: EffectLift) => (lift.metric === 'buyers' ? points : lift.metric === 'orders' ? orders : cents)(lift),
  // The format is new where language or currency is.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  }), [format, currency]);
}

function Tiles({ effect: { whole, currency, since } }: { effect: UniversalEffect }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const { money } = useBetween(currency);
  const { reached, control, lifts, until, computedAt } = whole;
  const all = ({ difference, low, high }: EffectLift) => ({ difference: difference * reached.people, low: low === null ? null : low * reached.people, high: high === null ? null : high * reached.people });
  return (
    <Section title={t('results.period', { from: format.date(since), to: format.date(until) })}>
      <StatGrid>
        {lifts.filter(({ metric }) => metric === 'revenue' || metric === 'margin').map((lift) => <StatTile key={lift.metric} label={t(lift.metric === 'revenue' ? 'results.earnedRevenue' : 'results.earnedMargin')} value={format.wholeMoney(all(lift).difference, currency)} definition={money(all(lift))} />)}
        <StatTile label={t('effect.reached')} value={format.number(reached.people)} unit={t('plans.effect.people')} definition={t('effect.reachedHint')} />
        <StatTile label={t('effect.control')} value={format.number(control.people)} unit={t('plans.effect.people')} definition={t('effect.controlHint')} />
      </StatGrid>
      <ComputedAt at={computedAt} />
    </Section>
  );
}

function Months({ effect: { months, whole, currency } }: { effect: UniversalEffect }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const written = useWritten(currency);
  const { chance } = useBetween(currency);
  const [metric, setMetric] = useState<OutcomeMetric>('revenue');
  const metrics = whole.lifts.map((lift) => ({ value: lift.metric, label: t(`results.lift.of.${lift.metric}`) }));
  const liftOf = ({ lifts }: Pick<EffectPeriod, 'lifts'>): EffectLift | undefined => lifts.find((lift) => lift.metric === metric);
  const label = (month: string, isOver: boolean): string => (isOver ? month : t('effect.soFar', { month }));
  const points = useMemo(() => months.flatMap(({ month, isOver, lifts }) => {
    const lift = lifts.find((each) => each.metric === metric);
    return lift ? [{ label: isOver ? month : t('effect.soFar', { month }), difference: lift.difference, low: lift.low, high: lift.high }] : [];
  }), [months, metric, t]);
  type Row = EffectPeriod & { month: string };
  const rows: Row[] = [...months.toReversed(), { ...whole, month: t('effect.whole'), isOver: true }];
  return (
    <Section>
      <Stack>
        <SegmentedControl<OutcomeMetric> label={t('results.lift.metric')} value={metric} options={metrics} onChange={setMetric} />
        {points.length > 1 && <IntervalChart title={t('effect.chart')} summary={t('effect.chartSummary')} place={t('effect.month')} points={points} write={written.of(metric)} brief={written.brief(metric)} />}
        <Table<Row>
          rowKey="month" size="small" pagination={false} dataSource={rows} scroll={{ x: 'max-content' }}
          columns={[
            { key: 'month', title: t('effect.month'), render: (_, { month, isOver }) => label(month, isOver) },
            { key: 'base', title: t('effect.control'), align: 'end', render: (_, row) => written.of(metric)(liftOf(row)?.base ?? 0).replace(/^\+/, '') },
            { key: 'difference', title: t('results.lift.more'), align: 'end', render: (_, row) => <strong>{written.of(metric)(liftOf(row)?.difference ?? 0)}</strong> },
            { key: 'between', title: t('results.lift.between'), align: 'end', render: (_, row) => { const lift = liftOf(row); return lift ? written.between(lift) : '–'; } },
            { key: 'p', title: t('results.lift.p'), align: 'end', render: (_, row) => chance(liftOf(row)?.p ?? null) },
            { key: 'orders', title: t('effect.orders'), align: 'end', render: (_, { reached, control }) => `${format.number(reached.orders)} / ${format.number(control.orders)}` },
          ]}
        />
        <Typography.Text type="secondary"><small>{t('effect.note')}</small></Typography.Text>
      </Stack>
    </Section>
  );
}
