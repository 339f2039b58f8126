import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, type Column, ConfirmDanger, DataTable, EmptyState, Flex, Loaded, PageHeader, Popconfirm, Stack, Tag, Typography, useAction, useEndpoint, useFormat, useNavigateTo, usePathParam } from '../../../../web/kit.ts';
import { deleteSchedule, listOccasions, listReportTroubles, listSchedules, pauseSchedule, readSchedule, sendAgain, type ShownOccasion, type ShownSchedule, testSchedule } from '../../contract.ts';
import { OccasionState } from './occasion-state.tsx';
import { useRhythmText } from './use-rhythm-text.ts';

const refreshMs = 4_000;

/** One report: its settings, and every time it was sent with how that went. */
export default function SchedulePage() {
  const scheduleId = Number(usePathParam('scheduleId'));
  const schedule = useEndpoint(readSchedule, { params: { scheduleId } });
  return <Loaded from={schedule}>{(found) => <Schedule schedule={found} />}</Loaded>;
}

function Schedule({ schedule }: { schedule: ShownSchedule }) {
  const { t } = useTranslation('insights');
  const navigate = useNavigateTo();
  const rhythmText = useRhythmText();
  const [isDeleting, setDeleting] = useState(false);
  const { scheduleId, name, state } = schedule;
  const params = { scheduleId };
  const isPaused = state === 'paused';
  const test = useAction(testSchedule, { invalidates: [listOccasions], done: t('reporting.detail.testDone') });
  const pause = useAction(pauseSchedule, { invalidates: [readSchedule, listSchedules], done: t(isPaused ? 'reporting.detail.resumedDone' : 'reporting.detail.pausedDone') });
  const remove = useAction(deleteSchedule, { invalidates: [listSchedules], done: t('reporting.detail.deleted'), onSuccess: () => navigate('/insights/reporting') });
  return (
    <Stack>
      <PageHeader
        title={name}
        subtitle={`${rhythmText(schedule.rhythm)} · ${t(`reporting.periods.${schedule.period}`)} · ${schedule.recipientNames.join(', ')}`}
        breadcrumbs={[{ label: t('reporting.title'), to: '/insights/reporting' }]}
        actions={
          <>
            <Button loading={test.isPending} onClick={() => test.mutate({ params })}>{t('reporting.detail.testNow')}</Button>
            <Button loading={pause.isPending} onClick={() => pause.mutate({ params, body: { paused: !isPaused } })}>{t(isPaused ? 'reporting.detail.resume' : 'reporting.detail.pause')}</Button>
            <Button danger onClick={() => setDeleting(true)}>{t('reporting.detail.delete')}</Button>
            <Button type="primary" onClick={() => navigate(`/insights/reporting/${scheduleId}/edit`)}>{t('reporting.detail.edit')}</Button>
          </>
        }
      />
      <History scheduleId={scheduleId} />
      <ConfirmDanger
        open={isDeleting}
        title={t('reporting.detail.deleteTitle', { name })}
        touches={[t('reporting.detail.deleteTouches')]}
        confirmLabel={t('reporting.detail.delete')}
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ params })}
        onCancel={() => setDeleting(false)}
      />
    </Stack>
  );
}

function History({ scheduleId }: { scheduleId: number }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const again = useAction(sendAgain, { invalidates: [listOccasions, listReportTroubles], done: t('reporting.detail.againDone') });
  const isOpen = ({ state }: ShownOccasion): boolean => state !== 'sent' && state !== 'under_way';
  const columns: Column<ShownOccasion>[] = [
    { key: 'due', title: t('reporting.detail.due'), render: (row) => <>{format.dateTime(row.dueAt)} {row.isTest && <Tag>{t('reporting.detail.test')}</Tag>}{row.isLate && <Tag>{t('reporting.detail.late')}</Tag>}</> },
    { key: 'period', title: t('reporting.detail.period'), render: (row) => (row.from === row.to ? format.date(row.from) : `${format.date(row.from)} – ${format.date(row.to)}`) },
    { key: 'state', title: t('reporting.detail.state'), render: (row) => <OccasionState state={row.state} /> },
    {
      key: 'to', title: t('reporting.detail.to'), render: (row) => (
        <Flex vertical>
          {row.sendings.map((each) => (
            <span key={each.sendingId}>
              {each.to}: {t(`reporting.sendingStates.${each.state}`)}
              {each.trouble && <Typography.Text type="danger"> {each.trouble}</Typography.Text>}
            </span>
          ))}
        </Flex>
      ),
    },
    {
      key: 'again', title: '', render: (row) => isOpen(row) && (
        <Popconfirm title={t('reporting.detail.againTitle')} description={t('reporting.detail.againHint')} onConfirm={() => again.mutate({ params: { occasionId: row.occasionId } })}>
          <Button type="link">{t('reporting.detail.again')}</Button>
        </Popconfirm>
      ),
    },
  ];
  return (
    <DataTable endpoint={listOccasions} params={{ scheduleId }} columns={columns} rowKey={(row) => row.occasionId} refreshMs={refreshMs}
      empty={<EmptyState title={t('reporting.detail.none')} hint={t('reporting.detail.noneHint')} />} />
  );
}
