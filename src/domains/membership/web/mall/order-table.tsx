import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, type Column, currentLocale, DataTable, EmptyState, Link, Tag, useFormat } from '../../../../web/kit.ts';
import { listMallOrders, type MallOrder, mallOrderStates, nameIn } from '../../contract.ts';
import { orderColors } from './colors.ts';
import { ItemMark } from './item-mark.tsx';
import { OrderDrawer } from './order-drawer.tsx';
import { usePrice } from './use-price.ts';
import { useMemberName } from '../use-member-name.ts';

/** Exchanges, of one item or of all; each opens to its story. */
export function OrderTable({ item, prefix = '' }: { item?: number; prefix?: string }) {
  const { t } = useTranslation('membership');
  const nameOf = useMemberName();
  const format = useFormat();
  const price = usePrice();
  const [open, setOpen] = useState<number | null>(null);
  const columns: Column<MallOrder>[] = [
    { key: 'orderNo', title: t('mall.order'), render: ({ orderNo }) => <Button type="link" size="small" style={{ paddingInline: 0 }} onClick={() => setOpen(orderNo)}>{orderNo}</Button> },
    { key: 'item', title: t('mall.item'), render: ({ names, icon, color }) => <ItemMark icon={icon} color={color} name={nameIn(names, currentLocale())} size={24} /> },
    { key: 'customer', title: t('mall.member'), render: ({ customerNo, customerName }) => <Link to={`/users/${customerNo}`}>{nameOf({ customerNo, name: customerName })}</Link> },
    { key: 'state', title: t('mall.state'), render: ({ state }) => <Tag color={orderColors[state]}>{t(`mall.orderStates.${state}`)}</Tag> },
    { key: 'points', title: t('mall.price'), sortable: true, numeric: true, render: (order) => price(order) },
    { key: 'openedAt', title: t('mall.openedAt'), sortable: true, render: ({ openedAt }) => format.dateTime(openedAt) },
  ];
  return (
    <>
      <DataTable
        endpoint={listMallOrders}
        query={item === undefined ? {} : { item }}
        prefix={prefix}
        columns={columns}
        rowKey={({ orderNo }) => orderNo}
        filters={[{ key: 'state', label: t('mall.state'), options: mallOrderStates.map((value) => ({ value, label: t(`mall.orderStates.${value}`) })) }]}
        empty={<EmptyState title={t('mall.noOrders')} hint={t('mall.noOrdersHint')} />}
      />
      <OrderDrawer orderNo={open} onClose={() => setOpen(null)} />
    </>
  );
}
