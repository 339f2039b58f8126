import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Button, Columns, ComputedAt, DescriptionList, EmptyState, Flex, Loaded, Section, SegmentedControl, Stack, Table, Tag, TrendChart, Typography, useEndpoint, useFormat, useMay, usePathParam, useSearchState } from '../../../../web/kit.ts';
import { EditOutlined } from '../../../../web/icons.tsx';
import { type GoalState, type Plan, readGoal, unitOf } from '../../contract.ts';
import { useMetricText } from '../figures/use-metric-text.ts';
import { PlanPage } from '../frame/plan-page.tsx';
import { sorted, useItems } from '../frame/use-items.tsx';
import { GoalFigures, useGoalValue } from './goal-figures.tsx';
import { GoalForm, type GoalItem } from './goal-form.tsx';

const chosen = z.object({ year: z.coerce.number().int().min(1900).max(2199).optional() });
const pendingMs = 1_500;

/** One goal: where it stands, the course of its year, and when it was off its path. */
export default function GoalPage() {
  const { t } = useTranslation('planning');
  const itemNo = Number(usePathParam('itemNo'));
  const [name, setName] = useState('');
  return <PlanPage title={name || t('goals.one')} breadcrumbs={[{ label: t('goals.title'), to: '/plan/goals' }]}>{(plan) => <OfPlan plan={plan} itemNo={itemNo} onName={setName} />}</PlanPage>;
}

function OfPlan({ plan, itemNo, onName }: { plan: Plan; itemNo: number; onName: (name: string) => void }) {
  const { t } = useTranslation('planning');
  const items = useItems(plan.planNo, ['goal']);
  const goal = items.data && sorted<'goal'>(items.data).items.find((each) => each.itemNo === itemNo);
  const name = goal?.body.name;
  useEffect(() => {
    if (name) onName(name);
  }, [name, onName]);
  return (
    <Loaded from={items}>
      {() => (goal ? <Shown plan={plan} goal={goal} /> : <EmptyState title={t('goals.gone')} hint={t('goals.goneHint')} />)}
    </Loaded>
  );
}

function Shown({ plan, goal }: { plan: Plan; goal: GoalItem }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const text = useMetricText();
  const mayEdit = useMay('planning.edit');
  const [isEditing, setEditing] = useState(false);
  const [search, change] = useSearchState(chosen);
  const { body } = goal;
  const page = useEndpoint(readGoal, { params: { planNo: plan.planNo, itemNo: goal.itemNo }, query: search.year === undefined ? {} : { year: search.year } }, { refreshMs: (found) => (found?.isPending ? pendingMs : false) });
  const first = Number(plan.startsOn.slice(0, 4));
  const years = Array.from({ length: plan.years }, (_, n) => String(first + n));
  return (
    <Stack>
      <Section title={<Tag>{t(`goals.levels.${body.level}`)}</Tag>} extra={mayEdit && <Button icon={<EditOutlined />} onClick={() => setEditing(true)}>{t('goals.edit')}</Button>}>
        {body.note && <Typography.Paragraph>{body.note}</Typography.Paragraph>}
        <DescriptionList items={[
          { label: t('goals.metric'), value: body.metric ? text.label(body.metric) : t('goals.typedIn') },
          { label: t('goals.owner'), value: body.owner?.name ?? '–' },
          { label: t('goals.better'), value: t(`goals.betters.${body.better}`) },
        ]} />
      </Section>
      <Loaded from={page}>
        {(read) => (
          <>
            {years.length > 1 && <SegmentedControl label={t('goals.units.year')} value={read.year} options={[...new Set([...years, read.year])].sort().map((year) => ({ value: year, label: year }))} onChange={(year) => change({ year: Number(year) })} />}
            <Columns>{read.states.map((state) => <Section key={state.period} title={format.period(state.period)}><Flex vertical gap={12}><GoalFigures state={state} body={body} /><Explained state={state} goal={goal} /></Flex></Section>)}</Columns>
            <Course goal={goal} state={read.states[0]} course={read.course} />
            {read.alerts.length > 0 && <Alerts goal={goal} alerts={read.alerts} />}
            <Typography.Text type="secondary">{t('goals.until', { day: format.date(read.asOf) })}</Typography.Text>
            {read.states[0].actual.computedAt && <ComputedAt at={read.states[0].actual.computedAt} />}
          </>
        )}
      </Loaded>
      {isEditing && <GoalForm plan={plan} item={goal} parentNo={goal.parentNo} open onClose={() => setEditing(false)} />}
    </Stack>
  );
}

