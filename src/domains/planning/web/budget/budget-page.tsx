import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { addressOf, Alert, Button, EmptyState, Flex, Loaded, SegmentedControl, Select, Stack, StatGrid, StatTile, TrendChart, useAction, useEndpoint, useFormat, useMay, useSearchState } from '../../../../web/kit.ts';
import { BarChartOutlined, DownloadOutlined, HistoryOutlined, PlusOutlined, TeamOutlined } from '../../../../web/icons.tsx';
import { addPeopleBudget, exportBudget, groupings, listBudgetChanges, listBudgetLines, type Plan, readBudget } from '../../contract.ts';
import { PlanPage } from '../frame/plan-page.tsx';
import { ChangeSection } from './change-section.tsx';
import { LineForm } from './line-form.tsx';
import { LineTable } from './line-table.tsx';
import { UnbookedSection } from './unbooked-section.tsx';
import { useReturned } from './use-returned.ts';
import { VacantAlert } from './vacant-alert.tsx';
import { VersionDrawer } from './version-drawer.tsx';
import { WorkbookDrawer } from './workbook-drawer.tsx';

const byWhat = groupings.filter((each) => each !== 'month');
const chosen = z.object({ year: z.coerce.number().int().optional(), by: z.enum(byWhat).optional() });
type Budget = z.output<typeof readBudget.reply>;

/** By what lines say something: stages first. */
const toldBy = ({ groups }: Budget) => byWhat.find((each) => groups[each].some(({ key }) => key !== '')) ?? 'purpose';

/** The plan's money: what is planned, held, spent and expected of it, where it goes, and every line. */
export default function BudgetPage() {
  const { t } = useTranslation('planning');
  return <PlanPage title={t('budget.title')} subtitle={t('budget.subtitle')}>{(plan) => <BudgetOf key={plan.planNo} plan={plan} />}</PlanPage>;
}

function BudgetOf({ plan: { planNo } }: { plan: Plan }) {
  const { t } = useTranslation('planning');
  const mayHandle = useMay('planning.budget');
  const mayPeople = useMay('planning.people');
  const addPeople = useAction(addPeopleBudget, { invalidates: [readBudget, listBudgetLines, listBudgetChanges], done: t('budget.asked') });
  const format = useFormat();
  const [{ year, by }, change] = useSearchState(chosen);
  const [isAdding, setAdding] = useState(false);
  const [isImporting, setImporting] = useState(false);
  const [showsVersions, setShowsVersions] = useState(false);
  const budget = useEndpoint(readBudget, { params: { planNo }, query: { year } });
  return (
    <Loaded from={budget}>
      {(read) => (
        <Stack>
          <Flex gap="small" wrap align="center">
            <Select aria-label={t('budget.year')} value={read.year} onChange={(next) => change({ year: next })} options={read.years.map((value) => ({ value, label: t('budget.ofYear', { year: value }) }))} />
            <Flex gap="small" wrap style={{ marginInlineStart: 'auto' }}>
              {read.versionNo > 0 && <Button icon={<HistoryOutlined />} onClick={() => setShowsVersions(true)}>{t('budget.version.open', { no: read.versionNo })}</Button>}
              <Button icon={<DownloadOutlined />} href={addressOf(exportBudget, { params: { planNo }, query: { year: read.year } })}>{t('budget.export')}</Button>
              {mayHandle && mayPeople && !read.hasPeopleLine && <Button icon={<TeamOutlined />} loading={addPeople.isPending} onClick={() => addPeople.mutate({ params: { planNo }, body: { year: read.year } })}>{t('budget.people.add')}</Button>}
              {mayHandle && <Button onClick={() => setImporting(true)}>{t('budget.import')}</Button>}
              {mayHandle && <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t('budget.add')}</Button>}
            </Flex>
          </Flex>
          <CapAlerts nearCap={read.nearCap} />
          {read.isWithoutPeople && <Alert type="info" showIcon title={t('budget.withoutPeople')} />}
          {read.otherPeopleLines.length > 0 && <Alert type="warning" showIcon title={t('budget.people.twice', { names: read.otherPeopleLines.join(t('budget.and')) })} />}
          {read.vacant?.isNobody && <VacantAlert vacant={read.vacant} currency={read.currency} />}
          <BudgetFigures read={read} />
          {read.waiting > 0 && <ChangeSection planNo={planNo} waiting={read.waiting} />}
          {read.lines > 0 && (isBlank(read) ? <EmptyState icon={<BarChartOutlined />} title={t('budget.noneApproved')} hint={t('budget.noneApprovedHint')} /> : (
            <>
              <TrendChart
                title={t('budget.byMonth')} unit="money" heading={t('budget.month')} categories={read.groups.month.map(({ key }) => format.period(key))}
                series={[{ name: t('budget.planned'), values: read.groups.month.map(({ planned }) => Number(planned)), muted: true }, { name: t('budget.column.spent'), kind: 'bar', values: read.groups.month.map(({ spent }) => Number(spent)) }]}
              />
              <WhereTo read={read} by={by ?? toldBy(read)} onBy={(next) => change({ by: next })} />
            </>
          ))}
          {read.unbooked.count > 0 && <UnbookedSection unbooked={read.unbooked} currency={read.currency} />}
          <LineTable planNo={planNo} year={read.year} currency={read.currency} />
          {isAdding && <LineForm planNo={planNo} year={read.year} onClose={() => setAdding(false)} />}
          {isImporting && <WorkbookDrawer planNo={planNo} onClose={() => setImporting(false)} />}
          {showsVersions && <VersionDrawer planNo={planNo} currency={read.currency} onClose={() => setShowsVersions(false)} />}
        </Stack>
      )}
    </Loaded>
  );
}

