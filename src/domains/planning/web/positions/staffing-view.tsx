import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Loaded, Stack, Table, type TableProps, TrendChart, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { readStaffing } from '../../contract.ts';

type Month = { month: string; headcount: number; assignedPercent: number; cost: string | null; unpriced: number };

/** Heads of every month, how many are filled, and what they cost. */
export function StaffingView({ planNo }: { planNo: number }) {
  return <Loaded from={useEndpoint(readStaffing, { params: { planNo } })}>{({ months }) => <Months months={months} />}</Loaded>;
}

function Months({ months }: { months: Month[] }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const columns: TableProps<Month>['columns'] = [
    { key: 'month', title: t('positions.month'), render: (_, { month }) => month.slice(0, 7) },
    { key: 'headcount', title: t('positions.headcount'), align: 'end', render: (_, { headcount }) => format.number(headcount) },
    { key: 'assigned', title: t('positions.filled'), align: 'end', render: (_, { assignedPercent }) => format.number(assignedPercent / 100) },
    ...(months.some(({ cost }) => cost !== null) ? [{ key: 'cost', title: t('positions.costOfMonth'), align: 'end' as const, render: (_: unknown, { cost }: Month) => (cost === null ? '–' : format.money(cost)) }] : []),
  ];
  const categories = useMemo(() => months.map(({ month }) => month.slice(0, 7)), [months]);
  const heads = useMemo(() => [
    { name: t('positions.headcount'), values: months.map(({ headcount }) => headcount) },
    { name: t('positions.filled'), values: months.map(({ assignedPercent }) => assignedPercent / 100) },
  ], [months, t]);
  const unpriced = Math.max(...months.map((month) => month.unpriced));
  return (
    <Stack>
      <TrendChart title={t('positions.views.staffing')} heading={t('positions.month')} categories={categories} series={heads} />
      {unpriced > 0 && months.some(({ cost }) => cost !== null) && <Alert type="info" showIcon title={t('positions.unpriced', { count: unpriced })} />}
      <Table<Month> rowKey="month" size="small" columns={columns} dataSource={months} pagination={{ pageSize: 12, showSizeChanger: false }} scroll={{ x: 420 }} />
    </Stack>
  );
}
