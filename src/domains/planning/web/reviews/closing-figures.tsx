import { useTranslation } from 'react-i18next';
import { DescriptionList, StatGrid, StatTile, Table, Tag, useFormat } from '../../../../web/kit.ts';
import type { ClosingFigures } from '../../contract.ts';
import { useMetricText } from '../figures/use-metric-text.ts';
import { useBoundText } from '../monitors/use-bound-text.ts';

const colours = { within: 'success', crossed: 'error', unknown: 'default' } as const;

/** What a project came to, as the system counted it. */
export function ClosingFiguresView({ figures, computedAt }: { figures: ClosingFigures; computedAt: string }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const text = useMetricText();
  const bound = useBoundText();
  const { tasks, milestones, lateDays, from, to, asOf, goal, monitors, budget } = figures;
  const of = (done: number, all: number): string => `${format.number(done)} / ${format.number(all)}`;
  return (
    <>
      <StatGrid computedAt={computedAt}>
        <StatTile label={t('reviews.ended')} value={format.date(asOf)} note={`${format.date(from)} – ${format.date(to)} · ${lateDays > 0 ? t('reviews.lateBy', { count: lateDays }) : t('reviews.inTime')}`} />
        <StatTile label={t('reviews.tasksInTime')} value={of(tasks.inTime, tasks.total)} note={t('reviews.tasksNote', { late: format.number(tasks.late), overdue: format.number(tasks.overdue), open: format.number(tasks.open) })} definition={t('reviews.tasksHint', { withoutDay: tasks.withoutDay, dropped: tasks.dropped })} />
        <StatTile label={t('reviews.mostLate')} value={t('reviews.days', { count: tasks.mostLateDays })} />
        <StatTile label={t('reviews.milestonesInTime')} value={of(milestones.inTime, milestones.total)} note={t('reviews.milestonesNote', { late: milestones.late, notReached: milestones.open + milestones.overdue })} />
      </StatGrid>
      {goal && (
        <DescriptionList items={[
          { label: t('reviews.goal'), value: goal.name },
          { label: t('goals.actual'), value: `${text.value(goal.actual, goal.unit)} · ${format.period(goal.period)}` },
          { label: t('goals.target'), value: text.value(goal.target, goal.unit) },
          { label: t('director.state'), value: t(`goals.statuses.${goal.status}`) },
        ]} />
      )}
      {monitors.length > 0 && (
        <Table
          rowKey={({ name }) => name} size="small" pagination={false} dataSource={monitors} scroll={{ x: 'max-content' }}
          columns={[
            { key: 'name', title: t('reviews.monitor'), render: (_, { name }) => name },
            { key: 'state', title: t('projects.state'), render: (_, { state }) => <Tag color={colours[state]}>{t(`monitors.states.${state}`)}</Tag> },
            { key: 'value', title: t('monitors.value'), align: 'end', render: (_, { value, unit, countedIn }) => (value === null ? '–' : `${text.value(value, unit)}${countedIn}`) },
            { key: 'bound', title: t('monitors.bound'), render: (_, monitor) => bound(monitor.bound, monitor.unit, monitor.countedIn) },
            { key: 'crossed', title: t('reviews.crossed'), align: 'end', render: (_, { crossed }) => format.number(crossed) },
          ]}
        />
      )}
      {budget.length > 0 && (
        <Table
          rowKey={({ name }) => name} size="small" pagination={false} dataSource={budget} scroll={{ x: 'max-content' }}
          columns={[
            { key: 'name', title: t('reviews.line'), render: (_, { name }) => name },
            ...(['cap', 'committed', 'spent'] as const).map((key) => ({ key, title: t(key === 'cap' ? 'budget.planned' : `budget.column.${key}`), align: 'end' as const, render: (_: unknown, line: ClosingFigures['budget'][number]) => format.money(line[key]) })),
          ]}
        />
      )}
    </>
  );
}
