import { useTranslation } from 'react-i18next';
import { Form, Input, Select } from '../../../../web/kit.ts';
import type { ProviderField, ProviderKey } from '../../contract.ts';

interface ProviderFieldInputProps {
  provider: ProviderKey;
  field: ProviderField;
  /** A secret that is kept need not be given again. */
  isKept: boolean;
  isNew: boolean;
}

/** One thing a provider has to be told: what it is, and where it is found. */
export function ProviderFieldInput({ provider, field: { name, kind, isSecret, isOptional, choices }, isKept, isNew }: ProviderFieldInputProps) {
  const { t } = useTranslation('messaging');
  // Made with the account, and typed in by nobody.
  if (isSecret && isOptional && (provider === 'webhook' || provider === 'webpush')) return null;
  const label = t(`channels.field.${name}`);
  const isNeeded = !isOptional && !(isSecret && isKept && !isNew);
  const hint = t([`channels.hint.${provider}_${name}`, `channels.hint.${name}`], { defaultValue: '' });
  const placeholder = isSecret && isKept ? t('channels.kept') : undefined;
  return (
    <Form.Item name={[isSecret ? 'secrets' : 'values', name]} label={label} extra={hint || undefined} rules={isNeeded ? [{ required: true, whitespace: true, message: t('channels.needed') }] : []} required={isNeeded}>
      {kind === 'choice' && <Select options={choices?.map((value) => ({ value, label: t(`channels.choice.${value}`) })) ?? []} />}
      {kind === 'lines' && <Input.TextArea rows={4} maxLength={8_000} placeholder={placeholder} spellCheck={false} autoComplete="off" />}
      {isSecret && kind !== 'lines' && <Input.Password maxLength={300} placeholder={placeholder} autoComplete="new-password" />}
      {!isSecret && kind !== 'choice' && kind !== 'lines' && <Input maxLength={1_000} inputMode={kind === 'email' ? 'email' : kind === 'url' ? 'url' : kind === 'port' ? 'numeric' : undefined} autoComplete="off" />}
    </Form.Item>
  );
}
