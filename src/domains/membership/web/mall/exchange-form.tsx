import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLocale, Form, FormModal, Select, useEndpoint } from '../../../../web/kit.ts';
import { exchangeMallItem, listMallItems, listMallOrders, nameIn, readMallItem, readMallOf } from '../../contract.ts';
import { MemberSelect } from '../members/member-select.tsx';
import { usePrice } from './use-price.ts';

interface Values {
  customerNo: number;
  itemNo: number;
}

/** Staff exchange for a member. Sent twice, by a double click or a lost reply, it is done once. */
export function ExchangeForm({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('membership');
  const price = usePrice();
  const [key, setKey] = useState('');
  const [customerNo, setCustomerNo] = useState<number | null>(null);
  useEffect(() => {
    if (open) setKey(crypto.randomUUID());
  }, [open]);
  const offers = useEndpoint(readMallOf, { params: { customerNo: customerNo ?? 0 } }, { enabled: open && customerNo !== null });
  return (
    <FormModal<typeof exchangeMallItem, Values>
      open={open}
      endpoint={exchangeMallItem}
      title={t('mall.exchangeFor')}
      submitLabel={t('mall.exchange')}
      request={(values) => ({ body: { key, ...values } })}
      invalidates={[listMallOrders, listMallItems, readMallItem, readMallOf]}
      done={t('mall.exchanged')}
      onDone={onClose}
      onCancel={onClose}
    >
      <Form.Item name="customerNo" label={t('mall.memberNo')} extra={offers.data ? t('mall.hasPoints', { points: offers.data.available }) : t('mall.memberNoHint')} rules={[{ required: true, message: t('mall.needed') }]}>
        <MemberSelect onChange={(no) => setCustomerNo(no ?? null)} />
      </Form.Item>
      <Form.Item name="itemNo" label={t('mall.item')} rules={[{ required: true, message: t('mall.needed') }]}>
        <Select
          disabled={!offers.data}
          options={offers.data?.items.map(({ itemNo, definition, hindrance }) => ({
            value: itemNo, disabled: hindrance !== null, label: `${nameIn(definition.names, currentLocale())} · ${price(definition)}${hindrance === null ? '' : ` · ${t(`mall.hindrance.${hindrance}`)}`}`,
          }))}
        />
      </Form.Item>
    </FormModal>
  );
}
