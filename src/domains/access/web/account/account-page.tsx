import { useTranslation } from 'react-i18next';
import { Columns, currentLocale, DescriptionList, languageNames, Loaded, PageHeader, Section, SegmentedControl, Stack, useEndpoint, useSwitchLanguage } from '../../../../web/kit.ts';
import { locales } from '../../../../kernel/locale.ts';
import { readAccount } from '../../sessions/contract.ts';
import { PasswordForm } from './password-form.tsx';
import { SessionList } from './session-list.tsx';

/** What a person sets for themselves: password, language, and where they are signed in. */
export default function AccountPage() {
  const { t } = useTranslation('access');
  const account = useEndpoint(readAccount);
  return (
    <>
      <PageHeader title={t('account.title')} />
      <Loaded from={account}>
        {(found) => (
          <Stack>
            <Section title={t('account.who')}>
              <DescriptionList
                items={[
                  { label: t('staff.name'), value: found.name },
                  { label: t('staff.email'), value: found.email },
                  { label: t('account.language'), value: <LanguageChoice /> },
                ]}
              />
            </Section>
            <Columns>
              <Section title={t('account.password')}>
                <PasswordForm hasPassword={found.hasPassword} />
              </Section>
              <Section title={t('account.sessions')}>
                <SessionList sessions={found.sessions} />
              </Section>
            </Columns>
          </Stack>
        )}
      </Loaded>
    </>
  );
}

function LanguageChoice() {
  const { t } = useTranslation('access');
  const switchLanguage = useSwitchLanguage();
  return (
    <SegmentedControl
      label={t('account.language')}
      value={currentLocale()}
      options={locales.map((locale) => ({ value: locale, label: languageNames[locale] }))}
      onChange={(locale) => void switchLanguage(locale)}
    />
  );
}
