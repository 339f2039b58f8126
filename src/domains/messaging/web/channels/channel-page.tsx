import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ConfirmDanger, DetailLayout, Loaded, PageHeader, StatGrid, StatTile, useAction, useEndpoint, useFormat, useNavigateTo, usePathParam } from '../../../../web/kit.ts';
import { type AccountDetail, deleteChannel, listChannels, readChannel } from '../../contract.ts';
import { AnswersTab } from './answers-tab.tsx';
import { Condition } from './condition.tsx';
import { SettingsTab } from './settings-tab.tsx';
import { TestMessagesTab } from './test-messages-tab.tsx';
import { TryTab } from './try-tab.tsx';

/** An account: how it is doing, what is set, a message to try it, and what it answered. */
export default function ChannelPage() {
  const accountNo = Number(usePathParam('accountNo'));
  const account = useEndpoint(readChannel, { params: { accountNo } });
  return <Loaded from={account}>{(detail) => <ChannelDetail account={detail} />}</Loaded>;
}

function ChannelDetail({ account }: { account: AccountDetail }) {
  const { t } = useTranslation('messaging');
  const format = useFormat();
  const navigate = useNavigateTo();
  const [isDeleting, setDeleting] = useState(false);
  const { accountNo, name, provider, channel, lastDay } = account;
  const remove = useAction(deleteChannel, { invalidates: [listChannels], done: t('channels.deleted'), onSuccess: () => navigate('/programs/channels') });
  return (
    <>
      <DetailLayout
        header={
          <PageHeader
            title={name}
            subtitle={`${t(`channel.${channel}`)} · ${t(`channels.provider.${provider}`)}`}
            breadcrumbs={[{ label: t('channels.title'), to: '/programs/channels' }]}
            actions={<Button danger disabled={account.state !== 'off'} title={account.state === 'off' ? undefined : t('channels.offFirst')} onClick={() => setDeleting(true)}>{t('channels.delete')}</Button>}
          />
        }
        summary={
          <StatGrid>
            <StatTile label={t('channels.column.condition')} value={<Condition account={account} />} />
            <StatTile label={t('channels.column.today')} value={format.number(account.sentToday)} />
            {(['taken', 'refused', 'unknown'] as const).map((outcome) => <StatTile key={outcome} label={t('channels.dayOf', { outcome: t(`channels.outcome.${outcome}`) })} value={format.number(lastDay[outcome])} />)}
          </StatGrid>
        }
        tabs={[
          { key: 'settings', label: t('channels.tab.settings'), content: <SettingsTab account={account} /> },
          { key: 'test', label: t('channels.tab.test'), content: <TryTab account={account} /> },
          { key: 'answers', label: t('channels.tab.answers'), content: <AnswersTab account={account} /> },
          { key: 'messages', label: t('channels.tab.messages'), content: <TestMessagesTab account={account} /> },
        ]}
      />
      <ConfirmDanger open={isDeleting} title={t('channels.deleteTitle', { name })} touches={[t('channels.deleteSecrets'), t('channels.deleteReceipts')]} confirmLabel={t('channels.delete')} busy={remove.isPending} onConfirm={() => remove.mutate({ params: { accountNo } })} onCancel={() => setDeleting(false)} />
    </>
  );
}