/** Lines that hold more than their caps, and those that are near them. */
function CapAlerts({ nearCap }: Pick<Budget, 'nearCap'>) {
  const { t } = useTranslation('planning');
  const alert = (type: 'error' | 'warning', words: string, lines: Budget['nearCap']) => lines.length > 0 && <Alert type={type} showIcon title={t(words, { count: lines.length, names: lines.slice(0, 3).map(({ name }) => name).join(t('budget.and')) })} />;
  return <>{alert('error', 'budget.overNow', nearCap.filter(({ isOver }) => isOver))}{alert('warning', 'budget.nearCap', nearCap.filter(({ isOver }) => !isOver))}</>;
}

/** Nothing is planned, held or spent: a chart of it would have an axis of nothing. */
const isBlank = ({ planned, reserved, committed, spent, groups }: Budget): boolean =>
  [planned, reserved, committed, spent, ...groups.month.map((month) => month.spent)].every((amount) => Number(amount) === 0);

type Grouping = (typeof byWhat)[number];

function WhereTo({ read, by, onBy }: { read: Budget; by: Grouping; onBy: (by: Grouping) => void }) {
  const { t } = useTranslation('planning');
  const groups = read.groups[by];
  const bars = (name: string, of: 'planned' | 'reserved' | 'committed' | 'spent') => ({ name, kind: 'bar' as const, values: groups.map((group) => Number(group[of])), muted: of === 'planned' });
  return (
    <TrendChart
      title={t('budget.whereTo')} unit="money" heading={t(`budget.by.${by}`)} categories={groups.map(({ key }) => wordOf(t, by, key))}
      series={[bars(t('budget.planned'), 'planned'), bars(t('budget.column.reserved'), 'reserved'), bars(t('budget.column.committed'), 'committed'), bars(t('budget.column.spent'), 'spent')]}
      extra={<SegmentedControl label={t('budget.whereTo')} value={by} options={byWhat.map((value) => ({ value, label: t(`budget.by.${value}`) }))} onChange={onBy} />}
    />
  );
}

function BudgetFigures({ read }: { read: Budget }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const money = (value: string): string => format.money(value, read.currency);
  const returned = useReturned(read.currency)(read.returned);
  return (
    <StatGrid>
      <StatTile label={t('budget.planned')} value={money(read.planned)} definition={t('budget.plannedHint')} computedAt={read.computedAt} />
      <StatTile label={t('budget.column.reserved')} value={money(read.reserved)} definition={t('budget.reservedHint')} />
      <StatTile label={t('budget.column.committed')} value={money(read.committed)} definition={t('budget.committedHint')} />
      <StatTile label={t('budget.column.spent')} value={money(read.spent)} definition={t('budget.spentHint')} />
      <StatTile label={t('budget.column.forecast')} value={money(read.forecast)} definition={t('budget.forecastHint')} />
      <StatTile label={t('budget.returned')} value={returned.amount} definition={t('budget.returnedHint')} note={returned.note} />
    </StatGrid>
  );
}

function wordOf(t: (key: string) => string, by: (typeof groupings)[number], key: string): string {
  if (key === '') return t('budget.unsaid');
  if (by === 'stage' || by === 'lane') return t(`${by}.${key}`);
  return by === 'purpose' ? t(`budget.purpose.${key}`) : key;
}
