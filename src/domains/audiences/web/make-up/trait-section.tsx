import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartOption, type Format, Section, Stack, Table, type TableProps, Tag, Tooltip, Typography, useFormat } from '../../../../web/kit.ts';
import type { MakeUp } from '../../contract.ts';
import { high, isTelling } from './telling.ts';

type Trait = MakeUp['traits'][number];
type Value = Trait['values'][number];

const shownAtOnce = 8;
/** As many bars as can be read. */
const mostBars = 12;
const [rowPx, restPx] = [34, 60];
/** States of a life and bands of numbers, which need to be told where they begin and end. */
const explained = ['recency', 'frequency', 'value', 'lifecycle'];

/** One trait: shares beside those of the base as bars, and every value with its index. */
export function TraitSection({ trait: { trait, label, values }, size, base }: { trait: Trait; size: number; base: number }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const held = useMemo(() => values.filter((value) => value.inBase > 0), [values]);
  const option = useMemo(() => sharesOption(held, size, base, format, { audience: t('makeUp.share'), base: t('makeUp.baseShare') }), [held, size, base, format, t]);
  const table = { columns: [label, t('makeUp.share'), t('makeUp.baseShare')], rows: held.map((value) => [value.label, shareText(format, value.inAudience, size), shareText(format, value.inBase, base)]) };
  const isDrawn = held.length > 1 && held.length <= mostBars;
  return (
    <Section title={isDrawn ? undefined : label}>
      <Stack>
        {isDrawn && <Chart title={label} option={option} table={table} heightPx={held.length * rowPx + restPx} />}
        {explained.includes(trait) && <Typography.Text type="secondary">{t(`makeUp.meaning.${trait}`)}</Typography.Text>}
        <TraitTable values={held} size={size} base={base} shownValues={shownAtOnce} />
      </Stack>
    </Section>
  );
}

const shareText = (format: Format, part: number, whole: number): string => format.percent(whole === 0 ? 0 : part / whole);

interface TraitTableProps {
  values: readonly Value[];
  size: number;
  base: number;
  shownValues: number;
  /** Says more of a value. */
  meaning?: (value: string) => string;
}

export function TraitTable({ values, size, base, shownValues, meaning }: TraitTableProps) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const columns = useMemo<TableProps<Value>['columns']>(() => [
    { title: t('makeUp.oneValue'), dataIndex: 'label', ellipsis: true, render: (label: string, { value }) => (meaning ? <Tooltip title={meaning(value)}><span tabIndex={0}>{label}</span></Tooltip> : label) },
    { title: t('makeUp.people'), align: 'right', width: 80, render: (_, value) => format.number(value.inAudience) },
    { title: t('makeUp.share'), align: 'right', width: 90, render: (_, value) => shareText(format, value.inAudience, size) },
    { title: t('makeUp.baseShare'), align: 'right', width: 90, render: (_, value) => shareText(format, value.inBase, base) },
    { title: 'TGI', align: 'right', width: 110, render: (_, value) => <Tgi value={value} /> },
  ], [size, base, meaning, format, t]);
  return (
    <Table<Value> rowKey="value" size="small" columns={columns} dataSource={values} scroll={{ x: 460 }}
      pagination={values.length > shownValues ? { pageSize: shownValues, size: 'small', showSizeChanger: false } : false} />
  );
}

/** The index, marked where it is far from 100 and hardly by chance; words say what the colour says. */
function Tgi({ value }: { value: Value }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const { tgi } = value;
  if (tgi === null) return <>–</>;
  const text = format.number(Math.round(tgi));
  if (!isTelling(value)) return <>{text}</>;
  return <Tag color={tgi >= high ? 'success' : 'warning'} title={t('makeUp.significant')}>{text} {t(tgi >= high ? 'makeUp.more' : 'makeUp.less')}</Tag>;
}

const sharesOption = (values: readonly Value[], size: number, base: number, format: Format, names: { audience: string; base: string }): ChartOption => {
  const bars = (name: string, of: (value: Value) => number, isBehind: boolean): object => ({
    name, type: 'bar', barMaxWidth: 12, data: values.map(of), itemStyle: { borderRadius: [0, 3, 3, 0], ...(isBehind ? { color: '#b9b5a8' } : {}) },
    ...(isBehind ? {} : { label: { show: true, position: 'right', formatter: ({ value }: { value: number }) => format.percent(value) } }),
  });
  return {
    grid: { left: 8, right: 56, top: 32, bottom: 4, containLabel: true },
    legend: { show: true },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, confine: true, valueFormatter: (share: number) => format.percent(share) },
    xAxis: { type: 'value', show: false },
    yAxis: { type: 'category', inverse: true, data: values.map((value) => value.label), axisLine: { show: false }, axisLabel: { width: 120, overflow: 'truncate' } },
    series: [bars(names.audience, ({ inAudience }) => (size === 0 ? 0 : inAudience / size), false), bars(names.base, ({ inBase }) => (base === 0 ? 0 : inBase / base), true)],
  };
};
