import { fontFamily } from '../../theme/colours.ts';
import { chartColors } from '../../theme/theme.ts';

const ink = { light: '#1e2420', dark: '#ecebe4' };
const faint = { light: '#6b7069', dark: '#a3a69c' };
const line = { light: '#e8e5dc', dark: '#2c302a' };
const paper = { light: '#ffffff', dark: '#242822' };

/** The product's colours in the form that the chart library takes. */
export function chartTheme(isDark: boolean): object {
  const mode = isDark ? 'dark' : 'light';
  const axis = {
    axisLine: { lineStyle: { color: line[mode] } },
    axisTick: { show: false },
    axisLabel: { color: faint[mode], hideOverlap: true },
    splitLine: { lineStyle: { color: line[mode] } },
  };
  return {
    color: [...chartColors[mode]],
    backgroundColor: 'transparent',
    textStyle: { color: ink[mode], fontFamily },
    legend: { textStyle: { color: faint[mode] }, top: 0, icon: 'roundRect', itemWidth: 12, itemHeight: 8 },
    tooltip: {
      backgroundColor: paper[mode],
      borderColor: line[mode],
      textStyle: { color: ink[mode] },
      axisPointer: { lineStyle: { color: faint[mode] } },
    },
    bar: { label: { color: ink[mode], textBorderWidth: 0 } },
    sankey: { label: { color: ink[mode], textBorderWidth: 0 } },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: { ...axis, axisLine: { show: false } },
    timeAxis: axis,
    logAxis: axis,
  };
}
