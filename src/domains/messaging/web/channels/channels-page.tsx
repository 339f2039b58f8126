import { useTranslation } from 'react-i18next';
import { Button, EmptyState, Loaded, PageHeader, Stack, useEndpoint, useMay, useNavigateTo } from '../../../../web/kit.ts';
import { ApiOutlined, PlusOutlined } from '../../../../web/icons.tsx';
import { channelKinds, listChannels } from '../../contract.ts';
import { ChannelSection } from './channel-section.tsx';

/** Every way out, by which accounts, in which order, and how they are doing. */
export default function ChannelsPage() {
  const { t } = useTranslation('messaging');
  const navigate = useNavigateTo();
  const mayKeep = useMay('messaging.channels');
  const channels = useEndpoint(listChannels, {}, { refreshMs: 10_000 });
  const add = mayKeep && <Button type="primary" icon={<PlusOutlined />} onClick={() => navigate('/programs/channels/new')}>{t('channels.add')}</Button>;
  return (
    <>
      <PageHeader title={t('channels.title')} subtitle={t('channels.subtitle')} actions={add} />
      <Loaded from={channels}>
        {({ accounts }) =>
          accounts.length === 0 ? (
            <EmptyState icon={<ApiOutlined />} title={t('channels.empty')} hint={t(mayKeep ? 'channels.emptyHint' : 'channels.askForOne')} action={add} />
          ) : (
            <Stack>
              {channelKinds.map((channel) => {
                const own = accounts.filter((account) => account.channel === channel);
                return own.length > 0 && <ChannelSection key={channel} channel={channel} accounts={own} mayKeep={mayKeep} />;
              })}
            </Stack>
          )}
      </Loaded>
    </>
  );
}
