import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Button, DescriptionList, DetailLayout, EmptyState, Loaded, Stack, StatGrid, StatTile, Tag, useEndpoint, useFormat, useMay, usePathParam, useSearchState } from '../../../../web/kit.ts';
import { PlusOutlined, ScheduleOutlined } from '../../../../web/icons.tsx';
import { type Plan, readProject, type ReadProject } from '../../contract.ts';
import { PlanPage } from '../frame/plan-page.tsx';
import { useItemActions } from '../frame/use-items.tsx';
import { MonitorsTab } from '../monitors/monitors-tab.tsx';
import { ReportList } from '../reports/report-list.tsx';
import { ReviewTab } from '../reviews/review-tab.tsx';
import { MilestoneForm } from './forms/milestone-form.tsx';
import { ProjectForm } from './forms/project-form.tsx';
import { TaskForm } from './forms/task-form.tsx';
import { asMeetings, asProject, asWork, isTask, stateChange, type TaskItem, type WorkItem } from './known-items.ts';
import { RiskTag } from './risk-tag.tsx';
import { BoardTab } from './tabs/board-tab.tsx';
import { GanttTab } from './tabs/gantt-tab.tsx';
import { MeetingsTab } from './tabs/meetings-tab.tsx';
import { WorkTable } from './tabs/work-table.tsx';

const openTab = z.object({ tab: z.string().optional() });

/** One project: what is done until when, and what is said about it. */
export default function ProjectPage() {
  const { t } = useTranslation('planning');
  const itemNo = Number(usePathParam('itemNo'));
  const [name, setName] = useState('');
  return <PlanPage title={name || t('projects.one')} breadcrumbs={[{ label: t('projects.title'), to: '/plan/projects' }]}>{(plan) => <Read plan={plan} itemNo={itemNo} onName={setName} />}</PlanPage>;
}

function Read({ plan, itemNo, onName }: { plan: Plan; itemNo: number; onName: (name: string) => void }) {
  const project = useEndpoint(readProject, { params: { planNo: plan.planNo, itemNo } });
  const { data } = project;
  const name = data && asProject(data.project).body.name;
  useEffect(() => {
    if (name) onName(name);
  }, [name, onName]);
  return <Loaded from={project}>{(read) => <Project plan={plan} read={read} />}</Loaded>;
}

type Open = { kind: 'project' } | { kind: 'task'; item: TaskItem | null } | { kind: 'milestone'; item: Exclude<WorkItem, TaskItem> | null } | null;

