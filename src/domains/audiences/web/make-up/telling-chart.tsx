import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartOption, EmptyState, Section, useFormat } from '../../../../web/kit.ts';
import type { MakeUp } from '../../contract.ts';
import { type Telling, tellingValues } from './telling.ts';

const [each, rowPx, restPx] = [10, 26, 40];
/** Longer bars would hide what is short: the label says how much it is. */
const longest = 400;

/** By what the audience stands out most, as bars to both sides of 100. */
export function TellingChart({ makeUp }: { makeUp: MakeUp }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const values = useMemo(() => tellingValues(makeUp, each), [makeUp]);
  const option = useMemo(() => tellingOption(values, (tgi) => format.number(Math.round(tgi))), [values, format]);
  if (values.length === 0) return <Section title={t('makeUp.telling')}><EmptyState title={t('makeUp.nothingTelling')} hint={t('makeUp.nothingTellingHint')} /></Section>;
  const table = {
    columns: [t('makeUp.oneValue'), t('makeUp.people'), t('makeUp.share'), t('makeUp.baseShare'), 'TGI', t('makeUp.column.pValue')],
    rows: values.map(({ label, tgi, value }) => [label, format.number(value.inAudience), format.percent(value.inAudience / makeUp.size), format.percent(value.inBase / makeUp.base), format.number(Math.round(tgi)), pText(value.pValue)]),
  };
  return <Section><Chart title={t('makeUp.telling')} summary={t('makeUp.tellingSummary')} option={option} table={table} heightPx={values.length * rowPx + restPx} /></Section>;
}

/** Very small chances are written as powers of ten. */
const pText = (p: number | null): string => (p === null ? '–' : p < 0.0001 ? p.toExponential(0) : p.toFixed(4));

const tellingOption = (values: readonly Telling[], text: (tgi: number) => string): ChartOption => ({
  grid: { left: 8, right: 56, top: 4, bottom: 8, containLabel: true },
  tooltip: { trigger: 'item', confine: true, formatter: ({ dataIndex }: { dataIndex: number }) => `${values[dataIndex].label}: TGI ${text(values[dataIndex].tgi)}` },
  xAxis: { type: 'value', axisLabel: { formatter: (from100: number) => String(from100 + 100) } },
  yAxis: { type: 'category', inverse: true, data: values.map(({ label }) => label), axisLine: { show: false }, axisLabel: { width: 160, overflow: 'truncate' } },
  series: [{
    type: 'bar',
    barMaxWidth: 16,
    data: values.map(({ tgi }) => ({ value: Math.min(tgi, longest) - 100, itemStyle: { borderRadius: tgi >= 100 ? [0, 4, 4, 0] : [4, 0, 0, 4] } })),
    label: { show: true, position: 'right', formatter: ({ dataIndex }: { dataIndex: number }) => text(values[dataIndex].tgi) },
    markLine: { symbol: 'none', silent: true, label: { show: false }, lineStyle: { type: 'solid' }, data: [{ xAxis: 0 }] },
  }],
});
