import { useQueryClient } from '@tanstack/react-query';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { GlobalOutlined } from '../icons.tsx';
import { locales } from '../../kernel/locale.ts';
import { currentLocale, languageNames } from '../i18n/language.ts';
import { useSwitchLanguage } from '../session/use-switch-language.ts';

/** Every language by its own name. What the server wrote is read again in the new language. */
export function LanguageSwitch() {
  const { t } = useTranslation('web');
  const client = useQueryClient();
  const switchLanguage = useSwitchLanguage();
  const choose = async (key: string): Promise<void> => {
    const locale = locales.find((one) => one === key);
    if (!locale) return;
    await switchLanguage(locale);
    await client.invalidateQueries();
  };
  const items = locales.map((locale) => ({
    key: locale,
    label: <span lang={locale}>{languageNames[locale]}</span>,
  }));
  return (
    <Dropdown
      trigger={['click']}
      menu={{ items, selectedKeys: [currentLocale()], onClick: ({ key }) => void choose(key) }}
    >
      <Button type="text" icon={<GlobalOutlined />} aria-label={t('shell.language')} />
    </Dropdown>
  );
}
