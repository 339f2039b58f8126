import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Form, FormModal, Input } from '../../../../../web/kit.ts';
import { listPartnerContracts, listPartnerEntries, listPartnerGrants, readPartnerLedger, readPartnerStatement, usePartnerBenefit } from '../../../contract.ts';

/** Notes that a benefit was used now. */
export function UseForm({ packNo, open, onClose }: { packNo: number; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('membership');
  const [key, setKey] = useState('');
  useEffect(() => {
    if (open) setKey(crypto.randomUUID());
  }, [open]);
  return (
    <FormModal<typeof usePartnerBenefit, { code: string }>
      open={open}
      endpoint={usePartnerBenefit}
      title={t('partners.given.use')}
      submitLabel={t('partners.given.useSubmit')}
      request={({ code }) => ({ params: { packNo }, body: { key, code } })}
      invalidates={[listPartnerGrants, listPartnerContracts, readPartnerLedger, listPartnerEntries, readPartnerStatement]}
      done={t('partners.given.useDone')}
      onDone={onClose}
      onCancel={onClose}
    >
      <Form.Item name="code" label={t('partners.given.codeOrReference')} extra={t('partners.given.useHint')} rules={[{ required: true, whitespace: true, message: t('partners.needed') }]}><Input maxLength={100} autoFocus autoComplete="off" /></Form.Item>
    </FormModal>
  );
}
