import { useTranslation } from 'react-i18next';
import { Button, Table, type TableProps, useFormat } from '../../../../web/kit.ts';
import { type AssignmentItem, fillersOn, type PositionItem } from './chart-rules.ts';

/** Every position there ever is in the plan. */
export function PositionTable({ positions, assignments, day, onOpen }: { positions: PositionItem[]; assignments: AssignmentItem[]; day: string; onOpen: (itemNo: number) => void }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const nameOf = (no: number | null): string => positions.find(({ itemNo }) => itemNo === no)?.body.name ?? '–';
  const columns: TableProps<PositionItem>['columns'] = [
    { key: 'name', title: t('positions.name'), sorter: (a, b) => a.body.name.localeCompare(b.body.name), render: (_, { itemNo, body }) => <Button type="link" style={{ padding: 0 }} onClick={() => onOpen(itemNo)}>{body.name}</Button> },
    { key: 'department', title: t('positions.department'), render: (_, { body }) => body.department || '–' },
    { key: 'reportsTo', title: t('positions.reportsTo'), render: (_, { body }) => nameOf(body.reportsToNo) },
    { key: 'time', title: t('positions.time'), sorter: (a, b) => (a.body.opens < b.body.opens ? -1 : 1), render: (_, { body: { opens, closes } }) => `${format.date(opens)} – ${closes ? format.date(closes) : ''}` },
    { key: 'becomes', title: t('positions.becomes'), render: (_, { body }) => nameOf(body.becomesNo) },
    { key: 'headcount', title: t('positions.headcount'), align: 'end', render: (_, { body }) => format.number(body.headcount) },
    { key: 'people', title: t('positions.people'), render: (_, { itemNo }) => fillersOn(assignments, itemNo, day).map(({ body: { person, sharePercent } }) => (sharePercent < 100 ? `${person.name} ${format.percent(sharePercent / 100, 0)}` : person.name)).join(t('positions.comma')) || '–' },
  ];
  return <Table<PositionItem> rowKey="itemNo" size="middle" columns={columns} dataSource={positions} scroll={{ x: 960 }} pagination={positions.length > 50 ? { pageSize: 50 } : false} />;
}
