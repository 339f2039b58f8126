import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLocale, Form, FormModal, InputNumber, useFormat } from '../../../../../web/kit.ts';
import { buyPartnerUnits, listPartnerContracts, listPartnerEntries, listPartnerHistory, nameIn, type PartnerPack, readPartner, readPartnerBoard, readPartnerLedger } from '../../../contract.ts';

/** Puts more into a pack. Sent twice, by a double click or a lost reply, it is done once. */
export function BuyForm({ pack, onClose }: { pack: PartnerPack | null; onClose: () => void }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const [key, setKey] = useState('');
  useEffect(() => {
    if (pack) setKey(crypto.randomUUID());
  }, [pack]);
  return (
    <FormModal<typeof buyPartnerUnits, { units: number }>
      open={pack !== null}
      endpoint={buyPartnerUnits}
      title={pack ? t('partners.pack.buyOf', { name: nameIn(pack.names, currentLocale()) }) : ''}
      submitLabel={t('partners.pack.buy')}
      request={({ units }) => ({ params: { packNo: pack?.packNo ?? 0 }, body: { key, units } })}
      invalidates={[listPartnerContracts, readPartnerBoard, readPartner, readPartnerLedger, listPartnerEntries, listPartnerHistory]}
      done={t('partners.pack.boughtDone')}
      onDone={onClose}
      onCancel={onClose}
    >
      <Form.Item name="units" label={t('partners.pack.units')} extra={pack && t(pack.settlement === 'prepaid' ? 'partners.pack.buyHint' : 'partners.pack.agreeHint', { price: format.money(pack.priceEach, pack.currency) })} rules={[{ required: true, message: t('partners.needed') }]}>
        <InputNumber min={1} max={10_000_000} precision={0} style={{ width: 200 }} autoFocus />
      </Form.Item>
    </FormModal>
  );
}
