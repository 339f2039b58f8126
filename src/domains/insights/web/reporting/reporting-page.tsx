import { useTranslation } from 'react-i18next';
import { Alert, Button, type Column, DataTable, EmptyState, Link, PageHeader, Stack, useEndpoint, useFormat, useMay, useNavigateTo } from '../../../../web/kit.ts';
import { MailOutlined, PlusOutlined } from '../../../../web/icons.tsx';
import { listRecipients, listSchedules, type ShownSchedule } from '../../contract.ts';
import { OccasionState } from './occasion-state.tsx';
import { useRhythmText } from './use-rhythm-text.ts';

/** Reports that send themselves: what, when, to whom, and how the last time went. */
export default function ReportingPage() {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const navigate = useNavigateTo();
  const rhythmText = useRhythmText();
  const recipients = useEndpoint(listRecipients);
  const maySetUpMail = useMay('access.mail');
  const columns: Column<ShownSchedule>[] = [
    { key: 'name', title: t('reporting.column.name'), render: (row) => row.name },
    { key: 'rhythm', title: t('reporting.column.rhythm'), render: (row) => rhythmText(row.rhythm) },
    { key: 'recipients', title: t('reporting.column.recipients'), render: (row) => row.recipientNames.join(', ') },
    { key: 'next', title: t('reporting.column.next'), render: (row) => (row.nextAt ? format.dateTime(row.nextAt) : t('reporting.paused')) },
    { key: 'last', title: t('reporting.column.last'), render: (row) => (row.last ? <OccasionState state={row.last.state} /> : '–') },
  ];
  const add = <Button type="primary" icon={<PlusOutlined />} onClick={() => navigate('/insights/reporting/new')}>{t('reporting.new')}</Button>;
  return (
    <Stack>
      <PageHeader title={t('reporting.title')} subtitle={t('reporting.subtitle')} actions={<><Button onClick={() => navigate('/insights/reporting/groups')}>{t('reporting.groups.manage')}</Button>{add}</>} />
      {recipients.data?.isMailSetUp === false && (
        <Alert type="warning" showIcon title={t('reporting.noMail')} description={maySetUpMail ? <Link to="/settings/mail">{t('reporting.setUpMail')}</Link> : t('reporting.askForMail')} />
      )}
      <DataTable
        endpoint={listSchedules}
        columns={columns}
        rowKey={(row) => row.scheduleId}
        rowLink={(row) => `/insights/reporting/${row.scheduleId}`}
        searchPlaceholder={t('reporting.search')}
        empty={<EmptyState icon={<MailOutlined />} title={t('reporting.empty')} hint={t('reporting.emptyHint')} action={add} />}
      />
    </Stack>
  );
}
