import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Button, DescriptionList, DetailLayout, EmptyState, Loaded, Stack, StatGrid, StatTile, Tag, useEndpoint, useFormat, useMay, usePathParam, useSearchState } from '../../../../web/kit.ts';
import { PlusOutlined, ScheduleOutlined } from '../../../../web/icons.tsx';
import { type Plan, readProject, type ReadProject, readWork } from '../../contract.ts';
import { PlanPage } from '../frame/plan-page.tsx';
import { MonitorsTab } from '../monitors/monitors-tab.tsx';
import { ReportList } from '../reports/report-list.tsx';
import { ReviewTab } from '../reviews/review-tab.tsx';
import { MilestoneForm } from './forms/milestone-form.tsx';
import { ProjectForm } from './forms/project-form.tsx';
import { SourceName } from './forms/source-select.tsx';
import { TaskForm } from './forms/task-form.tsx';
import { asMeetings, asProject, asWork, isTask, type MilestoneItem, type TaskItem, type WorkItem } from './known-items.ts';
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

type Open = { kind: 'project' } | { kind: 'task' } | { kind: 'milestone' } | { kind: 'work'; itemNo: number } | null;

function Project({ plan, read }: { plan: Plan; read: ReadProject }) {
  const { t } = useTranslation('planning');
  const { planNo } = plan;
  const mayEdit = useMay('planning.edit');
  const [open, setOpen] = useState<Open>(null);
  const { today } = read;
  const project = asProject(read.project);
  const close = (): void => setOpen(null);
  const openItem = (itemNo: number): void => {
    if (mayEdit) setOpen({ kind: 'work', itemNo });
  };
  const opened = useEndpoint(readWork, { params: { planNo, itemNo: open?.kind === 'work' ? open.itemNo : 0 } }, { enabled: open?.kind === 'work' });
  const item = open?.kind === 'work' && opened.data ? (asWork([opened.data.item])[0] as WorkItem) : null;
  const task = item && isTask(item) ? (item as TaskItem) : null;
  const milestone = item && !task ? (item as MilestoneItem) : null;
  const add = mayEdit && (
    <>
      <Button icon={<PlusOutlined />} onClick={() => setOpen({ kind: 'milestone' })}>{t('projects.newMilestone')}</Button>
      <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen({ kind: 'task' })}>{t('projects.newTask')}</Button>
    </>
  );
  const orNothing = (content: React.ReactNode) => (read.work === 0 ? <EmptyState icon={<ScheduleOutlined />} title={t('projects.noWork')} hint={t('projects.noWorkHint')} action={add} /> : content);
  const shared = { planNo, projectNo: project.itemNo, onOpen: openItem };
  const form = { planNo, projectNo: project.itemNo, waitsFor: (item && opened.data?.waitsFor) ?? [], onClose: close };
  return (
    <>
      <DetailLayout
        header={<Stack><Summary planNo={planNo} read={read} onEdit={() => setOpen({ kind: 'project' })} actions={read.work > 0 && add} /></Stack>}
        tabs={[
          { key: 'plan', label: t('projects.tab.plan'), content: orNothing(<WorkTable {...shared} />) },
          { key: 'board', label: t('projects.tab.board'), content: orNothing(<BoardTab {...shared} />) },
          { key: 'gantt', label: t('projects.tab.gantt'), content: orNothing(<GanttTab {...shared} />) },
          { key: 'meetings', label: t('projects.tab.meetings'), content: <MeetingsTab planNo={planNo} projectNo={project.itemNo} meetings={asMeetings(read.meetings)} tasks={read.fromMeetings} /> },
          { key: 'monitoring', label: t('projects.tab.monitoring'), content: <MonitorsTab plan={plan} projectNo={project.itemNo} today={today} /> },
          { key: 'reports', label: t('projects.tab.reports'), content: <ReportList planNo={planNo} projectNo={project.itemNo} /> },
          { key: 'review', label: t('projects.tab.review'), content: <ReviewTab planNo={planNo} project={project} /> },
        ]}
      />
      <ProjectForm planNo={planNo} item={project} open={open?.kind === 'project'} onClose={close} />
      <TaskForm {...form} item={task} departments={project.body.departments} today={today} open={open?.kind === 'task' || task !== null} />
      <MilestoneForm {...form} item={milestone} open={open?.kind === 'milestone' || milestone !== null} />
    </>
  );
}

function Summary({ planNo, read, onEdit, actions }: { planNo: number; read: ReadProject; onEdit: () => void; actions: React.ReactNode }) {
  const { t } = useTranslation('planning');
  const [, change] = useSearchState(openTab);
  const format = useFormat();
  const mayEdit = useMay('planning.edit');
  const { figures, computedAt } = read;
  const { body: { sourceNo, aim, owner, departments, from, to, state } } = asProject(read.project);
  return (
    <Stack>
      <DescriptionList
        items={[
          { label: t('projects.state'), value: <>{t(`projects.stateOf.${state}`)} {figures.risk !== 'none' && <RiskTag figures={figures} />}</> },
          { label: t('projects.days'), value: `${format.date(from)} – ${format.date(to)}` },
          { label: t('projects.owner'), value: owner?.name },
          { label: t('projects.departments'), value: departments.length > 0 ? departments.map((name) => <Tag key={name}>{name}</Tag>) : undefined },
          ...(sourceNo === null ? [] : [{ label: t('projects.source'), value: <SourceName planNo={planNo} sourceNo={sourceNo} /> }]),
          ...(aim ? [{ label: t('projects.aim'), value: aim }] : []),
        ]}
      />
      <StatGrid computedAt={computedAt}>
        <StatTile label={t('projects.progress')} value={format.percent(figures.progress, 0)} definition={t('projects.progressHint')} />
        <StatTile label={t('projects.tasksDone')} value={`${format.number(figures.done)} / ${format.number(figures.tasks)}`} />
        <StatTile label={t('projects.overdueTasks')} value={format.number(figures.overdue)} />
        <StatTile label={t('projects.ends')} value={format.date(state === 'done' || state === 'dropped' ? null : figures.ends)} definition={t('projects.endsHint')} />
      </StatGrid>
      {mayEdit && <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}><Button onClick={onEdit}>{t('projects.edit')}</Button>{(state === 'running' || state === 'paused') && <Button onClick={() => change({ tab: 'review' })}>{t('reviews.close')}</Button>}{actions}</div>}
    </Stack>
  );
}
