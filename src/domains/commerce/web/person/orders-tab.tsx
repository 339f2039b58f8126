import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { App, Button, call, ComputedAt, EmptyState, Link, Loaded, Section, sentenceOf, Stack, Table, type TableProps, useEndpoint, useFormat } from '../../../../web/kit.ts';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { type OrderRow, readOrdersOfCustomer } from '../../contract.ts';

type Page = EndpointReply<typeof readOrdersOfCustomer>;

function useColumns(): TableProps<OrderRow>['columns'] {
  const { t } = useTranslation('commerce');
  const format = useFormat();
  const money = (key: 'sales' | 'refunded' | 'net') => ({
    key, title: t(`orders.column.${key}`), align: 'end' as const, render: (_: unknown, row: OrderRow) => format.money(row[key], row.currency || undefined),
  });
  return [
    { key: 'orderId', title: t('orders.column.orderId'), render: (_, row) => <Link to={`/orders/${row.orderKey}`}>{row.orderId}</Link> },
    { key: 'occurredAt', title: t('orders.column.occurredAt'), render: (_, row) => format.dateTime(row.occurredAt) },
    { key: 'channel', title: t('orders.column.channel'), render: (_, row) => row.channel },
    { key: 'units', title: t('orders.column.units'), align: 'end', render: (_, row) => format.number(row.units) },
    money('sales'), money('refunded'), money('net'),
  ];
}

/** The orders of one person, on their page; older ones are fetched when asked for. */
export default function OrdersTab({ customerNo }: { customerNo: number }) {
  const { t } = useTranslation('commerce');
  const { t: tWeb } = useTranslation('web');
  const { notification } = App.useApp();
  const first = useEndpoint(readOrdersOfCustomer, { params: { customerNo } });
  const [older, setOlder] = useState<Page[]>([]);
  const [isLoading, setLoading] = useState(false);
  const columns = useColumns();
  const more = async ({ occurredAt, orderKey }: NonNullable<Page['next']>): Promise<void> => {
    setLoading(true);
    try {
      const page = await call(readOrdersOfCustomer, { params: { customerNo }, query: { beforeAt: occurredAt, beforeKey: orderKey } });
      setOlder((pages) => [...pages, page]);
    } catch (error) {
      notification.error({ title: tWeb('error.title'), description: sentenceOf(error, tWeb) });
    } finally {
      setLoading(false);
    }
  };
  return (
    <Loaded from={first}>
      {(page) => {
        const next = (older.at(-1) ?? page).next;
        if (page.orders.length === 0) return <EmptyState title={t('orders.empty')} />;
        return (
          <Section>
            <Stack>
              <Table<OrderRow> rowKey="orderKey" size="small" columns={columns} dataSource={[page, ...older].flatMap(({ orders }) => orders)} pagination={false} scroll={{ x: 'max-content' }} />
              {next && <Button block loading={isLoading} onClick={() => void more(next)}>{t('person.more')}</Button>}
              <ComputedAt at={page.computedAt} />
            </Stack>
          </Section>
        );
      }}
    </Loaded>
  );
}
