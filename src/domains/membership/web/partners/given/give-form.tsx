import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../../kernel/endpoint.ts';
import { Button, CopyOnce, Form, FormModal, Modal, Stack, Typography, useFormat } from '../../../../../web/kit.ts';
import { MemberSelect } from '../../members/member-select.tsx';
import { lastDay } from '../fields.tsx';
import { grantPartnerBenefit, listPartnerContracts, listPartnerEntries, listPartnerGrants, readPartnerBoard, readPartnerLedger, readPartnerStatement } from '../../../contract.ts';

/** Gives somebody a benefit by hand, and shows its code. */
export function GiveForm({ packNo, open, onClose }: { packNo: number; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const [key, setKey] = useState('');
  const [given, setGiven] = useState<EndpointReply<typeof grantPartnerBenefit> | null>(null);
  useEffect(() => {
    if (open) setKey(crypto.randomUUID());
  }, [open]);
  return (
    <>
      <FormModal<typeof grantPartnerBenefit, { customerNo: number }>
        open={open}
        endpoint={grantPartnerBenefit}
        title={t('partners.given.give')}
        submitLabel={t('partners.given.giveSubmit')}
        request={({ customerNo }) => ({ params: { packNo }, body: { key, customerNo } })}
        invalidates={[listPartnerGrants, listPartnerContracts, readPartnerBoard, readPartnerLedger, listPartnerEntries, readPartnerStatement]}
        onDone={(reply) => {
          setGiven(reply);
          onClose();
        }}
        onCancel={onClose}
      >
        <Form.Item name="customerNo" label={t('partners.given.customerNo')} rules={[{ required: true, message: t('partners.needed') }]}><MemberSelect /></Form.Item>
      </FormModal>
      <Modal open={given !== null} title={t('partners.given.giveDone')} footer={<Button type="primary" onClick={() => setGiven(null)}>{t('partners.close')}</Button>} onCancel={() => setGiven(null)}>
        {given && (
          <Stack>
            <CopyOnce secret={given.code ?? given.reference} hint={t(given.code ? 'partners.given.codeShown' : 'partners.given.referenceShown')} />
            <Typography.Text type="secondary">{t('partners.given.goodUntil', { when: format.date(lastDay(given.expiresAt)) })}</Typography.Text>
          </Stack>
        )}
      </Modal>
    </>
  );
}
