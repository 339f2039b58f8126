import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { Button, ComputedAt, DescriptionList, Loaded, PageHeader, Section, Stack, StatGrid, StatTile, TrendChart, useEndpoint, useFormat, useNavigateTo, usePathParam } from '../../../../web/kit.ts';
import { readProduct } from '../../contract.ts';

type ProductReply = EndpointReply<typeof readProduct>;

function ProductMonths({ months }: { months: ProductReply['months'] }) {
  const { t } = useTranslation('commerce');
  const categories = useMemo(() => months.map(({ month }) => month.slice(0, 7)), [months]);
  const series = useMemo(
    () => [
      { name: t('products.column.sales'), values: months.map((month) => Number(month.sales)), kind: 'bar' as const },
      { name: t('products.column.refunded'), values: months.map((month) => Number(month.refunded)), kind: 'line' as const, muted: true },
    ],
    [months, t],
  );
  return (
    <Section>
      <TrendChart title={t('product.months')} heading={t('product.month')} categories={categories} series={series} unit="money" />
    </Section>
  );
}

export default function ProductPage() {
  const { t } = useTranslation('commerce');
  const format = useFormat();
  const navigate = useNavigateTo();
  const product = useEndpoint(readProduct, { params: { productId: usePathParam('productId') } });
  return (
    <Loaded from={product}>
      {({ product: found, months, computedAt }) => (
        <Stack>
          <PageHeader
            title={found.name ?? t('products.unnamed')}
            subtitle={<ComputedAt at={computedAt} />}
            breadcrumbs={[{ label: t('products.title'), to: '/products' }]}
            actions={<Button onClick={() => navigate(`/orders?${new URLSearchParams({ product: found.productId, span: 'all' })}`)}>{t('product.orders')}</Button>}
          />
          <Section>
            <DescriptionList
              items={[
                { label: t('products.column.productId'), value: found.productId },
                { label: t('products.column.category'), value: found.category },
                { label: t('products.column.brand'), value: found.brand },
                { label: t('products.column.listPrice'), value: format.money(found.listPrice) },
                { label: t('products.column.status'), value: t(`status.${found.status}`) },
                { label: t('product.firstSeenAt'), value: format.dateTime(found.firstSeenAt) },
                { label: t('product.describedAt'), value: format.dateTime(found.describedAt) },
              ]}
            />
          </Section>
          <StatGrid>
            <StatTile label={t('products.column.sales')} value={format.money(found.sales)} definition={t('product.totals')} />
            <StatTile label={t('products.column.refunded')} value={format.money(found.refunded)} definition={t('product.totals')} />
            <StatTile label={t('products.column.units')} value={format.number(found.units)} definition={t('product.totals')} />
            <StatTile label={t('products.column.orders')} value={format.number(found.orders)} definition={t('product.totals')} />
          </StatGrid>
          {months.length > 0 && <ProductMonths months={months} />}
        </Stack>
      )}
    </Loaded>
  );
}
