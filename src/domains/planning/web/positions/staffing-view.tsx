import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Loaded, Stack, Table, type TableProps, TrendChart, Typography, useEndpoint, useFormat } from '../../../../web/kit.ts';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { readStaffing } from '../../contract.ts';

type Month = EndpointReply<typeof readStaffing>['months'][number];

/** Heads of every month, how many are filled, and what they cost. */
export function StaffingView({ planNo }: { planNo: number }) {
  return <Loaded from={useEndpoint(readStaffing, { params: { planNo } })}>{({ months }) => <Months months={months} />}</Loaded>;
}

function Months({ months }: { months: Month[] }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const columns: TableProps<Month>['columns'] = [
    { key: 'month', title: t('positions.month'), render: (_, { month }) => format.period(month.slice(0, 7)) },
    { key: 'heads', title: t('positions.heads'), align: 'end', render: (_, { heads }) => format.number(heads) },
    { key: 'filled', title: t('positions.filled'), align: 'end', render: (_, { filled }) => format.number(filled) },
    ...(months.some(({ cost }) => cost !== null) ? (['cost', 'filledCost'] as const).map((key) => ({ key, title: t(`positions.${key}OfMonth`), align: 'end' as const, render: (_: unknown, month: Month) => format.money(month[key]) })) : []),
  ];
  const categories = useMemo(() => months.map(({ month }) => format.period(month.slice(0, 7))), [months, format]);
  const heads = useMemo(() => [
    { name: t('positions.heads'), values: months.map((month) => Number(month.heads)) },
    { name: t('positions.filled'), values: months.map(({ filled }) => Number(filled)) },
  ], [months, t]);
  const unpriced = Math.max(...months.map((month) => month.unpriced));
  return (
    <Stack>
      <TrendChart title={t('positions.views.staffing')} heading={t('positions.month')} categories={categories} series={heads} />
      {unpriced > 0 && months.some(({ cost }) => cost !== null) && <Alert type="info" showIcon title={t('positions.unpriced', { count: unpriced })} />}
      <Table<Month> rowKey="month" size="small" columns={columns} dataSource={months} pagination={{ pageSize: 12, showSizeChanger: false }} scroll={{ x: 'max-content' }} />
      <Typography.Text type="secondary">{t('positions.byDays')}</Typography.Text>
    </Stack>
  );
}
