import { useTranslation } from 'react-i18next';
import { addressOf, Button, Columns, currentLocale, download, Dropdown, Flex, Link, Loaded, Section, Stack, StatGrid, StatTile, Typography, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { DownloadOutlined } from '../../../../web/icons.tsx';
import { type DirectorView, type DocumentFormat, exportDirector, type Plan, readDirector } from '../../contract.ts';
import { PlanPage } from '../frame/plan-page.tsx';
import { DirectorMail } from './director-mail.tsx';
import { CoreGoals } from './core-goals.tsx';
import { ProgramLifts } from './program-lifts.tsx';
import { Risks } from './risks.tsx';

/** While something is still being counted. */
const pendingMs = 1_500;

/** The plan at a glance, for whoever answers for all of it. */
export default function DirectorPage() {
  const { t } = useTranslation('planning');
  return <PlanPage title={t('director.title')} subtitle={t('director.subtitle')}>{(plan) => <Director key={plan.planNo} plan={plan} />}</PlanPage>;
}

function Director({ plan: { planNo } }: { plan: Plan }) {
  const { t } = useTranslation('planning');
  const found = useEndpoint(readDirector, { params: { planNo } }, { refreshMs: (read) => (read?.isPending ? pendingMs : false) });
  return (
    <Loaded from={found}>
      {(view) => (
        <Stack>
          <Tiles planNo={planNo} view={view} />
          <Export planNo={planNo} />
          <CoreGoals planNo={planNo} view={view} />
          {view.budget && <Budget planNo={planNo} budget={view.budget} />}
          {view.programs.measured === 0 ? <Typography.Text type="secondary">{t(view.programs.unclear > 0 ? 'director.onlyUnclear' : 'director.noMeasured', { count: view.programs.unclear })}</Typography.Text> : (
            <Columns>
              <ProgramLifts title={t('director.best')} programs={view.programs.best} none={t('director.noBest')} />
              <ProgramLifts title={t('director.worst')} programs={view.programs.worst} none={t('director.noWorst')} />
            </Columns>
          )}
          <Risks risks={view.risks} />
        </Stack>
      )}
    </Loaded>
  );
}

function Tiles({ planNo, view: { goals, stage, kpi, programs, risks, computedAt } }: { planNo: number; view: DirectorView }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const planned = stage.planned.filter((each) => each !== stage.reached).map((each) => t(`positions.stages.${each}`));
  const stageHint = [...(stage.reached ? [t('director.metOf', { met: stage.met, total: stage.total })] : []), ...(planned.length > 0 ? [t('director.plannedFor', { stages: planned.join(t('document.comma')) })] : [])].join(' · ');
  return (
    <StatGrid computedAt={computedAt}>
      <StatTile label={t('director.stage')} value={stage.reached ? t(`positions.stages.${stage.reached}`) : t('director.allPassed')} definition={stageHint || undefined} to={`/plan/stages?plan=${planNo}`} />
      <StatTile label={t('director.goalsOff')} value={format.number(goals.filter(({ state }) => state.status === 'off').length)} definition={t('director.goalsOffHint', { total: goals.length })} to={`/plan/goals?plan=${planNo}`} />
      {kpi && <StatTile label={t('director.averageOf', { period: format.period(kpi.period) })} value={format.number(kpi.average)} definition={t('director.frozenOf', { ...kpi })} to={`/plan/kpi?plan=${planNo}&period=${kpi.period}`} />}
      <StatTile label={t('director.measured')} value={format.number(programs.measured)} definition={t(programs.unclear > 0 ? 'director.measuredOfUnclear' : 'director.measuredOf', { ...programs })} />
      <StatTile label={t('director.risks')} value={format.number(risks.reduce((sum, { total }) => sum + total, 0))} />
    </StatGrid>
  );
}

function Budget({ planNo, budget }: { planNo: number; budget: NonNullable<DirectorView['budget']> }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  return (
    <Section title={<Link to={`/plan/budget?plan=${planNo}`}>{t('director.budgetOf', { year: budget.year })}</Link>}>
      <StatGrid>
        {(['planned', 'reserved', 'committed', 'spent', 'forecast'] as const).map((key) => <StatTile key={key} label={t(key === 'planned' ? 'budget.planned' : `budget.column.${key}`)} value={format.compactMoney(budget[key])} definition={t(`budget.${key}Hint`)} />)}
      </StatGrid>
      {budget.waiting > 0 && <div><Link to={`/plan/budget?plan=${planNo}`}>{t('director.budgetWaiting', { count: budget.waiting })}</Link></div>}
      {budget.isWithoutPeople && <Typography.Text type="secondary">{t('budget.withoutPeople')}</Typography.Text>}
    </Section>
  );
}

function Export({ planNo }: { planNo: number }) {
  const { t } = useTranslation('planning');
  const take = (format: DocumentFormat) => download(addressOf(exportDirector, { params: { planNo }, query: { format, locale: currentLocale() } }));
  const items = ([['pdf', 'pdf'], ['docx', 'word'], ['html', 'mail']] as const).map(([format, word]) => ({ key: format, label: t(`document.${word}`), onClick: () => take(format) }));
  return <Flex gap="small" wrap className="no-print"><DirectorMail planNo={planNo} /><Dropdown trigger={['click']} menu={{ items }}><Button icon={<DownloadOutlined />}>{t('director.export')}</Button></Dropdown></Flex>;
}
