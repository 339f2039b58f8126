import { useTranslation } from 'react-i18next';
import { Alert, Button, Section, Stack, Typography, useAction, useFormat } from '../../../../web/kit.ts';
import { testMailSettings } from '../../mail/contract.ts';

/** Sends a message to oneself and tells what the server said. */
export function MailTest({ isSetUp }: { isSetUp: boolean }) {
  const { t } = useTranslation('access');
  const format = useFormat();
  const test = useAction(testMailSettings);
  const { data: reply } = test;
  return (
    <Section title={t('mail.test')}>
      <Stack>
        <Typography.Text type="secondary">{t('mail.testHint')}</Typography.Text>
        <div><Button disabled={!isSetUp} loading={test.isPending} onClick={() => test.mutate({})}>{t('mail.send')}</Button></div>
        {reply?.taken && <Alert type="success" showIcon title={t('mail.taken', { to: reply.to })} description={t('mail.takenIn', { duration: format.duration(reply.tookMs) })} />}
        {reply && !reply.taken && <Alert type="error" showIcon title={t('mail.notTaken')} description={reply.trouble} />}
      </Stack>
    </Section>
  );
}
