import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Form, FormModal, Input, Switch } from '../../../../../web/kit.ts';
import { listPartnerContracts, listPartnerEntries, listPartnerGrants, readPartnerLedger, readPartnerStatement, reversePartnerGrant } from '../../../contract.ts';

/** Takes back a benefit by a counter-entry. */
export function ReverseForm({ grantNo, reference, onClose }: { grantNo: number | null; reference: string; onClose: () => void }) {
  const { t } = useTranslation('membership');
  const [key, setKey] = useState('');
  useEffect(() => {
    if (grantNo !== null) setKey(crypto.randomUUID());
  }, [grantNo]);
  return (
    <FormModal<typeof reversePartnerGrant, { reason: string; returns: boolean }>
      open={grantNo !== null}
      endpoint={reversePartnerGrant}
      title={t('partners.given.reverseOf', { reference })}
      submitLabel={t('partners.given.reverse')}
      initial={{ returns: true }}
      request={({ reason, returns }) => ({ params: { grantNo: grantNo ?? 0 }, body: { key, reason, returns } })}
      invalidates={[listPartnerGrants, listPartnerContracts, readPartnerLedger, listPartnerEntries, readPartnerStatement]}
      done={t('partners.given.reverseDone')}
      onDone={onClose}
      onCancel={onClose}
    >
      <Form.Item name="reason" label={t('partners.given.reason')} rules={[{ required: true, whitespace: true, message: t('partners.needed') }]}><Input maxLength={300} placeholder={t('partners.given.reasonPlaceholder')} autoFocus /></Form.Item>
      <Form.Item name="returns" label={t('partners.given.returns')} extra={t('partners.given.returnsHint')} required valuePropName="checked"><Switch /></Form.Item>
    </FormModal>
  );
}
