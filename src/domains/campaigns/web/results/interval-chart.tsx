import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartOption } from '../../../../web/kit.ts';
import type { Interval } from '../../contract.ts';

/** One place of the line: a day, a month. */
export interface IntervalPoint extends Pick<Interval, 'difference' | 'low' | 'high'> {
  label: string;
}
interface IntervalChartProps {
  title: string;
  summary: string;
  /** What a place is: heads its column in the table. */
  place: string;
  points: readonly IntervalPoint[];
  write(value: number): string;
  /** For the axis, short. */
  brief(value: number): string;
}

/** A difference and its interval over time. */
export function IntervalChart({ title, summary, place, points, write, brief }: IntervalChartProps) {
  const { t } = useTranslation('campaigns');
  const names = useMemo(() => ({ difference: t('results.course.difference'), low: t('results.course.low'), band: t('results.course.band') }), [t]);
  const option = useMemo((): ChartOption => {
    const line = { type: 'line', showSymbol: false, lineStyle: { width: 0 }, stack: 'band', stackStrategy: 'all', silent: true };
    return {
      grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
      legend: { show: true, data: [names.difference, names.band] },
      tooltip: { trigger: 'axis', confine: true, formatter: (at: { dataIndex: number }[]) => {
        const { label, difference, low, high } = points[at[0]?.dataIndex ?? 0];
        return [label, `${names.difference} ${write(difference)}`, low === null || high === null ? '' : `${write(low)} – ${write(high)}`].filter(Boolean).join('<br>');
      } },
      xAxis: { type: 'category', data: points.map(({ label }) => label), boundaryGap: false },
      yAxis: { type: 'value', axisLabel: { formatter: brief } },
      series: [
        { ...line, name: names.low, data: points.map(({ low }) => low) },
        { ...line, name: names.band, data: points.map(({ low, high }) => (low === null || high === null ? null : high - low)), areaStyle: { opacity: 0.18 } },
        { name: names.difference, type: 'line', showSymbol: points.length < 30, lineStyle: { width: 2.5 }, data: points.map(({ difference }) => difference), markLine: { symbol: 'none', silent: true, label: { show: false }, data: [{ yAxis: 0 }] } },
      ],
    };
  }, [points, names, write, brief]);
  const table = {
    columns: [place, names.difference, names.low, t('results.course.high')],
    rows: points.map(({ label, difference, low, high }) => [label, write(difference), low === null ? '–' : write(low), high === null ? '–' : write(high)]),
  };
  return <Chart title={title} summary={summary} option={option} table={table} />;
}
