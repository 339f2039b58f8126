import { useTranslation } from 'react-i18next';
import { Link, Section, Typography, useFormat } from '../../../../web/kit.ts';
import type { DirectorRisk, DirectorView } from '../../contract.ts';
import { useMetricText } from '../figures/use-metric-text.ts';
import { useBoundText } from '../monitors/use-bound-text.ts';
import styles from './director.module.css';

/** What needs somebody's eye, each with the way to where it is put right. */
export function Risks({ risks }: { risks: DirectorView['risks'] }) {
  const { t } = useTranslation('planning');
  const found = risks.filter(({ total }) => total > 0);
  return (
    <Section title={t('director.risks')}>
      {found.length === 0 && <Typography.Text type="secondary">{t('director.noRisks')}</Typography.Text>}
      {found.map(({ kind, total, first }) => (
        <section key={kind} className={styles.kind}>
          <h3>{t(`director.kind.${kind}`, { count: total })}</h3>
          <ul>{first.map((risk, n) => <li key={n}><Risk risk={risk} /></li>)}</ul>
          {total > first.length && <div className={styles.small}>{t('director.moreRisks', { count: total - first.length })}</div>}
        </section>
      ))}
    </Section>
  );
}

function Risk({ risk: { kind, name, path, goal, unit, lateDays, monitor, share, stage } }: { risk: DirectorRisk }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const text = useMetricText();
  const bound = useBoundText();
  const why = {
    goal: () => t('director.riskGoal', { name, actual: text.value(goal?.actual.value, unit, true), path: text.value(goal?.path, unit, true) }),
    project: () => (lateDays === null ? t('director.riskOverdue', { name }) : t('director.riskProject', { name, count: lateDays })),
    monitor: () => monitor && t('director.riskMonitor', { name, project: monitor.project, value: `${text.value(monitor.value, unit)}${monitor.countedIn}`, bound: bound(monitor.bound, unit, monitor.countedIn), since: format.date(monitor.since) }),
    budget: () => t('director.riskBudget', { name, share: format.percent(share, 0) }),
    program: () => t('director.riskProgram', { name }),
    duty: () => t('director.riskDuty', { name, stage: t(`positions.stages.${stage}`) }),
  };
  return <Link to={path}>{why[kind]()}</Link>;
}
