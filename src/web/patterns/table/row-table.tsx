import { Table, type TableProps } from 'antd';
import type { MouseEvent } from 'react';
import { Link } from '../../router/link.tsx';
import { useNavigateTo } from '../../router/location.ts';
import styles from '../patterns.module.css';
import type { Column, ListChoice } from './columns.ts';

interface RowTableProps<Row> {
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  keyOf: (row: Row) => string | number;
  rowLink: ((row: Row) => string) | undefined;
  density: ListChoice['density'];
  loading: boolean;
  sort: string | undefined;
  onSort: (sort: string | undefined) => void;
}

const orderOf = (sort: string | undefined, key: string): 'ascend' | 'descend' | null =>
  sort === key ? 'ascend' : sort === `-${key}` ? 'descend' : null;

/** True for a click on the row itself: not on a link or button in it, nor in a menu or dialog it opened, not while text is selected. */
const isRowClick = (event: MouseEvent): boolean =>
  event.target instanceof Element &&
  event.currentTarget.contains(event.target) &&
  event.target.closest('a, button, input, label, [role="button"]') === null &&
  window.getSelection()?.type !== 'Range';

/** A list on a wide screen. */
export function RowTable<Row extends object>(props: RowTableProps<Row>) {
  const { rows, columns, keyOf, rowLink, density, loading, sort, onSort } = props;
  const navigate = useNavigateTo();
  const made: TableProps<Row>['columns'] = columns.map((column, index) => ({
    key: column.key,
    title: column.title,
    align: column.numeric ? 'end' : 'start',
    ...(column.widthPx ? { width: column.widthPx } : {}),
    sorter: column.sortable ?? false,
    sortOrder: orderOf(sort, column.key),
    render: (_value: unknown, row: Row) =>
      index === 0 && rowLink ? <Link to={rowLink(row)}>{column.render(row)}</Link> : column.render(row),
  }));
  const follow = rowLink
    ? (row: Row) => ({
        onClick: (event: MouseEvent) => {
          if (isRowClick(event)) navigate(rowLink(row));
        },
        className: styles.rowLink,
      })
    : undefined;
  return (
    <Table<Row>
      className={styles.table}
      columns={made}
      dataSource={rows}
      rowKey={keyOf}
      size={density}
      loading={{ spinning: loading, delay: 200 }}
      pagination={false}
      scroll={{ x: 'max-content' }}
      {...(follow ? { onRow: follow } : {})}
      onChange={(_pagination, _filters, sorter) => {
        const { columnKey, order } = Array.isArray(sorter) ? sorter[0] : sorter;
        onSort(order ? `${order === 'descend' ? '-' : ''}${String(columnKey)}` : undefined);
      }}
    />
  );
}
