import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Chart, type ChartOption, Columns, type Format, Section, Stack, Table, TrendChart, Typography, useFormat } from '../../../../web/kit.ts';
import type { LifetimeResult, LifetimeTrial } from '../../contract.ts';

/** How the model did on days that it had not seen. */
export function TrialSection({ result: { trial, currency } }: { result: LifetimeResult }) {
  const { t } = useTranslation('insights');
  return (
    <Section title={t('lifetime.trial.title')}>
      {trial ? <Trial trial={trial} currency={currency} /> : <Typography.Text type="secondary">{t('lifetime.trial.none')}</Typography.Text>}
    </Section>
  );
}

const exactShare = 0.01;

function Trial({ trial, currency }: { trial: LifetimeTrial; currency: string }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const { model, sameRate, mean, value } = trial;
  const bias = (expected: number, actual: number): string => {
    const off = actual === 0 ? 0 : expected / actual - 1;
    return Math.abs(off) < exactShare ? t('lifetime.trial.exact') : t(off > 0 ? 'lifetime.trial.over' : 'lifetime.trial.under', { share: format.percent(Math.abs(off)) });
  };
  const isBetter = model.meanError < sameRate.meanError || model.rootMeanSquare < sameRate.rootMeanSquare;
  const [own, naive] = model.meanError < sameRate.meanError ? [model.meanError, sameRate.meanError] : [model.rootMeanSquare, sameRate.rootMeanSquare];
  const errors = { model: format.number(own, 3), naive: format.number(naive, 3), share: format.percent(1 - own / naive, 0) };
  const rows = [{ key: 'byModel', ...model }, { key: 'bySameRate', ...sameRate }, { key: 'byMean', ...mean }];
  const frequency = useMemo(() => trial.byFrequency.map(({ repeats }) => (repeats === 7 ? t('lifetime.trial.more', { count: repeats }) : String(repeats))), [trial, t]);
  const series = useMemo(() => [
    { name: t('lifetime.trial.actual'), values: trial.byFrequency.map(({ actual }) => actual), kind: 'bar' as const },
    { name: t('lifetime.trial.expected'), values: trial.byFrequency.map(({ expected }) => expected), kind: 'bar' as const },
  ], [trial, t]);
  const weekly = useMemo(() => weeklyOption(trial, format, { actual: t('lifetime.trial.actual'), expected: t('lifetime.trial.expected'), learnt: t('lifetime.trial.learnt') }), [trial, format, t]);
  return (
    <Stack>
      <Typography.Text>
        {t('lifetime.trial.sentence', { until: format.date(trial.learntUntil), days: trial.days, expected: format.number(Math.round(model.expected)), actual: format.number(trial.actual), bias: bias(model.expected, trial.actual) })}{' '}
        {t('lifetime.trial.value', { expected: format.compactMoney(value.expected, currency), actual: format.compactMoney(value.actual, currency), bias: bias(value.expected, value.actual) })}
      </Typography.Text>
      <Alert type={isBetter ? 'success' : 'warning'} showIcon title={t(isBetter ? 'lifetime.trial.better' : 'lifetime.trial.worse', errors)} />
      <Columns>
        <Chart title={t('lifetime.trial.weekly')} option={weekly} heightPx={280}
          table={{ columns: [t('lifetime.trial.week'), t('lifetime.trial.actual'), t('lifetime.trial.expected')], rows: trial.weeks.map(({ until, actual, expected }) => [format.date(until), format.number(actual), format.number(Math.round(expected))]) }} />
        <TrendChart title={t('lifetime.trial.frequency')} heading={t('lifetime.trial.repeats')} categories={frequency} series={series} heightPx={280} />
      </Columns>
      <Table
        size="small" rowKey="key" dataSource={rows} pagination={false} scroll={{ x: 560 }} title={() => t('lifetime.trial.errors', { people: format.number(trial.people) })}
        columns={[
          { title: t('lifetime.trial.forecast'), render: (_, { key }) => t(`lifetime.trial.${key}`) },
          { title: t('lifetime.trial.total', { actual: format.number(trial.actual) }), align: 'right', render: (_, { expected }) => format.number(Math.round(expected)) },
          { title: t('lifetime.trial.meanError'), align: 'right', render: (_, { meanError }) => format.number(meanError, 3) },
          { title: t('lifetime.trial.rootMeanSquare'), align: 'right', render: (_, { rootMeanSquare }) => format.number(rootMeanSquare, 3) },
        ]}
      />
    </Stack>
  );
}

interface Words {
  actual: string;
  expected: string;
  learnt: string;
}

/** Both sums week by week, with a line where the model had to look ahead. */
function weeklyOption({ weeks, learntUntil }: LifetimeTrial, format: Format, words: Words): ChartOption {
  const last = weeks.findLastIndex(({ until }) => until <= learntUntil);
  const line = { type: 'line', showSymbol: false };
  return {
    grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
    legend: { show: true },
    tooltip: { trigger: 'axis', confine: true, valueFormatter: (value: number) => format.number(Math.round(value)) },
    xAxis: { type: 'category', data: weeks.map(({ until }) => format.date(until)), boundaryGap: false },
    yAxis: { type: 'value', axisLabel: { formatter: (value: number) => format.compact(value) } },
    series: [
      { ...line, name: words.actual, data: weeks.map(({ actual }) => actual), lineStyle: { width: 2.5 },
        markLine: { silent: true, symbol: 'none', label: { formatter: words.learnt, position: 'end', rotate: 0 }, lineStyle: { type: 'dotted' }, data: last < 0 ? [] : [{ xAxis: last }] } },
      { ...line, name: words.expected, data: weeks.map(({ expected }) => expected), lineStyle: { width: 2, type: 'dashed' } },
    ],
  };
}
