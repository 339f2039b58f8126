import { useTranslation } from 'react-i18next';
import { Columns, Loaded, PageHeader, useEndpoint } from '../../../../web/kit.ts';
import { readMailSettings } from '../../mail/contract.ts';
import { MailServerForm } from './mail-server-form.tsx';
import { MailTest } from './mail-test.tsx';

/** By what server mail leaves, and a way to see that it does. */
export default function MailPage() {
  const { t } = useTranslation('access');
  const settings = useEndpoint(readMailSettings);
  return (
    <>
      <PageHeader title={t('mail.title')} subtitle={t('mail.subtitle')} />
      <Loaded from={settings}>
        {({ server }) => (
          <Columns>
            <MailServerForm key={server?.host} server={server} />
            <MailTest isSetUp={server !== null} />
          </Columns>
        )}
      </Loaded>
    </>
  );
}
