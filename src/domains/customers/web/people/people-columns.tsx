import { useTranslation } from 'react-i18next';
import { type Column, type RowOf, TagList, useFormat } from '../../../../web/kit.ts';
import type { listCustomers } from '../../contract.ts';

type Row = RowOf<typeof listCustomers>;

/** The columns of a list of customers. */
export function usePeopleColumns(): Column<Row>[] {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const title = (key: keyof Row): string => t(`people.column.${key}`);
  return [
    { key: 'name', title: title('name'), render: (row) => row.name ?? t('people.unnamed', { no: row.customerNo }) },
    { key: 'customerNo', title: title('customerNo'), numeric: true, optional: true, render: (row) => row.customerNo },
    { key: 'phone', title: title('phone'), render: (row) => row.phone },
    { key: 'email', title: title('email'), optional: true, render: (row) => row.email },
    { key: 'memberNo', title: title('memberNo'), render: (row) => row.memberNo },
    { key: 'gender', title: title('gender'), optional: true, render: (row) => row.gender && t(`gender.${row.gender}`) },
    { key: 'province', title: title('province'), render: (row) => [...new Set([row.province, row.city].filter(Boolean))].join(' ') },
    { key: 'channel', title: title('channel'), render: (row) => row.channel },
    { key: 'tags', title: title('tags'), render: (row) => row.tags.length > 0 && <TagList tags={row.tags.map((name) => ({ key: name, label: name }))} /> },
    { key: 'createdAt', title: title('createdAt'), sortable: true, render: (row) => format.date(row.createdAt) },
    { key: 'orders', title: title('orders'), numeric: true, render: (row) => format.number(row.orders) },
    { key: 'spent', title: title('spent'), numeric: true, sortable: true, render: (row) => format.money(row.spent) },
    { key: 'lastOrderAt', title: title('lastOrderAt'), sortable: true, render: (row) => format.date(row.lastOrderAt) },
  ];
}
