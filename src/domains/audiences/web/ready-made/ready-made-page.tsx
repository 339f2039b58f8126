import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { Button, Columns, Loaded, PageHeader, Section, Stack, Typography, useEndpoint, useNavigateTo } from '../../../../web/kit.ts';
import { listReadyMade, readyMadeTasks } from '../../contract.ts';

type ReadyMade = EndpointReply<typeof listReadyMade>['audiences'][number];

/** Rules to begin with, by what a team does with them. */
export default function ReadyMadePage() {
  const { t } = useTranslation('audiences');
  const list = useEndpoint(listReadyMade);
  return (
    <Stack>
      <PageHeader title={t('web.ready.title')} subtitle={t('web.ready.subtitle')} breadcrumbs={[{ label: t('web.list.title'), to: '/users/audiences' }]} />
      <Loaded from={list}>
        {({ audiences }) => readyMadeTasks.map((task) => {
          const ofTask = audiences.filter((one) => one.task === task);
          return ofTask.length > 0 && (
            <Stack key={task}>
              <Typography.Title level={4}>{t(`web.ready.task.${task}`)}</Typography.Title>
              <Columns>{ofTask.map((one) => <ReadyMadeCard key={one.key} ready={one} />)}</Columns>
            </Stack>
          );
        })}
      </Loaded>
    </Stack>
  );
}

function ReadyMadeCard({ ready: { key, name, reason, sentence } }: { ready: ReadyMade }) {
  const { t } = useTranslation('audiences');
  const navigate = useNavigateTo();
  return (
    <Section title={name} extra={<Button size="small" aria-label={t('web.ready.useNamed', { name })} onClick={() => navigate(`/users/audiences/new?ready=${key}`)}>{t('web.ready.use')}</Button>}>
      <Typography.Paragraph>{reason}</Typography.Paragraph>
      <Typography.Text type="secondary">{sentence}</Typography.Text>
    </Section>
  );
}
