import { useTranslation } from 'react-i18next';
import { locales } from '../../../kernel/locale.ts';
import { Flex, Form, Input, languageNames } from '../../../web/kit.ts';

/** A name in three languages; the first is needed, and the others fall back to it. */
export function NamesFields({ name, label, max = 60 }: { name: (string | number)[]; label: string; max?: number }) {
  const { t } = useTranslation('membership');
  return (
    <Flex gap="small" wrap>
      {locales.map((locale, at) => (
        <Form.Item key={locale} name={[...name, locale]} label={`${label} · ${languageNames[locale]}`} style={{ flex: '1 1 160px' }} rules={at === 0 ? [{ required: true, whitespace: true, message: t('mall.needed') }] : []}>
          <Input maxLength={max} />
        </Form.Item>
      ))}
    </Flex>
  );
}
