import type { EChartsCoreOption } from 'echarts/core';

/** What to draw, in ECharts' terms, without colours or fonts: those are the theme's. */
export type ChartOption = EChartsCoreOption;

/** The same as the chart, in words and numbers, formatted. */
export interface ChartTable {
  columns: string[];
  rows: (string | number)[][];
}
