import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable, EmptyState, Flex, InputNumber, type RowOf, Stack, Tag, Typography, useFormat } from '../../../../web/kit.ts';
import { listBundles } from '../../contract.ts';

type Row = RowOf<typeof listBundles>;

const usualResponse = 10;

/** Products that could be sold together, by what an offer could win at the response that is expected of it. */
export function BundleTable({ currency }: { currency: string }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const [response, setResponse] = useState(usualResponse);
  const columns: Column<Row>[] = [
    { key: 'items', title: t('association.column.items'), render: ({ items }) => <Flex gap={4} wrap>{items.map(({ id, name, price }) => <Tag key={id}>{name} · {format.money(price, currency)}</Tag>)}</Flex> },
    { key: 'price', title: t('association.column.price'), numeric: true, sortable: true, render: (row) => format.money(row.price, currency) },
    { key: 'orders', title: t('association.column.orders'), numeric: true, sortable: true, render: (row) => format.number(row.orders) },
    { key: 'missingOne', title: t('association.column.missingOne'), numeric: true, render: (row) => format.number(row.missingOne) },
    { key: 'lift', title: t('association.column.lift'), numeric: true, sortable: true, render: (row) => format.number(row.lift) },
    { key: 'extraOrders', title: t('association.column.extraOrders'), numeric: true, sortable: true, render: (row) => format.number(row.extraOrders, 0) },
    { key: 'extraValue', title: t('association.column.extraValue'), numeric: true, sortable: true, render: (row) => format.compactMoney(Math.round(row.extraValue), currency) },
  ];
  return (
    <Stack>
      <Typography.Text type="secondary">{t('association.bundle.note')}</Typography.Text>
      <DataTable
        prefix="bundle-"
        endpoint={listBundles}
        query={{ response: response / 100 }}
        columns={columns}
        rowKey={(row) => row.bundleNo}
        searchPlaceholder={t('association.filter.search')}
        extra={(
          <Flex gap="small" align="center">
            <span>{t('association.bundle.response')}</span>
            <InputNumber min={1} max={100} precision={0} value={response} suffix="%" aria-label={t('association.bundle.response')} onChange={(value) => setResponse(value ?? usualResponse)} />
          </Flex>
        )}
        empty={<EmptyState title={t('association.bundle.empty')} hint={t('association.bundle.emptyHint')} />}
      />
    </Stack>
  );
}
