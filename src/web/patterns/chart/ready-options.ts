import type { ChartOption, ChartTable } from './chart-option.ts';

/** One line or row of bars over the categories; null is a gap. */
export interface ChartSeries {
  name: string;
  values: (number | null)[];
  kind?: 'line' | 'bar' | 'area';
  /** Drawn dashed and behind: the period before, a forecast. */
  muted?: boolean;
  /** Bars with the same stack stand on each other. */
  stack?: string;
}

/** How a value is written, and how on an axis, where room is short. */
export interface ValueText {
  value: (value: number) => string;
  axis: (value: number) => string;
  /** The least step of an axis: counts have no halves. */
  step?: number;
}

const place = { left: 8, right: 16, top: 36, bottom: 8, containLabel: true };

const seriesOption = ({ name, values, kind = 'line', muted = false, stack }: ChartSeries): object => ({
  name,
  data: values,
  type: kind === 'bar' ? 'bar' : 'line',
  ...(stack ? { stack } : {}),
  ...(kind === 'area' ? { areaStyle: { opacity: 0.12 } } : {}),
  ...(kind === 'bar' ? { barMaxWidth: 28, itemStyle: { borderRadius: stack ? 0 : [4, 4, 0, 0] } } : {}),
  showSymbol: values.length <= 2,
  lineStyle: { width: muted ? 1.5 : 2.5, type: muted ? 'dashed' : 'solid' },
  ...(muted ? { color: '#98948a', z: 1 } : {}),
});

/** Values over time or another order. */
export const trendOption = (categories: string[], series: ChartSeries[], text: ValueText): ChartOption => ({
  grid: { ...place, top: series.length > 1 ? 36 : 12 },
  legend: { show: series.length > 1 },
  tooltip: { trigger: 'axis', confine: true, valueFormatter: (value: unknown) => valueText(value, text) },
  xAxis: { type: 'category', data: categories, boundaryGap: series.some(({ kind }) => kind === 'bar') },
  yAxis: { type: 'value', minInterval: text.step ?? 0, axisLabel: { formatter: text.axis } },
  series: series.map(seriesOption),
});

/** The largest first, as lying bars with room for long names. */
export const rankOption = (items: { label: string; value: number }[], text: ValueText): ChartOption => ({
  grid: { ...place, top: 0, right: 72, bottom: 0 },
  tooltip: { trigger: 'item', confine: true, valueFormatter: (value: unknown) => valueText(value, text) },
  xAxis: { type: 'value', show: false },
  yAxis: {
    type: 'category',
    inverse: true,
    data: items.map(({ label }) => label),
    axisLine: { show: false },
    axisLabel: { width: 132, overflow: 'truncate' },
  },
  series: [
    {
      type: 'bar',
      data: items.map(({ value }) => value),
      barMaxWidth: 18,
      itemStyle: { borderRadius: [0, 4, 4, 0] },
      label: { show: true, position: 'right', formatter: ({ value }: { value: number }) => text.axis(value) },
    },
  ],
});

const valueText = (value: unknown, text: ValueText): string =>
  typeof value === 'number' ? text.value(value) : '–';

/** A trend as a table. */
export const trendTable = (
  heading: string,
  categories: string[],
  series: ChartSeries[],
  text: ValueText,
): ChartTable => ({
  columns: [heading, ...series.map(({ name }) => name)],
  rows: categories.map((category, index) => [
    category,
    ...series.map(({ values }) => valueText(values[index], text)),
  ]),
});
