import { useTranslation } from 'react-i18next';
import { Form, FormModal, Input, InputNumber, SegmentedControl } from '../../../../../web/kit.ts';
import { addPartnerEstimate, listPartnerHistory, readPartnerOverlap } from '../../../contract.ts';
import { DayField } from '../../day-field.tsx';

interface Values {
  kind: 'survey' | 'affinity';
  source: string;
  asOf: string;
  asked: number;
  saidYes: number;
  category: string;
  /** In percent. */
  low: number;
  likely: number;
  high: number;
}

function Kind({ value = 'survey', onChange }: { value?: Values['kind']; onChange?: (kind: Values['kind']) => void }) {
  const { t } = useTranslation('membership');
  return <SegmentedControl label={t('partners.overlap.kind')} value={value} options={(['survey', 'affinity'] as const).map((each) => ({ value: each, label: t(`partners.overlap.kinds.${each}`) }))} onChange={(kind) => onChange?.(kind)} />;
}

/** An estimate that somebody knows from elsewhere, with where from. */
export function EstimateForm({ partnerId, open, onClose }: { partnerId: number; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('membership');
  const needed = { required: true, message: t('partners.needed') };
  return (
    <FormModal<typeof addPartnerEstimate, Values>
      open={open}
      endpoint={addPartnerEstimate}
      title={t('partners.overlap.add')}
      submitLabel={t('partners.save')}
      initial={{ kind: 'survey', source: '' }}
      request={({ kind, source, asOf, asked, saidYes, category, low, likely, high }) => ({
        params: { partnerId },
        body: kind === 'survey' ? { kind, source, asOf, asked, saidYes } : { kind, source, asOf, category, low: low / 100, likely: likely / 100, high: high / 100 },
      })}
      invalidates={[readPartnerOverlap, listPartnerHistory]}
      onDone={onClose}
      onCancel={onClose}
    >
      <Form.Item name="kind"><Kind /></Form.Item>
      <Form.Item noStyle shouldUpdate={(before: Values, after: Values) => before.kind !== after.kind}>
        {({ getFieldValue }) => (getFieldValue('kind') === 'affinity' ? (
          <>
            <Form.Item name="category" label={t('partners.overlap.category')} rules={[needed]}><Input maxLength={200} /></Form.Item>
            {(['likely', 'low', 'high'] as const).map((key) => <Form.Item key={key} name={key} label={t(`partners.overlap.${key}`)} rules={[needed]}><InputNumber min={0} max={100} precision={2} suffix="%" style={{ width: 160 }} /></Form.Item>)}
          </>
        ) : (
          <>
            <Form.Item name="asked" label={t('partners.overlap.asked')} rules={[needed]}><InputNumber min={1} max={10_000_000} precision={0} style={{ width: 160 }} /></Form.Item>
            <Form.Item name="saidYes" label={t('partners.overlap.saidYes')} rules={[needed]}><InputNumber min={0} max={10_000_000} precision={0} style={{ width: 160 }} /></Form.Item>
          </>
        ))}
      </Form.Item>
      <Form.Item name="source" label={t('partners.overlap.source')} rules={[{ ...needed, whitespace: true }]}><Input maxLength={300} placeholder={t('partners.overlap.sourcePlaceholder')} /></Form.Item>
      <Form.Item name="asOf" label={t('partners.overlap.asOf')} rules={[needed]}><DayField /></Form.Item>
    </FormModal>
  );
}
