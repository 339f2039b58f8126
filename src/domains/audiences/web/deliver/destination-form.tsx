import { useTranslation } from 'react-i18next';
import { Form, FormDrawer, Input, Radio } from '../../../../web/kit.ts';
import { createDestination, destinationKinds, listDestinations, type ShownDestination } from '../../contract.ts';

type Kind = ShownDestination['address']['kind'];

interface Values {
  name: string;
  kind: Kind;
  address: { url?: string; endpoint?: string; region?: string; bucket?: string; prefix?: string; addressing?: 'host' | 'path'; accessKeyId?: string };
  secretAccessKey?: string;
}

/** Adds a webhook or a bucket. */
export function DestinationForm({ open, onClose, onMade }: { open: boolean; onClose: () => void; onMade: (secret: string | null) => void }) {
  const { t } = useTranslation('audiences');
  const needed = [{ required: true, whitespace: true, message: t('deliver.needed') }];
  return (
    <FormDrawer<typeof createDestination, Values>
      open={open}
      title={t('deliver.add')}
      submitLabel={t('web.save.submit')}
      endpoint={createDestination}
      initial={{ kind: 'webhook', address: { addressing: 'host' } }}
      request={({ name, kind, address, secretAccessKey }) => ({ body: { name, secretAccessKey, address: { ...address, kind } as ShownDestination['address'] } })}
      invalidates={[listDestinations]}
      onDone={({ secret }) => {
        onClose();
        onMade(secret);
      }}
      onCancel={onClose}
    >
      <Form.Item name="name" label={t('deliver.name')} extra={t('deliver.nameHint')} rules={needed}>
        <Input maxLength={80} autoFocus />
      </Form.Item>
      <Form.Item name="kind" label={t('deliver.kind')} required>
        <Radio.Group optionType="button" options={destinationKinds.map((value) => ({ value, label: t(`deliver.kinds.${value}`) }))} />
      </Form.Item>
      <Form.Item noStyle dependencies={['kind']}>
        {({ getFieldValue }) => (getFieldValue('kind') === 'bucket' ? <BucketFields /> : <WebhookFields />)}
      </Form.Item>
    </FormDrawer>
  );
}

function WebhookFields() {
  const { t } = useTranslation('audiences');
  return (
    <Form.Item name={['address', 'url']} label={t('deliver.url')} extra={t('deliver.urlHint')} rules={[{ required: true, whitespace: true, message: t('deliver.needed') }]}>
      <Input maxLength={1_000} inputMode="url" placeholder="https://" />
    </Form.Item>
  );
}

function BucketFields() {
  const { t } = useTranslation('audiences');
  const needed = [{ required: true, whitespace: true, message: t('deliver.needed') }];
  return (
    <>
      <Form.Item name={['address', 'endpoint']} label={t('deliver.endpoint')} extra={t('deliver.endpointHint')} rules={needed}>
        <Input maxLength={300} inputMode="url" placeholder="https://s3.cn-north-1.amazonaws.com.cn" />
      </Form.Item>
      <Form.Item name={['address', 'region']} label={t('deliver.region')} rules={needed}><Input maxLength={60} placeholder="cn-north-1" /></Form.Item>
      <Form.Item name={['address', 'bucket']} label={t('deliver.bucket')} rules={needed}><Input maxLength={63} /></Form.Item>
      <Form.Item name={['address', 'prefix']} label={t('deliver.prefix')} extra={t('deliver.prefixHint')}><Input maxLength={200} placeholder="crm/audiences" /></Form.Item>
      <Form.Item name={['address', 'addressing']} label={t('deliver.addressing')} extra={t('deliver.addressingHint')} required>
        <Radio.Group options={(['host', 'path'] as const).map((value) => ({ value, label: t(`deliver.addressings.${value}`) }))} />
      </Form.Item>
      <Form.Item name={['address', 'accessKeyId']} label="Access Key ID" rules={needed}><Input maxLength={128} autoComplete="off" /></Form.Item>
      <Form.Item name="secretAccessKey" label="Secret Access Key" extra={t('deliver.secretHint')} rules={needed}><Input.Password maxLength={200} autoComplete="new-password" /></Form.Item>
    </>
  );
}
