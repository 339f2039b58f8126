import { BarChart, FunnelChart, HeatmapChart, LineChart, PieChart, SankeyChart, ScatterChart, TreeChart } from 'echarts/charts';
import {
  AriaComponent,
  DatasetComponent,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useIsDark } from '../../theme/appearance.ts';
import styles from '../patterns.module.css';
import type { ChartOption } from './chart-option.ts';
import { chartTheme } from './chart-theme.ts';

use([
  BarChart,
  FunnelChart,
  HeatmapChart,
  LineChart,
  PieChart,
  SankeyChart,
  ScatterChart,
  TreeChart,
  AriaComponent,
  DatasetComponent,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
  SVGRenderer,
]);

/** Draws an option and redraws it for its place, the theme and new data. SVG prints sharp. */
export default function ChartEngine({ option, heightPx }: { option: ChartOption; heightPx: number }) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<ReturnType<typeof init>>(undefined);
  const isDark = useIsDark();
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const made = init(element, chartTheme(isDark), { renderer: 'svg' });
    chart.current = made;
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.dispose();
      chart.current = undefined;
    };
  }, [isDark]);
  useEffect(() => {
    chart.current?.setOption(option, { notMerge: true });
  }, [option, isDark]);
  return <div ref={place} className={styles.chart} style={{ height: heightPx }} />;
}
