import { useTranslation } from 'react-i18next';
import { Form, FormModal, type FormOverlayProps, Input, Select, useEndpoint } from '../../../../../web/kit.ts';
import { type changePartner, type createPartner, listPartnerHistory, readPartner, readPartnerBoard } from '../../../contract.ts';

/** What is said of a partner. */
export interface PartnerText {
  name: string;
  trade: string;
  website: string;
  summary: string;
  ownerId: number | null;
}

export type PartnerFormProps<E extends typeof createPartner | typeof changePartner> =
  Pick<FormOverlayProps<E, PartnerText>, 'endpoint' | 'open' | 'title' | 'request'> & { initial?: PartnerText; onDone?: FormOverlayProps<E, PartnerText>['onDone']; onClose: () => void };

/** A new partner, or what is said of one. */
export function PartnerForm<E extends typeof createPartner | typeof changePartner>({ endpoint, open, title, initial, request, onDone, onClose }: PartnerFormProps<E>) {
  const { t } = useTranslation('membership');
  const { data } = useEndpoint(readPartnerBoard, {}, { enabled: open });
  return (
    <FormModal<E, PartnerText>
      open={open}
      endpoint={endpoint}
      title={title}
      submitLabel={t('partners.save')}
      initial={initial ?? { name: '', trade: '', website: '', summary: '', ownerId: null }}
      request={request}
      invalidates={[readPartnerBoard, readPartner, listPartnerHistory]}
      onDone={(reply) => {
        onClose();
        onDone?.(reply);
      }}
      onCancel={onClose}
    >
      <Form.Item name="name" label={t('partners.name')} rules={[{ required: true, whitespace: true, message: t('partners.nameNeeded') }]}><Input maxLength={80} autoFocus /></Form.Item>
      <Form.Item name="trade" label={t('partners.trade')}><Input maxLength={80} placeholder={t('partners.tradePlaceholder')} /></Form.Item>
      <Form.Item name="website" label={t('partners.website')} rules={[{ type: 'url', message: t('partners.websiteBad') }]}><Input maxLength={300} placeholder="https://" /></Form.Item>
      <Form.Item name="summary" label={t('partners.summary')} extra={t('partners.summaryHint')}><Input.TextArea maxLength={2_000} autoSize={{ minRows: 2, maxRows: 8 }} /></Form.Item>
      <Form.Item name="ownerId" label={t('partners.owner')}><Select allowClear options={data?.owners.map(({ staffId, name }) => ({ value: staffId, label: name })) ?? []} /></Form.Item>
    </FormModal>
  );
}
