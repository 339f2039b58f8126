import { useTranslation } from 'react-i18next';
import { Form, InputNumber } from '../../../../web/kit.ts';
import type { ActivityDraft } from './activity-draft.ts';

interface NumberFieldProps {
  name: keyof ActivityDraft;
  label: string;
  min?: number;
  max?: number;
  precision?: number;
  isNeeded?: boolean;
  placeholder?: string;
  hint?: string;
}

/** A number of an activity. */
export function NumberField({ name, label, min = 0, max = 1_000_000_000, precision = 0, isNeeded = false, placeholder, hint }: NumberFieldProps) {
  const { t } = useTranslation('membership');
  return (
    <Form.Item name={name} label={label} extra={hint} rules={isNeeded ? [{ required: true, message: t('mall.needed') }] : []}>
      <InputNumber precision={precision} min={min} max={max} placeholder={placeholder} style={{ width: 160 }} />
    </Form.Item>
  );
}