function Project({ plan, read }: { plan: Plan; read: ReadProject }) {
  const { t } = useTranslation('planning');
  const { planNo } = plan;
  const mayEdit = useMay('planning.edit');
  const [open, setOpen] = useState<Open>(null);
  const actions = useItemActions(planNo);
  const { today } = read;
  const project = asProject(read.project);
  const items = asWork(read.items) as WorkItem[];
  const tasks = items.filter((item): item is TaskItem => isTask(item));
  const close = (): void => setOpen(null);
  const openItem = (itemNo: number): void => {
    const item = items.find((each) => each.itemNo === itemNo);
    if (item && mayEdit) setOpen(isTask(item) ? { kind: 'task', item } : { kind: 'milestone', item: item as Exclude<WorkItem, TaskItem> });
  };
  const shift = (item: WorkItem, { from, to }: { from: string; to: string }): Promise<unknown> =>
    (isTask(item) ? actions.edit({ ...item, kind: 'task' }, item.body.from === null && from === to ? { to } : { from, to }) : actions.edit({ ...item, kind: 'milestone' }, { due: to }));
  const add = mayEdit && (
    <>
      <Button icon={<PlusOutlined />} onClick={() => setOpen({ kind: 'milestone', item: null })}>{t('projects.newMilestone')}</Button>
      <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen({ kind: 'task', item: null })}>{t('projects.newTask')}</Button>
    </>
  );
  const orNothing = (content: React.ReactNode) => (items.length === 0 ? <EmptyState icon={<ScheduleOutlined />} title={t('projects.noWork')} hint={t('projects.noWorkHint')} action={add} /> : content);
  // What a form can wait for is listed when it is open: of ten thousand tasks that is much to keep at hand for nothing.
  const shared = (kind: 'task' | 'milestone') => ({ planNo, projectNo: project.itemNo, others: open?.kind === kind ? items : [], onClose: close });
  return (
    <>
      <DetailLayout
        header={<Stack><Summary read={read} onEdit={() => setOpen({ kind: 'project' })} actions={items.length > 0 && add} /></Stack>}
        tabs={[
          { key: 'plan', label: t('projects.tab.plan'), content: orNothing(<WorkTable planNo={planNo} projectNo={project.itemNo} onOpen={openItem} />) },
          { key: 'board', label: t('projects.tab.board'), content: orNothing(<BoardTab tasks={tasks} today={today} onOpen={openItem} {...(mayEdit ? { onMove: (task: TaskItem, state: TaskItem['body']['state']) => void actions.edit({ ...task, kind: 'task' }, stateChange(state, today)).catch(() => undefined) } : {})} />) },
          { key: 'gantt', label: t('projects.tab.gantt'), content: orNothing(<GanttTab items={items} today={today} mayEdit={mayEdit} onOpen={openItem} onMove={shift} />) },
          { key: 'meetings', label: t('projects.tab.meetings'), content: <MeetingsTab planNo={planNo} projectNo={project.itemNo} meetings={asMeetings(read.meetings)} tasks={tasks} /> },
          { key: 'monitoring', label: t('projects.tab.monitoring'), content: <MonitorsTab plan={plan} projectNo={project.itemNo} today={today} /> },
          { key: 'reports', label: t('projects.tab.reports'), content: <ReportList planNo={planNo} projectNo={project.itemNo} /> },
          { key: 'review', label: t('projects.tab.review'), content: <ReviewTab planNo={planNo} project={project} /> },
        ]}
      />
      <ProjectForm planNo={planNo} item={project} open={open?.kind === 'project'} onClose={close} />
      <TaskForm {...shared('task')} item={open?.kind === 'task' ? open.item : null} departments={project.body.departments} today={today} open={open?.kind === 'task'} />
      <MilestoneForm {...shared('milestone')} item={open?.kind === 'milestone' ? open.item : null} open={open?.kind === 'milestone'} />
    </>
  );
}

function Summary({ read, onEdit, actions }: { read: ReadProject; onEdit: () => void; actions: React.ReactNode }) {
  const { t } = useTranslation('planning');
  const [, change] = useSearchState(openTab);
  const format = useFormat();
  const mayEdit = useMay('planning.edit');
  const { figures, computedAt } = read;
  const { body: { aim, owner, departments, from, to, state } } = asProject(read.project);
  return (
    <Stack>
      <DescriptionList
        items={[
          { label: t('projects.state'), value: <>{t(`projects.stateOf.${state}`)} <RiskTag figures={figures} /></> },
          { label: t('projects.days'), value: `${format.date(from)} – ${format.date(to)}` },
          { label: t('projects.owner'), value: owner?.name },
          { label: t('projects.departments'), value: departments.length > 0 ? departments.map((name) => <Tag key={name}>{name}</Tag>) : undefined },
          ...(aim ? [{ label: t('projects.aim'), value: aim }] : []),
        ]}
      />
      <StatGrid computedAt={computedAt}>
        <StatTile label={t('projects.progress')} value={format.percent(figures.progress, 0)} definition={t('projects.progressHint')} />
        <StatTile label={t('projects.tasksDone')} value={`${format.number(figures.done)} / ${format.number(figures.tasks)}`} />
        <StatTile label={t('projects.overdueTasks')} value={format.number(figures.overdue)} />
        <StatTile label={t('projects.ends')} value={format.date(figures.ends)} definition={t('projects.endsHint')} />
      </StatGrid>
      {mayEdit && <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}><Button onClick={onEdit}>{t('projects.edit')}</Button>{(state === 'running' || state === 'paused') && <Button onClick={() => change({ tab: 'review' })}>{t('reviews.close')}</Button>}{actions}</div>}
    </Stack>
  );
}
