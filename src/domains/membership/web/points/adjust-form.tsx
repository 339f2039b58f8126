import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DatePicker, Form, FormModal, Input, InputNumber } from '../../../../web/kit.ts';
import { readCustomer } from '../../../customers/contract.ts';
import { adjustPoints, listPointsEntries, readPoints } from '../../contract.ts';

interface Values {
  amount: number;
  reason: string;
  expiresAt?: { endOf(unit: 'day'): { toISOString(): string } } | null;
}

/** Gives points by hand or takes them. Sent twice, by a double click or a lost reply, it is done once. */
export function AdjustForm({ customerNo, open, onClose }: { customerNo: number; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('membership');
  const [key, setKey] = useState('');
  useEffect(() => {
    if (open) setKey(crypto.randomUUID());
  }, [open]);
  return (
    <FormModal<typeof adjustPoints, Values>
      open={open}
      endpoint={adjustPoints}
      title={t('points.adjust')}
      submitLabel={t('points.submit')}
      request={({ amount, reason, expiresAt }) => ({ params: { customerNo }, body: { key, amount, reason, ...(expiresAt && amount > 0 ? { expiresAt: expiresAt.endOf('day').toISOString() } : {}) } })}
      invalidates={[readPoints, listPointsEntries, readCustomer]}
      done={t('points.done')}
      onDone={onClose}
      onCancel={onClose}
    >
      <Form.Item name="amount" label={t('points.amount')} extra={t('points.amountHint')} rules={[{ required: true, type: 'number', message: t('points.amountNeeded') }, { validator: (_, value: unknown) => (value === 0 ? Promise.reject(new Error(t('points.amountNeeded'))) : Promise.resolve()) }]}>
        <InputNumber precision={0} min={-1_000_000_000} max={1_000_000_000} style={{ width: 200 }} autoFocus />
      </Form.Item>
      <Form.Item name="reason" label={t('points.reason')} rules={[{ required: true, whitespace: true, message: t('points.reasonNeeded') }]}>
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} placeholder={t('points.reasonPlaceholder')} />
      </Form.Item>
      <Form.Item name="expiresAt" label={t('points.expiresAt')} extra={t('points.expiresAtHint')}>
        <DatePicker style={{ width: 200 }} />
      </Form.Item>
    </FormModal>
  );
}
