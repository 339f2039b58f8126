import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Checkbox, currentLocale, DescriptionList, Drawer, Flex, Form, FormModal, Input, Link, Loaded, Masked, Popconfirm, Section, Stack, Tag, Typography, useAction, useEndpoint, useFormat, useMay } from '../../../../web/kit.ts';
import { cancelMallOrder, confirmMallOrder, listMallItems, listMallOrders, type MallOrder, type MallRecipient, nameIn, readMallItem, readMallOrder, revealMallRecipient, reverseMallOrder, setMallRecipient, shipMallOrder } from '../../contract.ts';
import { orderColors } from './colors.ts';
import { ItemMark } from './item-mark.tsx';
import { usePrice } from './use-price.ts';
import { useWho } from '../use-who.ts';
import { useMemberName } from '../use-member-name.ts';

const changed = [readMallOrder, listMallOrders, listMallItems, readMallItem];

/** One exchange: what it is, how it went, and what can be done about it. */
export function OrderDrawer({ orderNo, onClose }: { orderNo: number | null; onClose: () => void }) {
  const { t } = useTranslation('membership');
  return (
    <Drawer open={orderNo !== null} title={t('mall.orderTitle', { no: orderNo ?? 0 })} onClose={onClose} size={520} destroyOnHidden>
      {orderNo !== null && <Order orderNo={orderNo} />}
    </Drawer>
  );
}

function Order({ orderNo }: { orderNo: number }) {
  const { t } = useTranslation('membership');
  const nameOf = useMemberName();
  const who = useWho();
  const format = useFormat();
  const price = usePrice();
  const order = useEndpoint(readMallOrder, { params: { orderNo } });
  return (
    <Loaded from={order}>
      {(shown) => (
        <Stack>
          <ItemMark icon={shown.icon} color={shown.color} name={nameIn(shown.names, currentLocale())} size={40} />
          <DescriptionList items={[
            { label: t('mall.state'), value: <Tag color={orderColors[shown.state]}>{t(`mall.orderStates.${shown.state}`)}</Tag> },
            { label: t('mall.member'), value: <Link to={`/users/${shown.customerNo}`}>{nameOf({ customerNo: shown.customerNo, name: shown.customerName })}</Link> },
            { label: t('mall.price'), value: price(shown) },
            ...(shown.delivery === 'shipment' ? [{ label: t('mall.recipient'), value: <RecipientLine order={shown} /> }] : []),
            ...(shown.state === 'reserved' ? [{ label: t('mall.payUntil'), value: format.dateTime(shown.expiresAt) }] : []),
            ...(shown.code === null ? [] : [{ label: t('mall.code'), value: shown.code }]),
            ...(shown.document === '' ? [] : [{ label: t('mall.document'), value: shown.document }]),
            ...(shown.note === '' ? [] : [{ label: t('mall.shipment'), value: shown.note }]),
            ...(shown.reason === '' ? [] : [{ label: t('mall.reason'), value: t(`mall.reasons.${shown.reason}`, { defaultValue: shown.reason }) }]),
          ]} />
          <Turns order={shown} />
          <Section title={t('mall.steps')}>
            {shown.steps.map(({ state, at, by }) => (
              <Flex key={`${state} ${at}`} justify="space-between" gap="small" wrap>
                <span>{t(`mall.orderStates.${state}`)}</span>
                <Typography.Text type="secondary">{format.dateTime(at)} · {who(by)}</Typography.Text>
              </Flex>
            ))}
          </Section>
        </Stack>
      )}
    </Loaded>
  );
}

/** Where a parcel goes: shown in full when asked for, which is written down. */
function RecipientLine({ order: { orderNo, hasRecipient } }: { order: MallOrder }) {
  const { t } = useTranslation('membership');
  const reveal = useAction(revealMallRecipient);
  const mayKeep = useMay('membership.mall');
  if (!hasRecipient) return <Typography.Text type="secondary">{t('mall.recipientNone')}</Typography.Text>;
  const read = async (): Promise<string> => {
    const { name, phone, address } = await reveal.mutateAsync({ params: { orderNo } });
    return `${name} ${phone} ${address}`;
  };
  return <Masked value="••••••" onReveal={mayKeep ? read : undefined} />;
}

