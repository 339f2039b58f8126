import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import {
  addressOf, type Column, DataTable, DateRangePicker, EmptyState, type Filter, Link, PageHeader, type RowOf, Tag, useEndpoint, useFormat, useMay,
  useSearchState,
} from '../../../../web/kit.ts';
import { exportOrders, listFacets, listOrders } from '../../contract.ts';
import { useListPeriod } from '../use-list-period.ts';

type Row = RowOf<typeof listOrders>;

const productState = z.object({ product: z.string().max(200).optional() });

function useOrderColumns(): Column<Row>[] {
  const { t } = useTranslation('commerce');
  const format = useFormat();
  const maySeeUsers = useMay('customers.read');
  const customer = ({ customerNo, customerName }: Row) => {
    if (customerNo === null) return t('orders.nobody');
    const name = customerName ?? t('orders.customer', { no: customerNo });
    return maySeeUsers ? <Link to={`/users/${customerNo}`}>{name}</Link> : name;
  };
  const money = (key: 'sales' | 'refunded' | 'net'): Column<Row> => ({
    key,
    title: t(`orders.column.${key}`),
    numeric: true,
    sortable: true,
    render: (row) => format.money(row[key], row.currency || undefined),
  });
  return [
    { key: 'orderId', title: t('orders.column.orderId'), render: (row) => row.orderId },
    { key: 'occurredAt', title: t('orders.column.occurredAt'), sortable: true, render: (row) => format.dateTime(row.occurredAt) },
    { key: 'customerNo', title: t('orders.column.customerNo'), render: customer },
    { key: 'channel', title: t('orders.column.channel'), render: (row) => row.channel },
    { key: 'region', title: t('orders.column.region'), render: (row) => row.region },
    { key: 'units', title: t('orders.column.units'), numeric: true, sortable: true, render: (row) => format.number(row.units) },
    money('sales'),
    money('refunded'),
    money('net'),
    { key: 'lines', title: t('orders.column.lines'), numeric: true, sortable: true, optional: true, render: (row) => format.number(row.lines) },
    { key: 'source', title: t('orders.column.source'), optional: true, render: (row) => row.source },
  ];
}

function useOrderFilters(): Filter[] {
  const { t } = useTranslation('commerce');
  const { data: facets } = useEndpoint(listFacets, {}, { freshForMs: 300_000 });
  const options = (values: string[] = []) => values.map((value) => ({ value, label: value }));
  return [
    {
      key: 'kind',
      label: t('orders.filter.kind'),
      options: [{ value: 'sale', label: t('orders.filter.sale') }, { value: 'refund', label: t('orders.filter.refund') }],
    },
    { key: 'channel', label: t('orders.filter.channel'), options: options(facets?.channels), multiple: true },
    { key: 'region', label: t('orders.filter.region'), options: options(facets?.regions), multiple: true },
    { key: 'category', label: t('orders.filter.category'), options: options(facets?.categories), multiple: true },
  ];
}

export default function OrdersPage() {
  const { t } = useTranslation('commerce');
  const [period, choosePeriod] = useListPeriod();
  const [{ product }, change] = useSearchState(productState);
  const mayExport = useMay('commerce.export');
  const mayImport = useMay('collect.import');
  return (
    <>
      <PageHeader title={t('orders.title')} subtitle={t('orders.hint')} />
      <DataTable
        endpoint={listOrders}
        query={{ ...period, product }}
        columns={useOrderColumns()}
        rowKey={(row) => row.orderKey}
        rowLink={(row) => `/orders/${row.orderKey}`}
        searchPlaceholder={t('orders.search')}
        filters={useOrderFilters()}
        extra={
          <>
            <DateRangePicker value={period} onChange={choosePeriod} clearable />
            {product && (
              <Tag closable onClose={() => change({ product: undefined })}>
                {t('orders.filter.product', { product })}
              </Tag>
            )}
          </>
        }
        exportHref={mayExport ? (query) => addressOf(exportOrders, { query }) : undefined}
        empty={
          <EmptyState
            title={t(period ? 'orders.emptyPeriod' : 'orders.empty')}
            hint={t(period ? 'orders.emptyPeriodHint' : 'orders.emptyHint')}
            action={!period && mayImport && <Link to="/data/imports/new">{t('orders.import')}</Link>}
          />
        }
      />
    </>
  );
}
