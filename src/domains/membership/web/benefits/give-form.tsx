import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Form, FormModal, Input } from '../../../../web/kit.ts';
import { grantBenefit, listGrants, readBenefit } from '../../contract.ts';
import { MemberSelect } from '../members/member-select.tsx';

interface Values {
  customerNo: number;
  reason: string;
}

/** Gives a benefit by hand. Sent twice, by a double click or a lost reply, it is given once. */
export function GiveForm({ benefitId, open, onClose }: { benefitId: number; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('membership');
  const [key, setKey] = useState('');
  useEffect(() => {
    if (open) setKey(crypto.randomUUID());
  }, [open]);
  return (
    <FormModal<typeof grantBenefit, Values>
      open={open}
      endpoint={grantBenefit}
      title={t('benefits.give.title')}
      submitLabel={t('benefits.give.submit')}
      request={({ customerNo, reason }) => ({ params: { benefitId }, body: { key, customerNo, reason } })}
      invalidates={[listGrants, readBenefit]}
      done={t('benefits.give.done')}
      onDone={onClose}
      onCancel={onClose}
    >
      <Form.Item name="customerNo" label={t('benefits.give.customerNo')} rules={[{ required: true, message: t('benefits.give.customerNeeded') }]}>
        <MemberSelect />
      </Form.Item>
      <Form.Item name="reason" label={t('points.reason')} rules={[{ required: true, whitespace: true, message: t('points.reasonNeeded') }]}>
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} placeholder={t('points.reasonPlaceholder')} />
      </Form.Item>
    </FormModal>
  );
}
