import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, currentLocale, RankChart, Stack, TrendChart, Typography } from '../../../../web/kit.ts';
import type { AnswerReply, AnswerView, Comparison } from '../../contract.ts';
import { drawnAnswer, drawnFigure, mapCells, mappedAnswer } from './drawn-answer.ts';
import type { Province } from './provinces.ts';
import { useAnswerText } from './use-answer-text.ts';

interface AnswerChartProps {
  answer: AnswerReply;
  view: Exclude<AnswerView, 'table'>;
  metric: string;
  title: string;
  compare: Comparison;
}

const mostBars = 40;

/** An answer drawn: over time or another order, as a ranking, as shares, or on the map. */
export function AnswerChart({ answer, view, metric, title, compare }: AnswerChartProps) {
  const { t } = useTranslation('insights');
  const column = answer.columns.find(({ key }) => key === metric);
  const unit = column?.unit === 'money' || column?.unit === 'percent' ? column.unit : 'number';
  const heading = answer.columns.find(({ kind }) => kind === 'dimension')?.label ?? '';
  const drawn = useMemo(() => drawnAnswer(answer, metric, t('breakdown.unknown'), compare === 'none' ? '' : t(`compare.${compare}`)), [answer, metric, compare, t]);
  const isTime = answer.columns.some(({ key }) => /^(day|week|month)$/.test(key));
  const series = useMemo(() => drawn.series.map(({ name, values, isAgainst }) => ({ name, values, muted: isAgainst, kind: view === 'bar' && (!isAgainst || !isTime) ? 'bar' as const : 'line' as const })), [drawn, view, isTime]);
  if (view === 'map') return <MapChart answer={answer} metric={metric} title={title} />;
  if (view === 'pie') return <PieChart answer={answer} metric={metric} title={title} />;
  if (view === 'bar' && drawn.series.length === 1 && !isTime) {
    const items = drawn.categories.slice(0, mostBars).map((label, at) => ({ label, value: drawn.series[0].values[at] ?? 0 }));
    return <RankChart title={title} heading={heading} items={items} unit={unit} />;
  }
  return <TrendChart title={title} heading={heading} categories={drawn.categories} series={series} unit={unit} />;
}

const mostSlices = 10;

function PieChart({ answer, metric, title }: { answer: AnswerReply; metric: string; title: string }) {
  const { t } = useTranslation('insights');
  const text = useAnswerText();
  const column = answer.columns.find(({ key }) => key === metric);
  const { option, table } = useMemo(() => {
    const rows = answer.rows.map(({ labels, figures }) => ({ name: labels.map((label) => label || t('breakdown.unknown')).join(' · '), value: Math.max(0, drawnFigure(figures[metric]) ?? 0) }))
      .sort((a, b) => b.value - a.value);
    const rest = rows.slice(mostSlices).reduce((sum, { value }) => sum + value, 0);
    const slices = [...rows.slice(0, mostSlices), ...(rest > 0 ? [{ name: t('ask.others'), value: rest }] : [])];
    const sum = slices.reduce((total, { value }) => total + value, 0);
    return {
      option: {
        tooltip: { trigger: 'item', confine: true, valueFormatter: (value: unknown) => text(Number(value), column?.unit ?? null) },
        series: [{ type: 'pie', radius: ['45%', '72%'], data: slices, label: { formatter: '{b} {d}%' }, itemStyle: { borderRadius: 4 } }],
      },
      table: { columns: [answer.columns[0].label, column?.label ?? '', t('ask.share')], rows: slices.map(({ name, value }) => [name, text(value, column?.unit ?? null), text(sum === 0 ? null : value / sum, 'percent')]) },
    };
  }, [answer, metric, column, t, text]);
  return (
    <Stack>
      <Chart title={title} option={option} table={table} />
      {column && !column.isAdditive && <Typography.Text type="secondary">{t('ask.notAdditive', { metric: column.label })}</Typography.Text>}
    </Stack>
  );
}

function MapChart({ answer, metric, title }: { answer: AnswerReply; metric: string; title: string }) {
  const { t } = useTranslation('insights');
  const text = useAnswerText();
  const column = answer.columns.find(({ key }) => key === metric);
  const mapped = useMemo(() => mappedAnswer(answer, metric), [answer, metric]);
  const { option, table } = useMemo(() => {
    const locale = currentLocale();
    const nameOf = (province: Province): string => (locale === 'en' ? province.en : locale === 'zh-TW' ? province.tw : province.zh);
    const shortOf = (province: Province): string => (locale === 'en' ? province.iso : nameOf(province));
    const cells = mapCells(mapped, nameOf);
    const short = new Map(mapCells(mapped, shortOf).map(({ name }, at) => [cells[at].name, name]));
    const most = Math.max(1, ...mapped.values.values());
    const written = (value: number | null): string => text(value, column?.unit ?? null, true);
    return {
      option: {
        grid: { left: 8, right: 8, top: 8, bottom: 48 },
        xAxis: { type: 'category', data: [...Array(9).keys()], show: false },
        yAxis: { type: 'category', data: [...Array(8).keys()], inverse: true, show: false },
        visualMap: [
          { seriesIndex: 0, min: 0, max: most, orient: 'horizontal', left: 'center', bottom: 0, calculable: false, dimension: 2, inRange: { color: ['#dfeee6', '#1f6a4d'] }, text: [written(most), '0'] },
          { seriesIndex: 1, show: false, min: 0, max: 1, dimension: 2, inRange: { color: ['rgba(128, 128, 128, 0.14)', 'rgba(128, 128, 128, 0.14)'] } },
        ],
        tooltip: { confine: true, formatter: ({ name, value }: { name: string; value: (number | null)[] }) => `${name}  ${written(value[2])}` },
        series: [{
          type: 'heatmap',
          data: cells.filter(({ value }) => value[2] !== null),
          label: { show: true, formatter: ({ name }: { name: string }) => short.get(name) ?? name },
          itemStyle: { borderWidth: 3, borderColor: 'transparent', borderRadius: 6 },
        }, {
          // What has no number has a square all the same.
          type: 'heatmap',
          silent: true,
          label: { show: true, formatter: ({ name }: { name: string }) => short.get(name) ?? name },
          itemStyle: { borderWidth: 3, borderColor: 'transparent', borderRadius: 6 },
          data: cells.filter(({ value }) => value[2] === null).map(({ name, value }) => ({ name, value: [value[0], value[1], 0] })),
        }],
      },
      table: { columns: [t('dimension.province.label'), column?.label ?? ''], rows: cells.filter(({ value }) => value[2] !== null).sort((a, b) => (b.value[2] ?? 0) - (a.value[2] ?? 0)).map(({ name, value }) => [name, written(value[2])]) },
    };
  }, [mapped, column, t, text]);
  return (
    <Stack>
      <Chart title={title} option={option} table={table} heightPx={420} />
      {mapped.elsewhere.length > 0 && (
        <Typography.Text type="secondary">
          {t('ask.elsewhere', { count: mapped.elsewhere.length, list: mapped.elsewhere.slice(0, 5).map(({ label, value }) => `${label || t('breakdown.unknown')} ${text(value, column?.unit ?? null, true)}`).join(t('ask.comma')) })}
        </Typography.Text>
      )}
      {mapped.together.length > 0 && !column?.isAdditive && <Typography.Text type="secondary">{t('ask.together', { names: [...new Set(mapped.together)].join(t('ask.comma')) })}</Typography.Text>}
    </Stack>
  );
}
