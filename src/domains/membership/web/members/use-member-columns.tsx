import { useTranslation } from 'react-i18next';
import { type Column, type RowOf, useFormat } from '../../../../web/kit.ts';
import type { listMembers } from '../../contract.ts';
import { TierBadge } from './tier-badge.tsx';
import { useMemberName } from '../use-member-name.ts';

type Row = RowOf<typeof listMembers>;

/** The columns of the list of members. */
export function useMemberColumns(): Column<Row>[] {
  const { t } = useTranslation('membership');
  const nameOf = useMemberName();
  const format = useFormat();
  const title = (key: string): string => t(`members.column.${key}`);
  return [
    { key: 'name', title: title('name'), render: nameOf },
    { key: 'customerNo', title: title('customerNo'), numeric: true, optional: true, render: (row) => row.customerNo },
    { key: 'phone', title: title('phone'), render: (row) => row.phone },
    { key: 'tier', title: title('tier'), render: (row) => <TierBadge tier={row.tier} /> },
    { key: 'tierSince', title: title('tierSince'), sortable: true, optional: true, render: (row) => format.date(row.tierSince) },
    { key: 'joinedAt', title: title('joinedAt'), sortable: true, render: (row) => format.date(row.joinedAt) },
    { key: 'joinedBy', title: title('joinedBy'), render: (row) => t(`members.way.${row.joinedBy}`) },
    { key: 'channel', title: title('channel'), optional: true, render: (row) => row.channel },
    { key: 'reviewAt', title: title('reviewAt'), sortable: true, render: (row) => (row.leftAt === null ? format.date(row.reviewAt) : null) },
    { key: 'leftAt', title: title('leftAt'), optional: true, render: (row) => format.date(row.leftAt) },
    { key: 'points', title: title('points'), numeric: true, render: (row) => format.number(row.points) },
    { key: 'orders', title: title('orders'), numeric: true, render: (row) => format.number(row.orders) },
    { key: 'spent', title: title('spent'), numeric: true, render: (row) => format.money(row.spent) },
  ];
}
