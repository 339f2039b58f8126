import { useTranslation } from 'react-i18next';
import { Button, Form, Input, InputNumber, Select, useEndpoint, useMay } from '../../../../web/kit.ts';
import { DeleteOutlined, PlusOutlined } from '../../../../web/icons.tsx';
import { listAudiences } from '../../../audiences/contract.ts';
import type { Evidence } from '../../contract.ts';
import { MetricSelect } from '../figures/metric-select.tsx';

const most = 5;

/** What a note stands on: metrics, audiences, and what was found out elsewhere. */
export function EvidenceFields() {
  const { t } = useTranslation('planning');
  const mayAudiences = useMay('audiences.read');
  const froms = (['metric', 'audience', 'typed'] as const).filter((from) => from !== 'audience' || mayAudiences);
  return (
    <Form.List name="evidence">
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <div key={key} style={{ borderInlineStart: '2px solid var(--ant-color-border)', paddingInlineStart: 12, marginBottom: 12 }}>
              <Form.Item required name={[name, 'from']} label={t('reasons.evidenceFrom')}><Select options={froms.map((value) => ({ value, label: t(`reasons.from.${value}`) }))} /></Form.Item>
              <Form.Item noStyle shouldUpdate>{({ getFieldValue }) => <Fields name={name} from={getFieldValue(['evidence', name, 'from']) as Evidence['from']} />}</Form.Item>
              <Button size="small" icon={<DeleteOutlined />} onClick={() => remove(name)}>{t('reasons.removeEvidence')}</Button>
            </div>
          ))}
          {fields.length < most && <Button icon={<PlusOutlined />} onClick={() => add({ from: 'metric', months: 12 })}>{t('reasons.addEvidence')}</Button>}
        </>
      )}
    </Form.List>
  );
}

function Fields({ name, from }: { name: number; from: Evidence['from'] }) {
  const { t } = useTranslation('planning');
  const required = [{ required: true }];
  if (from === 'audience') return <Form.Item name={[name, 'audienceId']} label={t('reasons.audience')} rules={required}><AudienceSelect /></Form.Item>;
  if (from === 'typed') {
    return (
      <>
        <Form.Item name={[name, 'text']} label={t('reasons.typedText')} rules={required}><Input.TextArea autoSize maxLength={1_000} /></Form.Item>
        <Form.Item name={[name, 'source']} label={t('reasons.typedSource')} rules={required}><Input maxLength={300} /></Form.Item>
      </>
    );
  }
  return (
    <>
      <Form.Item name={[name, 'asked']} label={t('reasons.metric')} rules={required}><MetricSelect /></Form.Item>
      <Form.Item name={[name, 'months']} label={t('reasons.months')} initialValue={12} rules={required}><InputNumber min={1} max={24} precision={0} /></Form.Item>
    </>
  );
}

function AudienceSelect(field: { id?: string; value?: number; onChange?: (audienceId: number) => void }) {
  const { data, isPending } = useEndpoint(listAudiences, { query: { pageSize: 200, sort: 'name' } });
  return <Select {...field} loading={isPending} showSearch={{ optionFilterProp: 'label' }} options={data?.rows.map(({ audienceId, name }) => ({ value: audienceId, label: name }))} />;
}
