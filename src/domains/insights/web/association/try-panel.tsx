import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Button, EmptyState, Flex, Form, Input, Section, SegmentedControl, Select, Stack, Table, Tag, Typography, useAction, useFormat } from '../../../../web/kit.ts';
import { identifierKind } from '../../../customers/contract.ts';
import { askRecommendations, type Recommendation } from '../../contract.ts';

const ways = ['cart', 'user'] as const;
type Way = (typeof ways)[number];

interface Values {
  products?: string;
  kind?: (typeof identifierKind.options)[number];
  value?: string;
}

const listed = (text = ''): string[] => text.split(/[,，\s]+/).filter(Boolean).slice(0, 50);

/** Asks what a shop would be told: for products, or for somebody. */
export function TryPanel() {
  const { t } = useTranslation('insights');
  const [way, setWay] = useState<Way>('cart');
  const asked = useAction(askRecommendations);
  const ask = ({ products, kind = 'external_id', value = '' }: Values): void =>
    asked.mutate({ body: way === 'cart' ? { cart: listed(products) } : { user: { kind, value } } });
  return (
    <Section title={t('association.tab.recommend')}>
      <Stack>
        <Typography.Text type="secondary">{t('association.try.hint')}</Typography.Text>
        <SegmentedControl<Way> label={t('association.try.by')} value={way} options={ways.map((value) => ({ value, label: t(`association.try.${value}`) }))} onChange={setWay} />
        <Form<Values> layout="inline" onFinish={ask} initialValues={{ kind: 'external_id' }}>
          {way === 'cart' ? (
            <Form.Item name="products" rules={[{ required: true, message: t('association.try.products') }]}>
              <Input placeholder={t('association.try.products')} aria-label={t('association.try.products')} maxLength={2_000} />
            </Form.Item>
          ) : (
            <>
              <Form.Item name="kind">
                <Select aria-label={t('association.try.userKind')} options={identifierKind.options.map((value) => ({ value, label: t(`customers:kind.${value}`) }))} popupMatchSelectWidth={false} />
              </Form.Item>
              <Form.Item name="value" rules={[{ required: true, message: t('association.try.userValue') }]}>
                <Input placeholder={t('association.try.userValue')} aria-label={t('association.try.userValue')} maxLength={200} />
              </Form.Item>
            </>
          )}
          <Button type="primary" htmlType="submit" loading={asked.isPending}>{t('association.try.ask')}</Button>
        </Form>
        {asked.data && (
          <>
            {way === 'user' && <Alert type={asked.data.personal ? 'success' : 'info'} showIcon title={t(asked.data.personal ? 'association.try.personal' : 'association.try.notPersonal')} />}
            {asked.data.items.length === 0 ? <EmptyState title={t('association.try.none')} /> : <Found items={asked.data.items} />}
          </>
        )}
      </Stack>
    </Section>
  );
}

function Found({ items }: { items: Recommendation[] }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  return (
    <Table<Recommendation>
      size="small"
      rowKey="productId"
      dataSource={items}
      pagination={false}
      scroll={{ x: true }}
      columns={[
        { key: 'product', title: t('association.try.product'), render: (_, { productId, name }) => name ?? productId },
        { key: 'category', title: t('dimension.category.label'), dataIndex: 'category' },
        {
          key: 'reason', title: t('association.try.why'), render: (_, { reason, because }) => (
            <Flex vertical gap={2}>
              <span><Tag>{t(`association.reason.${reason}`, { name: because?.name ?? because?.productId ?? '' })}</Tag></span>
              {because && <Typography.Text type="secondary">{t('association.reason.figures', { lift: format.number(because.lift), confidence: format.percent(because.confidence), count: because.withBoth })}</Typography.Text>}
            </Flex>
          ),
        },
      ]}
    />
  );
}
