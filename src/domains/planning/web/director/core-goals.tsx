import { useTranslation } from 'react-i18next';
import { Button, EmptyState, Link, Section, Spin, useFormat, useMay } from '../../../../web/kit.ts';
import { CompassOutlined } from '../../../../web/icons.tsx';
import type { DirectorView } from '../../contract.ts';
import { useMetricText } from '../figures/use-metric-text.ts';
import { StatusTag } from '../goals/goal-figures.tsx';
import styles from './director.module.css';

/** The goals everything else is for, with what there is of each. */
export function CoreGoals({ planNo, view: { goals, period, asOf, isPending } }: { planNo: number; view: DirectorView }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const text = useMetricText();
  const mayEdit = useMay('planning.edit');
  return (
    <Section title={t('director.goals')}>
      {goals.length === 0 ? <EmptyState icon={<CompassOutlined />} title={t('director.noGoals')} hint={t('goals.noneHint')} action={mayEdit && <Link to={`/plan/goals?plan=${planNo}`}><Button type="primary">{t('director.toGoals')}</Button></Link>} /> : (
        <>
          <ul className={styles.list}>
            {goals.map(({ name, owner, unit, state }) => {
              const { actual, target, path, progress, nature } = state;
              const way = nature === 'level' || nature === 'standing' ? 'goals.wayOf' : 'goals.progressOf';
              return (
                <li key={state.itemNo} className={styles.row}>
                  <div>
                    <div className={styles.head}><Link to={`/plan/goals/${state.itemNo}?plan=${planNo}`}>{name}</Link><StatusTag state={state} /></div>
                    {owner !== null && <div className={styles.small}>{owner}</div>}
                  </div>
                  <div className={styles.figure}>
                    <div>{text.value(actual.value, unit, true)} / {text.value(target, unit, true)}</div>
                    <div className={styles.small}>{[...(progress === null ? [] : [t(way, { share: format.percent(progress, 0) })]), path === null ? t('goals.noPath') : t('goals.pathNow', { value: text.value(path, unit, true) })].join(' · ')}</div>
                  </div>
                </li>
              );
            })}
          </ul>
          <div className={styles.small}>{t('goals.asOf', { period: format.period(period), day: format.date(asOf) })} {isPending && <Spin size="small" aria-label={t('figures.states.pending')} />}</div>
        </>
      )}
    </Section>
  );
}
