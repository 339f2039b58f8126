import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { Chart } from './chart.tsx';
import { type ChartSeries, rankOption, trendOption, trendTable, type ValueText } from './ready-options.ts';

interface ReadyChartProps {
  title: string;
  summary?: string;
  /** What the values are: it decides how they are written. */
  unit?: 'number' | 'money' | 'percent';
  heightPx?: number;
  extra?: ReactNode;
}

function useValueText(unit: 'number' | 'money' | 'percent'): ValueText {
  const format = useFormat();
  return useMemo(() => {
    if (unit === 'money') return { value: (v) => format.money(v), axis: (v) => format.compactMoney(v) };
    if (unit === 'percent') return { value: (v) => format.percent(v), axis: (v) => format.percent(v, 0) };
    return { value: (v) => format.number(v), axis: (v) => format.compact(v), step: 1 };
  }, [format, unit]);
}

/** Values over time: lines, areas or bars, with their table. */
export interface TrendChartProps extends ReadyChartProps {
  /** What the categories are, for the table: `Day`. */
  heading: string;
  categories: string[];
  series: ChartSeries[];
}

export function TrendChart({ heading, categories, series, unit = 'number', ...rest }: TrendChartProps) {
  const text = useValueText(unit);
  const option = useMemo(() => trendOption(categories, series, text), [categories, series, text]);
  return <Chart {...rest} option={option} table={trendTable(heading, categories, series, text)} />;
}

/** A ranking: the first ten products, regions, channels. */
export interface RankChartProps extends ReadyChartProps {
  heading: string;
  items: { label: string; value: number }[];
}

const rowPx = 30;
const leastPx = 300;

export function RankChart({ heading, items, unit = 'number', title, ...rest }: RankChartProps) {
  const { t } = useTranslation('web');
  const text = useValueText(unit);
  const option = useMemo(() => rankOption(items, text), [items, text]);
  const table = {
    columns: [heading, t('chart.value')],
    rows: items.map(({ label, value }) => [label, text.value(value)]),
  };
  const heightPx = rest.heightPx ?? Math.max(leastPx, rowPx * items.length);
  return <Chart {...rest} title={title} option={option} table={table} heightPx={heightPx} />;
}
