import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Button, type Column, currentLocale, DataTable, EmptyState, PageHeader, SegmentedControl, Stack, Tag, useFormat, useMay, useNavigateTo, useSearchState } from '../../../../web/kit.ts';
import { CalendarOutlined, PlusOutlined } from '../../../../web/icons.tsx';
import { type Activity, activityKinds, activityStates, listActivities, nameIn } from '../../contract.ts';
import { ActivityCalendar } from './activity-calendar.tsx';
import { kindColors, stateColors } from './colors.ts';
import { useWho } from '../use-who.ts';

const view = z.object({ view: z.enum(['calendar', 'list']).default('calendar') });

/** What members can take part in: a month at a time, or all of it. */
export default function ActivitiesPage() {
  const { t } = useTranslation('membership');
  const navigate = useNavigateTo();
  const mayPlan = useMay('membership.activities');
  const [{ view: shown }, change] = useSearchState(view);
  const add = mayPlan && <Button type="primary" icon={<PlusOutlined />} onClick={() => navigate('/members/activities/new')}>{t('activities.add')}</Button>;
  return (
    <Stack>
      <PageHeader title={t('activities.title')} subtitle={t('activities.subtitle')} actions={add} />
      <SegmentedControl label={t('activities.view')} value={shown} options={(['calendar', 'list'] as const).map((value) => ({ value, label: t(`activities.views.${value}`) }))} onChange={(value) => change({ view: value })} />
      {shown === 'calendar' ? <ActivityCalendar /> : <ActivityTable empty={<EmptyState icon={<CalendarOutlined />} title={t('activities.none')} hint={t('activities.noneHint')} action={add} />} />}
    </Stack>
  );
}

function ActivityTable({ empty }: { empty: React.ReactNode }) {
  const { t } = useTranslation('membership');
  const who = useWho();
  const format = useFormat();
  const columns: Column<Activity>[] = [
    { key: 'name', title: t('activities.name'), render: ({ definition }) => nameIn(definition.names, currentLocale()) },
    { key: 'kind', title: t('activities.kind'), render: ({ definition }) => <Tag color={kindColors[definition.does.kind]}>{t(`activities.kinds.${definition.does.kind}`)}</Tag> },
    { key: 'state', title: t('activities.state'), render: ({ state }) => <Tag color={stateColors[state]}>{t(`activities.states.${state}`)}</Tag> },
    { key: 'startsAt', title: t('activities.startsAt'), sortable: true, render: ({ definition }) => format.dateTime(definition.startsAt) },
    { key: 'endsAt', title: t('activities.endsAt'), render: ({ definition }) => (definition.endsAt === null ? t('activities.endless') : format.dateTime(definition.endsAt)) },
    { key: 'budget', title: t('activities.budget'), numeric: true, render: ({ definition, promised }) => (definition.budget === null ? t('activities.noBudget') : `${format.number(promised)} / ${format.number(definition.budget)}`) },
    { key: 'editedAt', title: t('activities.editedAt'), sortable: true, optional: true, render: ({ editedAt, editedBy }) => `${format.dateTime(editedAt)} · ${who(editedBy)}` },
  ];
  return (
    <DataTable
      endpoint={listActivities}
      columns={columns}
      rowKey={({ activityNo }) => activityNo}
      rowLink={({ activityNo }) => `/members/activities/${activityNo}`}
      searchPlaceholder={t('activities.search')}
      filters={[
        { key: 'kind', label: t('activities.kind'), options: activityKinds.map((value) => ({ value, label: t(`activities.kinds.${value}`) })) },
        { key: 'state', label: t('activities.state'), options: activityStates.map((value) => ({ value, label: t(`activities.states.${value}`) })) },
      ]}
      empty={empty}
    />
  );
}
