import { useTranslation } from 'react-i18next';
import { isTold, type Program } from '../../../../kernel/program.ts';
import { Link, Section, Tooltip, Typography, useFormat } from '../../../../web/kit.ts';
import styles from './director.module.css';

/** A colour says good or bad only where that is certain. */
function toneOf(revenue: NonNullable<Program['lift']>['revenue']): string | undefined {
  if (!isTold(revenue)) return styles.plain;
  return revenue.difference > 0 ? styles.good : styles.bad;
}

/** Programs by what they brought in beyond what would have come anyway. */
export function ProgramLifts({ title, programs, none }: { title: string; programs: readonly Program[]; none: string }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const between = ({ low, high }: NonNullable<Program['lift']>['revenue']): string => (low === null || high === null ? '' : t('director.between', { low: format.compactMoney(low), high: format.compactMoney(high) }));
  return (
    <Section title={<Tooltip title={t('director.liftHint')}><span>{title}</span></Tooltip>}>
      {programs.length === 0 ? <Typography.Text type="secondary">{none}</Typography.Text> : (
        <ol className={styles.list}>
          {programs.map(({ key, kind, name, path, cost, lift }) => (
            <li key={key} className={styles.row}>
              <div>
                <Link to={path}>{name}</Link>
                <div className={styles.small}>{t(`program.kind.${kind}`)} · {t('director.costOf', { cost: format.compactMoney(cost) })}</div>
              </div>
              <div className={styles.figure}>
                <div className={toneOf(lift!.revenue)}>{format.compactMoney(lift!.revenue.difference)}</div>
                <div className={styles.small}>{between(lift!.revenue)}</div>
                {!isTold(lift!.revenue) && <div className={styles.small}>{t('director.untold')}</div>}
              </div>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
