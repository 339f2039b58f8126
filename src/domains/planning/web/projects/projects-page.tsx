import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, EmptyState, Link, Loaded, Progress, Stack, StatGrid, StatTile, Table, type TableProps, Tag, useEndpoint, useFormat, useMay } from '../../../../web/kit.ts';
import { FileTextOutlined, PlusOutlined, ScheduleOutlined } from '../../../../web/icons.tsx';
import { listProjects, type Plan, type ProjectFigures } from '../../contract.ts';
import { PlanPage } from '../frame/plan-page.tsx';
import { ProjectForm } from './forms/project-form.tsx';
import { asProject, type ProjectItem } from './known-items.ts';
import { RiskTag } from './risk-tag.tsx';

/** Every project of the plan: how far it is, and whether it will be in time. */
export default function ProjectsPage() {
  const { t } = useTranslation('planning');
  return <PlanPage title={t('projects.title')} subtitle={t('projects.subtitle')} actions={<Link to="/plan/reviews"><Button icon={<FileTextOutlined />}>{t('reviews.title')}</Button></Link>}>{(plan) => <Projects plan={plan} />}</PlanPage>;
}

type Row = ProjectItem & { figures: ProjectFigures };

function Projects({ plan: { planNo } }: { plan: Plan }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const mayEdit = useMay('planning.edit');
  const [isAdding, setAdding] = useState(false);
  const projects = useEndpoint(listProjects, { params: { planNo } });
  const add = mayEdit && <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t('projects.new')}</Button>;
  const columns: TableProps<Row>['columns'] = [
    { key: 'name', title: t('projects.name'), sorter: (a, b) => a.body.name.localeCompare(b.body.name), render: (_, { itemNo, body }) => <Link to={`/plan/projects/${itemNo}?plan=${planNo}`}>{body.name}</Link> },
    { key: 'state', title: t('projects.state'), filters: ['planned', 'running', 'paused', 'done', 'dropped'].map((value) => ({ value, text: t(`projects.stateOf.${value}`) })), onFilter: (value, { body }) => body.state === value, render: (_, { body }) => t(`projects.stateOf.${body.state}`) },
    { key: 'risk', title: t('projects.risk'), render: (_, { figures }) => <RiskTag figures={figures} /> },
    { key: 'progress', title: t('projects.progress'), sorter: (a, b) => (a.figures.progress ?? -1) - (b.figures.progress ?? -1), width: 180, render: (_, { figures: { progress, done, tasks } }) => (progress === null ? '–' : <Progress percent={Math.round(progress * 100)} size="small" format={() => `${done} / ${tasks}`} />) },
    { key: 'days', title: t('projects.days'), sorter: (a, b) => (a.body.to < b.body.to ? -1 : 1), render: (_, { body: { from, to } }) => `${format.date(from)} – ${format.date(to)}` },
    { key: 'next', title: t('projects.next'), render: (_, { figures: { next } }) => (next ? `${next.name} · ${format.date(next.due)}` : '–') },
    { key: 'owner', title: t('projects.owner'), render: (_, { body }) => body.owner?.name ?? '–' },
    { key: 'departments', title: t('projects.departments'), render: (_, { body }) => body.departments.map((name) => <Tag key={name}>{name}</Tag>) },
  ];
  return (
    <Loaded from={projects}>
      {({ projects: all, computedAt }) => {
        const rows = all.map((each): Row => ({ ...asProject(each), figures: each.figures }));
        const open = rows.filter(({ body: { state } }) => state === 'running' || state === 'planned');
        const count = (of: (row: Row) => boolean): string => format.number(open.filter(of).length);
        return (
          <Stack>
            {rows.length === 0 ? <EmptyState icon={<ScheduleOutlined />} title={t('projects.none')} hint={t('projects.noneHint')} action={add} /> : (
              <>
                <StatGrid computedAt={computedAt}>
                  <StatTile label={t('projects.open')} value={format.number(open.length)} />
                  <StatTile label={t('projects.riskOf.late')} value={count(({ figures }) => figures.risk === 'late')} definition={t('projects.riskHint.late')} />
                  <StatTile label={t('projects.riskOf.at_risk')} value={count(({ figures }) => figures.risk === 'at_risk')} definition={t('projects.riskHint.at_risk')} />
                  <StatTile label={t('projects.overdueTasks')} value={format.number(open.reduce((sum, { figures }) => sum + figures.overdue, 0))} />
                </StatGrid>
                <div>{add}</div>
                <Table<Row> rowKey="itemNo" size="middle" columns={columns} dataSource={rows} scroll={{ x: 980 }} pagination={rows.length > 20 ? { pageSize: 20 } : false} />
              </>
            )}
            <ProjectForm planNo={planNo} item={null} open={isAdding} onClose={() => setAdding(false)} />
          </Stack>
        );
      }}
    </Loaded>
  );
}
