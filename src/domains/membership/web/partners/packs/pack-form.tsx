import { useTranslation } from 'react-i18next';
import { locales } from '../../../../../kernel/locale.ts';
import { Alert, Form, FormDrawer, Input, InputNumber, languageNames, Select, Switch, useFormat } from '../../../../../web/kit.ts';
import { changePartnerPack, codeSources, createPartnerPack, listPartnerContracts, listPartnerHistory, type Names, type PartnerContract, type PartnerPack, readPartnerBoard } from '../../../contract.ts';
import { DayField } from '../../day-field.tsx';

interface Values {
  contractId: number;
  names: Names;
  codes: PartnerPack['codes'];
  priceEach: string;
  most: number | null;
  startsOn: string;
  endsOn: string;
  validDays: number | null;
  perPerson: number | null;
  alertLevel: number;
  isActive: boolean;
}

/** Names that were left empty are left out. */
const said = (names: Names): Names => Object.fromEntries(Object.entries(names).filter(([, name]) => name?.trim()));

/** A pack of benefits, or what may be changed of one. */
export function PackForm({ partnerId, contracts, pack, open, onClose }: { partnerId: number; contracts: PartnerContract[]; pack: PartnerPack | null; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('membership');
  const shared = { open, submitLabel: t('partners.save'), invalidates: [listPartnerContracts, readPartnerBoard, listPartnerHistory], onDone: onClose, onCancel: onClose };
  const told = ({ names, startsOn, endsOn, validDays, perPerson, alertLevel }: Values) => ({ names: said(names), startsOn, endsOn, validDays: validDays ?? null, perPerson: perPerson ?? null, alertLevel });
  if (pack) {
    const { packNo, version } = pack;
    return (
      <FormDrawer<typeof changePartnerPack, Values> {...shared} endpoint={changePartnerPack} title={t('partners.pack.edit')} initial={{ ...pack, isActive: pack.state === 'active' }} request={(values) => ({ params: { packNo }, body: { ...told(values), version, state: values.isActive ? 'active' : 'paused' } })}>
        <Form.Item name="isActive" label={t('partners.pack.active')} required valuePropName="checked"><Switch /></Form.Item>
        <SharedFields />
      </FormDrawer>
    );
  }
  const first = contracts.find(({ isInForce }) => isInForce) ?? contracts[0];
  return (
    <FormDrawer<typeof createPartnerPack, Values>
      {...shared}
      endpoint={createPartnerPack}
      title={t('partners.pack.add')}
      initial={{ contractId: first.contractId, priceEach: first.priceEach, startsOn: first.startsOn, endsOn: first.endsOn, codes: 'issued', alertLevel: 10, validDays: 30, perPerson: null, most: null }}
      request={(values) => ({ params: { partnerId }, body: { ...told(values), contractId: values.contractId, codes: values.codes, priceEach: String(values.priceEach), most: values.most ?? null } })}
    >
      <NewFields contracts={contracts} />
      <SharedFields />
    </FormDrawer>
  );
}

/** What a pack keeps for ever. */
function NewFields({ contracts }: { contracts: PartnerContract[] }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  return (
    <>
      <Form.Item name="contractId" label={t('partners.pack.contract')} required><Select options={contracts.map(({ contractId, startsOn, endsOn, settlement }) => ({ value: contractId, label: `${t('partners.contract.of', { from: format.date(startsOn), to: format.date(endsOn) })} · ${t(`partners.contract.${settlement}`)}` }))} /></Form.Item>
      <Form.Item name="codes" label={t('partners.pack.codes')} extra={t('partners.pack.codesHint')} required><Select options={codeSources.map((value) => ({ value, label: t(`partners.pack.codesOf.${value}`) }))} /></Form.Item>
      <Form.Item name="priceEach" label={t('partners.contract.priceEach')} rules={[{ required: true, message: t('partners.needed') }]}><InputNumber<string> stringMode min="0" precision={2} style={{ width: 200 }} /></Form.Item>
      <Form.Item noStyle shouldUpdate={(before: Values, after: Values) => before.contractId !== after.contractId}>
        {({ getFieldValue }) => (contracts.find(({ contractId }) => contractId === getFieldValue('contractId'))?.settlement === 'billed'
          ? <Form.Item name="most" label={t('partners.pack.most')} extra={t('partners.pack.mostHint')}><InputNumber min={0} max={100_000_000} precision={0} style={{ width: 200 }} /></Form.Item>
          : <Form.Item><Alert type="info" showIcon title={t('partners.pack.prepaidHint')} /></Form.Item>)}
      </Form.Item>
    </>
  );
}

function SharedFields() {
  const { t } = useTranslation('membership');
  const needed = { required: true, message: t('partners.needed') };
  return (
    <>
      {locales.map((locale) => <Form.Item key={locale} name={['names', locale]} label={t('partners.pack.nameIn', { language: languageNames[locale] })} rules={locale === 'zh-CN' ? [{ ...needed, whitespace: true }] : []}><Input maxLength={60} /></Form.Item>)}
      <Form.Item name="startsOn" label={t('partners.pack.startsOn')} rules={[needed]}><DayField /></Form.Item>
      <Form.Item name="endsOn" label={t('partners.pack.endsOn')} rules={[needed]}><DayField /></Form.Item>
      <Form.Item name="validDays" label={t('partners.pack.validDays')} extra={t('partners.pack.validDaysHint')}><InputNumber min={1} max={3_650} precision={0} style={{ width: 200 }} /></Form.Item>
      <Form.Item name="perPerson" label={t('partners.pack.perPerson')} extra={t('partners.pack.perPersonHint')}><InputNumber min={1} max={1_000} precision={0} style={{ width: 200 }} /></Form.Item>
      <Form.Item name="alertLevel" label={t('partners.pack.alertLevel')} extra={t('partners.pack.alertHint')} rules={[needed]}><InputNumber min={0} max={100_000_000} precision={0} style={{ width: 200 }} /></Form.Item>
    </>
  );
}
