import { useTranslation } from 'react-i18next';
import { Form, InlineControls, InlineWord } from '../../../../../web/kit.ts';
import { CountInput, MoneyInput } from './inputs.tsx';

/** So many for each full amount of money, as a sentence. */
export function RateFields({ path, unit }: { path: string[]; unit: string }) {
  const { t } = useTranslation('membership');
  return (
    <InlineControls>
      <InlineWord>{t('design.field.forEvery')}</InlineWord>
      <Form.Item name={[...path, 'per']} noStyle><MoneyInput label={t('design.field.money')} /></Form.Item>
      <InlineWord>{t('design.field.gives')}</InlineWord>
      <Form.Item name={[...path, 'amount']} noStyle><CountInput label={unit} unit={unit} /></Form.Item>
    </InlineControls>
  );
}
