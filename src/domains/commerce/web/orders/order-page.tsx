import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { Alert, ComputedAt, DescriptionList, Link, Loaded, PageHeader, Section, Stack, Table, type TableProps, useEndpoint, useFormat, useMay, usePathParam } from '../../../../web/kit.ts';
import { readOrder } from '../../contract.ts';

type OrderReply = EndpointReply<typeof readOrder>;
type Line = OrderReply['lines'][number];

function OrderFacts({ order }: { order: OrderReply['order'] }) {
  const { t } = useTranslation('commerce');
  const format = useFormat();
  const maySeeUsers = useMay('customers.read');
  const { customerNo, customerName, currency } = order;
  const name = customerName ?? t('orders.customer', { no: customerNo });
  const customer = customerNo === null ? t('orders.nobody') : maySeeUsers ? <Link to={`/users/${customerNo}`}>{name}</Link> : name;
  const money = (value: string): string => format.money(value, currency || undefined);
  return (
    <Section>
      <DescriptionList
        items={[
          { label: t('orders.column.occurredAt'), value: format.dateTime(order.occurredAt) },
          { label: t('orders.column.customerNo'), value: customer },
          { label: t('orders.column.channel'), value: order.channel || null },
          { label: t('orders.column.region'), value: order.region || null },
          { label: t('orders.column.units'), value: format.number(order.units) },
          { label: t('orders.column.sales'), value: money(order.sales) },
          { label: t('orders.column.refunded'), value: money(order.refunded) },
          { label: t('orders.column.net'), value: money(order.net) },
          { label: t('orders.column.source'), value: order.source || null },
        ]}
      />
    </Section>
  );
}

function LineTable({ lines, currency }: { lines: Line[]; currency: string }) {
  const { t } = useTranslation('commerce');
  const format = useFormat();
  const product = ({ productId, productName }: Line) =>
    productId ? <Link to={`/products/${encodeURIComponent(productId)}`}>{productName || productId}</Link> : productName;
  const columns: TableProps<Line>['columns'] = [
    { key: 'product', title: t('order.column.product'), render: (_, line) => product(line) },
    { key: 'category', title: t('order.column.category'), render: (_, line) => line.category },
    { key: 'brand', title: t('order.column.brand'), render: (_, line) => line.brand },
    { key: 'quantity', title: t('order.column.quantity'), align: 'end', render: (_, line) => format.number(line.quantity) },
    { key: 'unitPrice', title: t('order.column.unitPrice'), align: 'end', render: (_, line) => format.money(line.unitPrice, currency || undefined) },
    { key: 'amount', title: t('order.column.amount'), align: 'end', render: (_, line) => format.money(line.amount, currency || undefined) },
    { key: 'occurredAt', title: t('order.column.occurredAt'), render: (_, line) => format.dateTime(line.occurredAt) },
  ];
  return <Table<Line> size="small" columns={columns} dataSource={lines} rowKey="factId" pagination={false} scroll={{ x: 'max-content' }} />;
}

export default function OrderPage() {
  const { t } = useTranslation('commerce');
  const order = useEndpoint(readOrder, { params: { orderKey: usePathParam('orderKey') } });
  return (
    <Loaded from={order}>
      {({ order: found, lines, linesLeftOut, computedAt }) => {
        const sold = lines.filter((line) => line.kind === 'sale');
        const refunds = lines.filter((line) => line.kind === 'refund');
        return (
          <Stack>
            <PageHeader
              title={t('order.title', { orderId: found.orderId })}
              subtitle={<ComputedAt at={computedAt} />}
              breadcrumbs={[{ label: t('orders.title'), to: '/orders' }]}
            />
            <OrderFacts order={found} />
            {linesLeftOut > 0 && <Alert type="info" showIcon title={t('order.linesLeftOut', { count: linesLeftOut })} />}
            <Section title={t('order.lines')}>
              <LineTable lines={sold} currency={found.currency} />
            </Section>
            <Section title={t('order.refunds')}>
              {refunds.length > 0 ? <LineTable lines={refunds} currency={found.currency} /> : t('order.noRefunds')}
            </Section>
          </Stack>
        );
      }}
    </Loaded>
  );
}
