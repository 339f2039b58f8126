import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, PageHeader, Section, useNavigateTo } from '../../../../web/kit.ts';
import type { ProviderKey } from '../../contract.ts';
import { ChannelForm } from './channel-form.tsx';
import { ProviderChoice } from './provider-choice.tsx';
import { ShownSecret } from './shown-secret.tsx';

/** A new account: first with whom, then what they have to be told. */
export default function NewChannelPage() {
  const { t } = useTranslation('messaging');
  const navigate = useNavigateTo();
  const [provider, setProvider] = useState<ProviderKey | null>(null);
  const [made, setMade] = useState<{ accountNo: number; secret: string | null } | null>(null);
  const open = (accountNo: number): void => navigate(`/programs/channels/${accountNo}?tab=test`);
  return (
    <>
      <PageHeader
        title={provider === null ? t('channels.add') : t('channels.addOf', { provider: t(`channels.provider.${provider}`) })}
        subtitle={provider === null ? t('channels.choose') : t(`channels.about.${provider}`)}
        breadcrumbs={[{ label: t('channels.title'), to: '/programs/channels' }]}
        actions={provider !== null && <Button onClick={() => setProvider(null)}>{t('channels.otherProvider')}</Button>}
      />
      {provider === null ? <ProviderChoice onChoose={setProvider} /> : <Section><ChannelForm key={provider} provider={provider} account={null} onDone={(reply) => (reply.secret === null ? open(reply.accountNo) : setMade(reply))} /></Section>}
      <ShownSecret secret={made?.secret ?? null} provider={provider} onClose={() => made && open(made.accountNo)} />
    </>
  );
}
