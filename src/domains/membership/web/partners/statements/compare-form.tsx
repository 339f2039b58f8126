import { useTranslation } from 'react-i18next';
import { App, type DayRange, DateRangePicker, Form, FormModal, Radio, useFormat } from '../../../../../web/kit.ts';
import { comparePartnerStatement, listPartnerComparisons, listPartnerHistory } from '../../../contract.ts';
import { FileText } from '../fields.tsx';

interface Values {
  range: DayRange;
  basis: 'granted' | 'used';
  text: string;
}

const Range = ({ value, onChange }: { value?: DayRange; onChange?: (range: DayRange | null) => void }) => <DateRangePicker value={value ?? null} onChange={(range) => onChange?.(range)} />;

/** The partner's statement of some days, to be put beside ours. */
export function CompareForm({ partnerId, open, onClose }: { partnerId: number; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const { message } = App.useApp();
  const needed = { required: true, message: t('partners.needed') };
  return (
    <FormModal<typeof comparePartnerStatement, Values>
      open={open}
      endpoint={comparePartnerStatement}
      title={t('partners.compare.add')}
      submitLabel={t('partners.compare.submit')}
      initial={{ basis: 'used' }}
      request={({ range, basis, text }) => ({ params: { partnerId }, body: { ...range, basis, text } })}
      invalidates={[listPartnerComparisons, listPartnerHistory]}
      onDone={({ matched, open: differing }) => {
        void message.success(t('partners.compare.done', { matched: format.number(matched), differing: format.number(differing) }));
        onClose();
      }}
      onCancel={onClose}
    >
      <Form.Item name="range" label={t('partners.compare.period')} rules={[needed]}><Range /></Form.Item>
      <Form.Item name="basis" label={t('partners.compare.basis')} required><Radio.Group options={(['used', 'granted'] as const).map((value) => ({ value, label: t(`partners.compare.basisOf.${value}`) }))} /></Form.Item>
      <Form.Item name="text" label={t('partners.compare.file')} rules={[{ required: true, message: t('partners.fileNeeded') }]}><FileText hint={t('partners.compare.fileHint')} /></Form.Item>
    </FormModal>
  );
}
