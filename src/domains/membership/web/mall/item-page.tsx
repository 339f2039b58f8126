import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, currentLocale, Form, FormModal, Input, InputNumber, Loaded, PageHeader, Section, Stack, StatGrid, StatTile, Tag, Typography, useAction, useEndpoint, useFormat, useMay, useNavigateTo, usePathParam } from '../../../../web/kit.ts';
import { addMallCodes, changeMallStock, listMallItems, type MallItem, nameIn, readMallItem, showMallItem } from '../../contract.ts';
import { ItemMark } from './item-mark.tsx';
import { OrderTable } from './order-table.tsx';
import { usePrice } from './use-price.ts';

/** One item: what is left of it, whether it is listed, and who exchanged for it. */
export default function ItemPage() {
  const item = useEndpoint(readMallItem, { params: { itemNo: Number(usePathParam('itemNo')) } });
  return <Loaded from={item}>{(found) => <Item item={found} />}</Loaded>;
}

function Item({ item }: { item: MallItem }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const price = usePrice();
  const { itemNo, definition, state, stock, taken } = item;
  const name = nameIn(definition.names, currentLocale());
  return (
    <Stack>
      <PageHeader
        title={name}
        subtitle={<><Tag>{t(`mall.states.${state}`)}</Tag> {t(`mall.kinds.${definition.delivery.kind}`)}</>}
        breadcrumbs={[{ label: t('mall.title'), to: '/members/mall' }]}
        actions={<ItemActions item={item} />}
      />
      <Section><ItemMark icon={definition.icon} color={definition.color} name={definition.note || name} size={40} /></Section>
      <StatGrid>
        <StatTile label={t('mall.price')} value={price(definition)} />
        <StatTile label={t('mall.left')} value={stock === null ? t('mall.unlimited') : format.number(stock - taken)} definition={t('mall.leftHint')} />
        <StatTile label={t('mall.taken')} value={format.number(taken)} definition={t('mall.takenHint')} />
      </StatGrid>
      <Typography.Title level={4} style={{ margin: 0 }}>{t('mall.orders')}</Typography.Title>
      <OrderTable item={itemNo} />
    </Stack>
  );
}

function ItemActions({ item: { itemNo, definition, state } }: { item: MallItem }) {
  const { t } = useTranslation('membership');
  const navigate = useNavigateTo();
  const mayKeep = useMay('membership.mall');
  const [adding, setAdding] = useState(false);
  const show = useAction(showMallItem, { invalidates: [readMallItem, listMallItems], done: t('mall.saved') });
  const isCodes = definition.delivery.kind === 'codes';
  const shared = { open: adding, title: t(isCodes ? 'mall.addCodes' : 'mall.changeStock'), submitLabel: t('mall.submit'), invalidates: [readMallItem, listMallItems], onDone: () => setAdding(false), onCancel: () => setAdding(false), done: t('mall.saved') };
  const needed = [{ required: true, message: t('mall.needed') }];
  if (!mayKeep) return null;
  return (
    <>
      <Button onClick={() => navigate(`/members/mall/${itemNo}/edit`)}>{t('mall.change')}</Button>
      <Button onClick={() => setAdding(true)}>{shared.title}</Button>
      {(state === 'listed' || definition.points > 0) && (
        <Button type="primary" loading={show.isPending} onClick={() => show.mutate({ params: { itemNo }, body: { state: state === 'listed' ? 'unlisted' : 'listed' } })}>{t(state === 'listed' ? 'mall.unlist' : 'mall.list')}</Button>
      )}
      {isCodes ? (
        <FormModal<typeof addMallCodes, { text: string }> {...shared} endpoint={addMallCodes} request={(body) => ({ params: { itemNo }, body })}>
          <Form.Item name="text" label={t('mall.codes')} extra={t('mall.codesHint')} rules={needed}><Input.TextArea autoSize={{ minRows: 6, maxRows: 16 }} /></Form.Item>
        </FormModal>
      ) : (
        <FormModal<typeof changeMallStock, { add: number }> {...shared} endpoint={changeMallStock} request={(body) => ({ params: { itemNo }, body })}>
          <Form.Item name="add" label={t('mall.addStock')} extra={t('mall.addStockHint')} rules={needed}><InputNumber precision={0} style={{ width: 200 }} autoFocus /></Form.Item>
        </FormModal>
      )}
    </>
  );
}
