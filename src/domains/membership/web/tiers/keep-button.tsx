import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Form, FormModal, Input, useFormat, useMay, useNavigateTo } from '../../../../web/kit.ts';
import { listAudiences } from '../../../audiences/contract.ts';
import { keepTierPeople, type TierGroup } from '../../contract.ts';

interface Asked {
  group: TierGroup;
  tier?: string;
  until?: string;
  share?: number;
  days?: number;
}

/** Keeps those who are shown as an audience. */
export function KeepButton({ asked, size }: { asked: Asked; size: number }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const navigate = useNavigateTo();
  const mayKeep = useMay('audiences.edit');
  const [keeping, setKeeping] = useState(false);
  if (!mayKeep || size === 0) return null;
  return (
    <>
      <Button onClick={() => setKeeping(true)}>{t('tiers.keep')}</Button>
      <FormModal<typeof keepTierPeople, { name: string; reason: string }>
        open={keeping}
        endpoint={keepTierPeople}
        title={t('tiers.keep')}
        submitLabel={t('tiers.keep')}
        initial={{ name: t(`tiers.group.${asked.group}`) }}
        request={(values) => ({ body: { ...asked, ...values } })}
        invalidates={[listAudiences]}
        done={t('tiers.kept', { shown: format.number(size) })}
        onDone={({ audienceId }) => navigate(`/users/audiences/${audienceId}`)}
        onCancel={() => setKeeping(false)}
      >
        <Form.Item name="name" label={t('tiers.keepName')} rules={[{ required: true, whitespace: true }]}><Input maxLength={80} autoFocus /></Form.Item>
        <Form.Item name="reason" label={t('tiers.keepReason')} rules={[{ required: true, whitespace: true }]}><Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} /></Form.Item>
      </FormModal>
    </>
  );
}