function Turns({ order: { orderNo, state, delivery, hasRecipient } }: { order: MallOrder }) {
  const { t } = useTranslation('membership');
  const mayKeep = useMay('membership.mall');
  const mayExchange = useMay('membership.checkout');
  const [doing, setDoing] = useState<'confirm' | 'ship' | 'reverse' | 'recipient' | null>(null);
  const cancel = useAction(cancelMallOrder, { invalidates: changed, done: t('mall.cancelled') });
  const close = (): void => setDoing(null);
  const recipientTurn = t(hasRecipient ? 'mall.recipientChange' : 'mall.recipientSet');
  const shared = { invalidates: changed, onDone: close, onCancel: close, submitLabel: t('mall.submit') };
  const needed = [{ required: true, whitespace: true, message: t('mall.needed') }];
  return (
    <Flex gap="small" wrap>
      {state === 'reserved' && mayExchange && <Button type="primary" onClick={() => setDoing('confirm')}>{t('mall.confirm')}</Button>}
      {state === 'reserved' && mayExchange && <Popconfirm title={t('mall.cancelHint')} onConfirm={() => cancel.mutate({ params: { orderNo } })}><Button loading={cancel.isPending}>{t('mall.cancel')}</Button></Popconfirm>}
      {state === 'confirmed' && delivery === 'shipment' && mayKeep && <Button type="primary" onClick={() => setDoing('ship')}>{t('mall.ship')}</Button>}
      {(state === 'confirmed' || state === 'reserved') && delivery === 'shipment' && mayKeep && <Button onClick={() => setDoing('recipient')}>{recipientTurn}</Button>}
      {(state === 'confirmed' || state === 'fulfilled') && mayKeep && <Button danger onClick={() => setDoing('reverse')}>{t('mall.reverse')}</Button>}
      <FormModal<typeof confirmMallOrder, { document?: string }> {...shared} open={doing === 'confirm'} endpoint={confirmMallOrder} title={t('mall.confirm')} request={(body) => ({ params: { orderNo }, body })}>
        <Form.Item name="document" label={t('mall.document')} extra={t('mall.documentHint')}><Input maxLength={200} /></Form.Item>
      </FormModal>
      <FormModal<typeof shipMallOrder, { note: string }> {...shared} open={doing === 'ship'} endpoint={shipMallOrder} title={t('mall.ship')} request={(body) => ({ params: { orderNo }, body })}>
        <Form.Item name="note" label={t('mall.shipment')} rules={needed}><Input maxLength={200} placeholder={t('mall.shipmentPlaceholder')} /></Form.Item>
      </FormModal>
      <FormModal<typeof setMallRecipient, MallRecipient> {...shared} open={doing === 'recipient'} endpoint={setMallRecipient} title={recipientTurn} request={(body) => ({ params: { orderNo }, body })}>
        <Form.Item name="name" label={t('mall.recipientName')} rules={needed}><Input maxLength={60} /></Form.Item>
        <Form.Item name="phone" label={t('mall.recipientPhone')} rules={[...needed, { pattern: /^\s*\+?[\d\s-]{5,24}$/, message: t('mall.recipientPhoneWrong') }]}><Input maxLength={25} inputMode="tel" /></Form.Item>
        <Form.Item name="address" label={t('mall.recipientAddress')} rules={[...needed, { min: 5, message: t('mall.recipientAddressShort') }]}><Input.TextArea maxLength={300} autoSize={{ minRows: 2, maxRows: 4 }} /></Form.Item>
      </FormModal>
      <FormModal<typeof reverseMallOrder, { reason: string; returnsStock: boolean }> {...shared} open={doing === 'reverse'} endpoint={reverseMallOrder} title={t('mall.reverse')} initial={{ returnsStock: delivery !== 'codes' }} request={({ reason, returnsStock }) => ({ params: { orderNo }, body: { reason, returnsStock: returnsStock ?? false } })}>
        <Form.Item name="reason" label={t('mall.reason')} extra={t('mall.reverseHint')} rules={needed}><Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} /></Form.Item>
        {delivery !== 'codes' && <Form.Item name="returnsStock" valuePropName="checked"><Checkbox>{t('mall.returnsStock')}</Checkbox></Form.Item>}
      </FormModal>
    </Flex>
  );
}