/** How its target, baseline and forecast come about, in words. */
function Explained({ state, goal: { body } }: { state: GoalState; goal: GoalItem }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const value = useGoalValue(body);
  const { baseline, growth, actual, period } = state;
  const isOfAnotherLength = (state.nature === 'sum' || state.nature === 'distinct') && unitOf(period) !== (body.baseline?.from === 'registry' ? unitOf(body.baseline.period) : 'year');
  const from = baseline && (baseline.value === null ? t(`figures.states.${baseline.state}`) : `${value(baseline.value)} · ${baseline.isTyped ? t('goals.typedFrom', { source: baseline.source }) : t('goals.liveFrom', { period: format.period(baseline.source) })}`);
  return (
    <DescriptionList items={[
      { label: t('goals.actual'), value: actual.value === null ? t(`figures.states.${actual.state}`) : `${value(actual.value)}${actual.isTyped && actual.source ? ` · ${t('goals.typedFrom', { source: actual.source })}` : ''}` },
      { label: t('goals.target'), value: `${value(state.target)} · ${t(`goals.origins.${state.origin}`)}` },
      ...(from ? [{ label: t('goals.baseline'), value: from }, { label: t('goals.growth'), value: growth === null ? t(isOfAnotherLength ? 'goals.otherLength' : 'goals.noGrowth') : format.percent(growth) }] : []),
      { label: t('goals.forecast'), value: `${state.forecast === null ? '' : `${value(state.forecast)} · `}${t(`goals.methods.${state.method}`)}` },
    ]} />
  );
}

type Course = { month: string; actual: number | null; target: number | null; origin: GoalState['origin']; forecast: number | null }[];

/** The year by month; what adds up is shown as it grows. */
function Course({ goal: { body }, state, course }: { goal: GoalItem; state: GoalState; course: Course }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const value = useGoalValue(body);
  const unit = useMetricText().metric(body.metric?.metric ?? '')?.unit;
  const grown = (values: (number | null)[]): (number | null)[] => {
    if (state.nature !== 'sum') return values;
    let sum = 0;
    return values.map((each) => (each === null ? null : (sum += each)));
  };
  const last = course.findLastIndex(({ actual }) => actual !== null);
  // The forecast leaves from the last month that is over; in the one under way it is what that will come to.
  const open = course.findIndex(({ forecast }) => forecast !== null);
  const actuals = grown(course.map(({ actual }, at) => (at > last ? null : (actual ?? (state.nature === 'sum' ? 0 : null)))));
  const ahead = grown(course.map(({ actual, forecast }) => forecast ?? actual ?? (state.nature === 'sum' ? 0 : null)));
  const series = [
    { name: t('goals.actual'), values: actuals },
    { name: t('goals.path'), values: grown(course.map(({ target }) => target)), muted: true },
    ...(state.forecast === null || state.method === 'done' ? [] : [{ name: t('goals.forecast'), values: ahead.map((each, at) => (open === -1 || at < open - 1 ? null : at < open ? actuals[at] : each)) }]),
  ];
  return (
    <>
      <Section><TrendChart title={t(state.nature === 'sum' ? 'goals.courseGrown' : 'goals.course')} heading={t('goals.units.month')} categories={course.map(({ month }) => format.period(month))} series={series} unit={unit === 'money' || unit === 'percent' ? unit : 'number'} /></Section>
      <Section title={t('goals.byMonthTitle')}>
        <Table
          rowKey="month" size="small" pagination={false} dataSource={course} scroll={{ x: 'max-content' }}
          columns={[
            { key: 'month', title: t('goals.units.month'), render: (_, { month }) => format.period(month) },
            { key: 'actual', title: t('goals.actual'), align: 'end', render: (_, { actual }) => value(actual) },
            { key: 'target', title: t('goals.target'), align: 'end', render: (_, { target }) => value(target) },
            { key: 'origin', title: t('goals.origin'), render: (_, { origin }) => t(`goals.origins.${origin}`) },
            { key: 'forecast', title: t('goals.forecast'), align: 'end', render: (_, { forecast }) => value(forecast) },
          ]}
        />
      </Section>
    </>
  );
}

function Alerts({ goal: { body }, alerts }: { goal: GoalItem; alerts: { alertNo: number; period: string; openedAt: string; closedAt: string | null; actual: number; path: number; toldAt: string | null }[] }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const value = useGoalValue(body);
  return (
    <Section title={t('goals.alerts')}>
      <Table
        rowKey="alertNo" size="small" pagination={alerts.length > 10 ? { pageSize: 10 } : false} dataSource={alerts} scroll={{ x: 'max-content' }}
        columns={[
          { key: 'period', title: t('goals.period'), render: (_, { period }) => format.period(period) },
          { key: 'actual', title: t('goals.actual'), align: 'end', render: (_, alert) => value(alert.actual) },
          { key: 'path', title: t('goals.path'), align: 'end', render: (_, alert) => value(alert.path) },
          { key: 'opened', title: t('goals.offSince'), render: (_, { openedAt }) => format.dateTime(openedAt) },
          { key: 'closed', title: t('goals.backSince'), render: (_, { closedAt }) => (closedAt ? format.dateTime(closedAt) : <Tag color="error">{t('goals.stillOff')}</Tag>) },
          { key: 'told', title: t('goals.told'), render: (_, { toldAt }) => (toldAt ? format.dateTime(toldAt) : t('goals.notTold')) },
        ]}
      />
    </Section>
  );
}
