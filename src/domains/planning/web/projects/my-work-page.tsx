import { useTranslation } from 'react-i18next';
import { Button, EmptyState, Flex, Link, Loaded, Section, Stack, Tag, useEndpoint, useFormat, useMay } from '../../../../web/kit.ts';
import { CheckCircleOutlined, CheckOutlined } from '../../../../web/icons.tsx';
import { listMyWork, type Plan } from '../../contract.ts';
import { PlanPage } from '../frame/plan-page.tsx';
import { useItemActions } from '../frame/use-items.tsx';
import { CalendarFeed } from './calendar-feed.tsx';
import { asMeetings, asWork, dueOf, isTask, stateChange, type WorkItem } from './known-items.ts';

/** What I have to do, whatever project it belongs to: what is late first. */
export default function MyWorkPage() {
  const { t } = useTranslation('planning');
  return <PlanPage title={t('myWork.title')} subtitle={t('myWork.subtitle')}>{(plan) => <Stack><MyWork plan={plan} /><CalendarFeed /></Stack>}</PlanPage>;
}

type Own = WorkItem & { projectNo: number | null; projectName: string | null };

function MyWork({ plan: { planNo } }: { plan: Plan }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const work = useEndpoint(listMyWork, { params: { planNo } });
  return (
    <Loaded from={work}>
      {({ items, meetings, today }) => {
        const mine = (asWork(items) as unknown as Own[]).sort((a, b) => ((dueOf(a) ?? '9') < (dueOf(b) ?? '9') ? -1 : 1));
        const isLate = (item: Own): boolean => (dueOf(item) ?? '9') < today;
        const week = new Date(Date.parse(`${today}T12:00:00Z`) + 7 * 86_400_000).toISOString().slice(0, 10);
        const isSoon = (item: Own): boolean => !isLate(item) && (dueOf(item) ?? '9') <= week;
        const groups = { late: mine.filter(isLate), soon: mine.filter(isSoon), later: mine.filter((item) => !isLate(item) && !isSoon(item)) };
        if (mine.length + meetings.length === 0) return <EmptyState icon={<CheckCircleOutlined />} title={t('myWork.none')} hint={t('myWork.noneHint')} action={<Link to={`/plan/projects?plan=${planNo}`}><Button>{t('myWork.toProjects')}</Button></Link>} />;
        return (
          <Stack>
            {meetings.length > 0 && (
              <Section title={t('myWork.meetings')}>
                <List>{asMeetings(meetings).map((meeting) => <li key={meeting.itemNo} style={{ paddingBlock: 6 }}><strong>{meeting.body.name}</strong> · {format.dateTime(meeting.body.at)}{meeting.body.place && ` · ${meeting.body.place}`}{meeting.projectNo !== null && <> · <Link to={`/plan/projects/${meeting.projectNo}?plan=${planNo}&tab=meetings`}>{meeting.projectName}</Link></>}</li>)}</List>
              </Section>
            )}
            {(Object.keys(groups) as (keyof typeof groups)[]).filter((key) => groups[key].length > 0).map((key) => (
              <Section key={key} title={`${t(`myWork.group.${key}`)} · ${format.number(groups[key].length)}`}>
                <List>{groups[key].map((item) => <Row key={item.itemNo} planNo={planNo} item={item} today={today} />)}</List>
              </Section>
            ))}
          </Stack>
        );
      }}
    </Loaded>
  );
}

const List = ({ children }: { children: React.ReactNode }) => <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>{children}</ul>;

function Row({ planNo, item, today }: { planNo: number; item: Own; today: string }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const mayEdit = useMay('planning.edit');
  const actions = useItemActions(planNo);
  const finish = (): void => void (isTask(item) ? actions.edit({ ...item, kind: 'task' }, stateChange('done', today)) : actions.edit({ ...item, kind: 'milestone' }, { doneOn: today })).catch(() => undefined);
  const due = dueOf(item);
  return (
    <li style={{ paddingBlock: 6 }}>
      <Flex gap={8} align="center" wrap>
        {mayEdit && <Button size="small" shape="circle" icon={<CheckOutlined />} loading={actions.isBusy} aria-label={t('myWork.finish', { name: item.body.name })} title={t('myWork.finish', { name: item.body.name })} onClick={finish} />}
        <span style={{ flex: '1 1 200px', overflowWrap: 'anywhere' }}>{!isTask(item) && '◆ '}{item.body.name}{item.projectNo !== null && <> · <Link to={`/plan/projects/${item.projectNo}?plan=${planNo}`}>{item.projectName}</Link></>}</span>
        {isTask(item) && <Tag>{t(`projects.taskStateOf.${item.body.state}`)}</Tag>}
        {due && <span>{t('projects.dueAt', { day: format.date(due) })}</span>}
        {item.lateDays > 0 && <Tag color="warning">{t('projects.lateBy', { count: item.lateDays })}</Tag>}
      </Flex>
    </li>
  );
}
