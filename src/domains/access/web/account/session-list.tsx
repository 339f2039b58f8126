import { useTranslation } from 'react-i18next';
import { Button, Flex, Section, Stack, Tag, Typography, useAction, useFormat } from '../../../../web/kit.ts';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { endOtherSessions, endSession, readAccount } from '../../sessions/contract.ts';
import { deviceName } from './device-name.ts';

/** Where the person is signed in. Each can be ended from here, except this one: that is signing out. */
export function SessionList({ sessions }: { sessions: EndpointReply<typeof readAccount>['sessions'] }) {
  const { t } = useTranslation('access');
  const format = useFormat();
  const end = useAction(endSession, { invalidates: [readAccount], done: t('account.sessionEnded') });
  const endOthers = useAction(endOtherSessions, { invalidates: [readAccount], done: t('account.sessionEnded') });
  return (
    <Stack>
      {sessions.map((session) => (
        <Section
          key={session.sessionId}
          title={deviceName(session.device) ?? t('account.unknownDevice')}
          extra={
            session.current ? (
              <Tag color="success">{t('account.thisSession')}</Tag>
            ) : (
              <Button size="small" onClick={() => end.mutate({ params: { sessionId: session.sessionId } })}>{t('account.endSession')}</Button>
            )
          }
        >
          <Flex wrap gap="small" justify="space-between">
            <Typography.Text type="secondary">{session.peer}</Typography.Text>
            <Typography.Text type="secondary">{t('account.lastSeen', { when: format.relative(session.lastSeenAt) })}</Typography.Text>
          </Flex>
        </Section>
      ))}
      {sessions.length > 1 && (
        <div>
          <Button danger loading={endOthers.isPending} onClick={() => endOthers.mutate({})}>{t('account.endOthers')}</Button>
        </div>
      )}
    </Stack>
  );
}
