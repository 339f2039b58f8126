import { useTranslation } from 'react-i18next';
import { addressOf, type Column, DataTable, DateRangePicker, EmptyState, type Filter, Link, PageHeader, type RowOf, useEndpoint, useFormat, useMay } from '../../../../web/kit.ts';
import { exportProducts, listCategories, listFacets, listProducts, productStatuses } from '../../contract.ts';
import { useListPeriod } from '../use-list-period.ts';

type Row = RowOf<typeof listProducts>;

function useProductColumns(): Column<Row>[] {
  const { t } = useTranslation('commerce');
  const format = useFormat();
  const figure = (key: 'sales' | 'refunded' | 'units' | 'orders', write: (value: string | number) => string): Column<Row> => ({
    key,
    title: t(`products.column.${key}`),
    numeric: true,
    sortable: true,
    render: (row) => write(row[key]),
  });
  return [
    { key: 'name', title: t('products.column.name'), sortable: true, render: (row) => row.name ?? t('products.unnamed') },
    { key: 'productId', title: t('products.column.productId'), sortable: true, render: (row) => row.productId },
    { key: 'category', title: t('products.column.category'), render: (row) => row.category },
    { key: 'brand', title: t('products.column.brand'), render: (row) => row.brand },
    { key: 'listPrice', title: t('products.column.listPrice'), numeric: true, sortable: true, render: (row) => format.money(row.listPrice) },
    figure('sales', format.money),
    figure('refunded', format.money),
    figure('units', format.number),
    figure('orders', format.number),
    { key: 'status', title: t('products.column.status'), optional: true, render: (row) => t(`status.${row.status}`) },
  ];
}

function useProductFilters(): Filter[] {
  const { t } = useTranslation('commerce');
  const { data: found } = useEndpoint(listCategories, {}, { freshForMs: 300_000 });
  const { data: facets } = useEndpoint(listFacets, {}, { freshForMs: 300_000 });
  return [
    {
      key: 'category',
      label: t('products.filter.category'),
      multiple: true,
      options: (found?.categories ?? []).map(({ category, products }) => ({ value: category, label: `${category} (${products})` })),
    },
    { key: 'brand', label: t('products.filter.brand'), multiple: true, options: (facets?.brands ?? []).map((value) => ({ value, label: value })) },
    { key: 'status', label: t('products.filter.status'), options: productStatuses.map((value) => ({ value, label: t(`status.${value}`) })) },
  ];
}

export default function ProductsPage() {
  const { t } = useTranslation('commerce');
  const [period, choosePeriod] = useListPeriod();
  const mayExport = useMay('commerce.export');
  const mayImport = useMay('collect.import');
  return (
    <>
      <PageHeader title={t('products.title')} />
      <DataTable
        endpoint={listProducts}
        query={{ ...period }}
        columns={useProductColumns()}
        rowKey={(row) => row.productId}
        rowLink={(row) => `/products/${encodeURIComponent(row.productId)}`}
        searchPlaceholder={t('products.search')}
        filters={useProductFilters()}
        extra={<DateRangePicker value={period} onChange={choosePeriod} clearable />}
        exportHref={mayExport ? (query) => addressOf(exportProducts, { query }) : undefined}
        empty={
          <EmptyState
            title={t('products.empty')}
            hint={t('products.emptyHint')}
            action={mayImport && <Link to="/data/imports/new">{t('orders.import')}</Link>}
          />
        }
      />
    </>
  );
}
