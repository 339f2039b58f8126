import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, type Column, currentLocale, DataTable, DetailLayout, EmptyState, PageHeader, Stack, Tag, useFormat, useMay, useNavigateTo } from '../../../../web/kit.ts';
import { GiftOutlined, PlusOutlined } from '../../../../web/icons.tsx';
import { listMallItems, type MallItem, mallDeliveryKinds, mallItemStates, nameIn } from '../../contract.ts';
import { ExchangeForm } from './exchange-form.tsx';
import { ItemMark } from './item-mark.tsx';
import { OrderTable } from './order-table.tsx';
import { usePrice } from './use-price.ts';
import { useWho } from '../use-who.ts';

const stateColors = { draft: 'default', listed: 'success', unlisted: 'warning' } as const;

/** What points can be exchanged for, and who exchanged them. */
export default function MallPage() {
  const { t } = useTranslation('membership');
  const navigate = useNavigateTo();
  const mayKeep = useMay('membership.mall');
  const mayExchange = useMay('membership.checkout');
  const [exchanging, setExchanging] = useState(false);
  const add = mayKeep && <Button type="primary" icon={<PlusOutlined />} onClick={() => navigate('/members/mall/new')}>{t('mall.add')}</Button>;
  return (
    <>
      <DetailLayout
        header={<PageHeader title={t('mall.title')} subtitle={t('mall.subtitle')} actions={<>{mayExchange && <Button onClick={() => setExchanging(true)}>{t('mall.exchangeFor')}</Button>}{add}</>} />}
        tabs={[
          { key: 'items', label: t('mall.items'), content: <ItemTable empty={<EmptyState icon={<GiftOutlined />} title={t('mall.none')} hint={t('mall.noneHint')} action={add} />} /> },
          { key: 'orders', label: t('mall.orders'), content: <OrderTable prefix="o" /> },
        ]}
      />
      <ExchangeForm open={exchanging} onClose={() => setExchanging(false)} />
    </>
  );
}

function ItemTable({ empty }: { empty: React.ReactNode }) {
  const { t } = useTranslation('membership');
  const who = useWho();
  const format = useFormat();
  const price = usePrice();
  const left = ({ stock, taken }: MallItem) => (stock === null ? t('mall.unlimited') : format.number(stock - taken));
  const columns: Column<MallItem>[] = [
    { key: 'name', title: t('mall.item'), render: ({ definition: { names, icon, color } }) => <ItemMark icon={icon} color={color} name={nameIn(names, currentLocale())} /> },
    { key: 'state', title: t('mall.state'), render: ({ state }) => <Tag color={stateColors[state]}>{t(`mall.states.${state}`)}</Tag> },
    { key: 'kind', title: t('mall.delivery'), render: ({ definition: { delivery } }) => t(`mall.kinds.${delivery.kind}`) },
    { key: 'points', title: t('mall.price'), sortable: true, numeric: true, render: ({ definition }) => price(definition) },
    { key: 'left', title: t('mall.left'), sortable: true, numeric: true, render: left },
    { key: 'taken', title: t('mall.taken'), sortable: true, numeric: true, render: ({ taken }) => format.number(taken) },
    { key: 'editedAt', title: t('mall.editedAt'), sortable: true, optional: true, render: ({ editedAt, editedBy }) => `${format.dateTime(editedAt)} · ${who(editedBy)}` },
  ];
  return (
    <Stack>
      <DataTable
        endpoint={listMallItems}
        columns={columns}
        rowKey={({ itemNo }) => itemNo}
        rowLink={({ itemNo }) => `/members/mall/${itemNo}`}
        searchPlaceholder={t('mall.search')}
        filters={[
          { key: 'state', label: t('mall.state'), options: mallItemStates.map((value) => ({ value, label: t(`mall.states.${value}`) })) },
          { key: 'kind', label: t('mall.delivery'), options: mallDeliveryKinds.map((value) => ({ value, label: t(`mall.kinds.${value}`) })) },
        ]}
        empty={empty}
      />
    </Stack>
  );
}
