import { useTranslation } from 'react-i18next';
import { Section, Stack, Typography } from '../../../../web/kit.ts';
import type { AccountDetail } from '../../contract.ts';
import { ChannelForm } from './channel-form.tsx';

/** What is set of an account, and what its provider has to be given of ours. */
export function SettingsTab({ account }: { account: AccountDetail }) {
  const { t } = useTranslation('messaging');
  const { accountNo, provider, receiptsPath, publicKey } = account;
  return (
    <Stack>
      {receiptsPath !== null && (
        <Section title={t('channels.receiptsTitle')}>
          <Typography.Paragraph copyable code>{location.origin + receiptsPath}</Typography.Paragraph>
          <Typography.Text type="secondary">{t('channels.receiptsHint')}</Typography.Text>
        </Section>
      )}
      {publicKey !== null && <Section title={t('channels.publicKeyTitle')}><Typography.Text copyable code>{publicKey}</Typography.Text></Section>}
      <Section><ChannelForm key={accountNo} provider={provider} account={account} onDone={() => {}} /></Section>
    </Stack>
  );
}
