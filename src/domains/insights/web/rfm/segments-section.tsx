import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Chart, type ChartOption, type Format, Section, Stack, Table, Typography, useFormat } from '../../../../web/kit.ts';
import type { PeopleOf } from '../../contract.ts';
import type { Board } from './board.ts';

/** Segments in people and in money, each with what it means. */
export function SegmentsSection({ board: { segments, buyers, amount, customers }, onPeople }: { board: Board; onPeople: (of: PeopleOf) => void }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const total = Number(amount);
  const rows = useMemo(() => segments.map((each) => ({
    ...each,
    name: t(`audiences:rfm.segment.${each.segment}`),
    ofPeople: each.people / (buyers || 1),
    ofValue: total > 0 ? Number(each.amount) / total : 0,
  })), [segments, buyers, total, t]);
  const names = useMemo(() => ({ people: t('rfm.column.ofPeople'), value: t('rfm.column.ofValue') }), [t]);
  const option = useMemo(() => sharesOption(rows, format, names), [rows, format, names]);
  return (
    <Section title={t('rfm.segments')}>
      <Stack>
        <Chart title={t('rfm.sharesChart')} option={option} heightPx={340} table={{ columns: [t('rfm.column.segment'), names.people, names.value], rows: rows.map((row) => [row.name, format.percent(row.ofPeople, 1), format.percent(row.ofValue, 1)]) }} />
        <Table
          size="small" rowKey="segment" dataSource={rows} pagination={false} scroll={{ x: 720 }}
          columns={[
            { title: t('rfm.column.segment'), dataIndex: 'name', width: 150 },
            { title: t('rfm.column.people'), align: 'right', sorter: (a, b) => a.people - b.people, render: (_, row) => <Button type="link" size="small" onClick={() => onPeople({ kind: 'rfm', segment: row.segment })}>{format.number(row.people)}</Button> },
            { title: names.people, align: 'right', render: (_, row) => format.percent(row.ofPeople, 1) },
            { title: t('rfm.column.amount'), align: 'right', sorter: (a, b) => Number(a.amount) - Number(b.amount), render: (_, row) => format.compactMoney(row.amount) },
            { title: names.value, align: 'right', render: (_, row) => format.percent(row.ofValue, 1) },
            { title: t('rfm.column.each'), align: 'right', render: (_, row) => (row.people === 0 ? '–' : format.money(Number(row.amount) / row.people)) },
            { title: t('rfm.column.meaning'), width: 300, render: (_, row) => <Typography.Text type="secondary">{t(`audiences:rfm.meaning.${row.segment}`)}</Typography.Text> },
          ]}
        />
        <Typography.Text type="secondary">{t('rfm.never', { shown: format.number(Math.max(0, customers - buyers)) })}</Typography.Text>
      </Stack>
    </Section>
  );
}

function sharesOption(rows: readonly { name: string; ofPeople: number; ofValue: number }[], format: Format, names: { people: string; value: string }): ChartOption {
  const bars = (name: string, data: number[]): object => ({ name, type: 'bar', barMaxWidth: 10, data, itemStyle: { borderRadius: [0, 3, 3, 0] } });
  return {
    grid: { left: 8, right: 24, top: 32, bottom: 4, containLabel: true },
    legend: { show: true },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, confine: true, valueFormatter: (share: number) => format.percent(share, 1) },
    xAxis: { type: 'value', axisLabel: { formatter: (share: number) => format.percent(share) } },
    yAxis: { type: 'category', inverse: true, data: rows.map(({ name }) => name), axisLine: { show: false } },
    series: [bars(names.people, rows.map((row) => row.ofPeople)), bars(names.value, rows.map((row) => row.ofValue))],
  };
}
