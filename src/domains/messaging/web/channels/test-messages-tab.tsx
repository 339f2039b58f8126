import { useTranslation } from 'react-i18next';
import { Alert, Collapse, EmptyState, Loaded, Stack, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { EyeOutlined } from '../../../../web/icons.tsx';
import { type AccountDetail, listTestMessages } from '../../contract.ts';

/** What would have been sent in test mode, to whom, exactly as it would have left. */
export function TestMessagesTab({ account: { accountNo, state } }: { account: AccountDetail }) {
  const { t } = useTranslation('messaging');
  const format = useFormat();
  const messages = useEndpoint(listTestMessages, { params: { accountNo }, query: { page: 1, pageSize: 50 } });
  return (
    <Loaded from={messages}>
      {({ rows, total }) =>
        rows.length === 0 ? (
          <EmptyState icon={<EyeOutlined />} title={t('channels.noMessages')} hint={t(state === 'test' ? 'channels.noMessagesTest' : 'channels.noMessagesHint')} />
        ) : (
          <Stack>
            <Alert type="info" showIcon title={t('channels.messagesWhy', { count: total, shown: format.number(total) })} />
            <Collapse items={rows.map(({ messageNo, at, to, shown }) => ({ key: messageNo, label: `${to} · ${format.dateTime(at)}`, children: shown === null ? t('channels.masked') : <pre style={{ maxHeight: '24em', overflow: 'auto', whiteSpace: 'pre-wrap' }}>{shown}</pre> }))} />
          </Stack>
        )}
    </Loaded>
  );
}
