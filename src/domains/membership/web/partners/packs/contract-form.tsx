import { useTranslation } from 'react-i18next';
import { Form, FormDrawer, Input, InputNumber, Radio, Select, useSession } from '../../../../../web/kit.ts';
import { addPartnerContract, changePartnerContract, listPartnerContracts, listPartnerHistory, type PartnerContract } from '../../../contract.ts';
import { DayField } from '../../day-field.tsx';

type Values = Pick<PartnerContract, 'startsOn' | 'endsOn' | 'settlement' | 'billedOn' | 'priceEach' | 'cap' | 'currency' | 'terms'>;

/** A contract that was made, or what changed of it. */
export function ContractForm({ partnerId, contract, open, onClose }: { partnerId: number; contract: PartnerContract | null; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('membership');
  const { brand } = useSession();
  const shared = { open, submitLabel: t('partners.save'), invalidates: [listPartnerContracts, listPartnerHistory], onDone: onClose, onCancel: onClose };
  const bodyOf = ({ startsOn, endsOn, settlement, billedOn, priceEach, cap, currency, terms }: Values): Values => ({ startsOn, endsOn, settlement, billedOn, priceEach: String(priceEach), cap: cap === null || cap === undefined || String(cap) === '' ? null : String(cap), currency, terms: terms ?? '' });
  if (contract) {
    const { contractId, version } = contract;
    return (
      <FormDrawer<typeof changePartnerContract, Values> {...shared} endpoint={changePartnerContract} title={t('partners.contract.edit')} initial={contract} request={(values) => ({ params: { partnerId, contractId }, body: { ...bodyOf(values), version } })}>
        <Fields isFixed={contract.packs > 0} />
      </FormDrawer>
    );
  }
  return (
    <FormDrawer<typeof addPartnerContract, Values> {...shared} endpoint={addPartnerContract} title={t('partners.contract.add')} initial={{ settlement: 'prepaid', billedOn: 'use', currency: brand.currency, cap: null, terms: '' }} request={(values) => ({ params: { partnerId }, body: bodyOf(values) })}>
      <Fields isFixed={false} />
    </FormDrawer>
  );
}

function Fields({ isFixed }: { isFixed: boolean }) {
  const { t } = useTranslation('membership');
  const needed = { required: true, message: t('partners.needed') };
  return (
    <>
      <Form.Item name="startsOn" label={t('partners.contract.startsOn')} rules={[needed]}><DayField /></Form.Item>
      <Form.Item name="endsOn" label={t('partners.contract.endsOn')} rules={[needed]}><DayField /></Form.Item>
      <Form.Item name="settlement" label={t('partners.contract.settlement')} required><Radio.Group disabled={isFixed} options={[{ value: 'prepaid', label: t('partners.contract.prepaid') }, { value: 'billed', label: t('partners.contract.billed') }]} /></Form.Item>
      <Form.Item noStyle shouldUpdate={(before: Values, after: Values) => before.settlement !== after.settlement}>
        {({ getFieldValue }) => (
          <Form.Item name="billedOn" label={t('partners.contract.billedOn')} required hidden={getFieldValue('settlement') !== 'billed'}><Radio.Group disabled={isFixed} options={(['use', 'grant'] as const).map((value) => ({ value, label: t(`partners.contract.billedOn_${value}`) }))} /></Form.Item>
        )}
      </Form.Item>
      <Form.Item name="currency" label={t('partners.contract.currency')} rules={[needed]}><Select disabled={isFixed} showSearch style={{ width: 200 }} options={Intl.supportedValuesOf('currency').map((value) => ({ value, label: value }))} /></Form.Item>
      <Form.Item name="priceEach" label={t('partners.contract.priceEach')} rules={[needed]}><InputNumber<string> stringMode min="0" precision={2} style={{ width: 200 }} /></Form.Item>
      <Form.Item name="cap" label={t('partners.contract.cap')} extra={t('partners.contract.capHint')}><InputNumber<string> stringMode min="0" precision={2} style={{ width: 200 }} /></Form.Item>
      <Form.Item name="terms" label={t('partners.contract.terms')}><Input.TextArea maxLength={5_000} autoSize={{ minRows: 3, maxRows: 12 }} /></Form.Item>
    </>
  );
}
