import { useTranslation } from 'react-i18next';
import { Tag, Tooltip, useFormat } from '../../../../web/kit.ts';
import type { GoalState, ItemBody } from '../../contract.ts';
import { useMetricText } from '../figures/use-metric-text.ts';
import styles from './goals.module.css';

const colors: Record<GoalState['status'], string> = { ahead: 'success', on: 'processing', off: 'error', none: 'default' };

/** How a goal stands against its path, in a word; why it cannot be said where it cannot. */
export function StatusTag({ state }: { state: GoalState }) {
  const { t } = useTranslation('planning');
  const { status, actual, target } = state;
  const why = status !== 'none' ? null : actual.state !== 'known' ? t(`figures.states.${actual.state}`) : target === null ? t('goals.noTarget') : t('goals.noPath');
  return <Tooltip title={t(`goals.statusHint.${status}`)}><Tag color={colors[status]} style={{ marginInlineEnd: 0 }}>{why ?? t(`goals.statuses.${status}`)}</Tag></Tooltip>;
}

/** How a goal's values are written: as its metric's, or plainly where they are typed. */
export function useGoalValue(body: ItemBody<'goal'>): (value: string | number | null | undefined, isCompact?: boolean) => string {
  const text = useMetricText();
  const unit = body.metric ? (text.metric(body.metric.metric)?.unit ?? null) : null;
  return (value, isCompact = false) => text.value(value, unit, isCompact);
}

/** What there is of what is wanted, with a mark where it should be by now. */
export function GoalFigures({ state, body }: { state: GoalState; body: ItemBody<'goal'> }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const value = useGoalValue(body);
  const { actual, target, path, progress, forecast, method } = state;
  const share = (of: number | null): number => Math.min(100, Math.max(0, (of ?? 0) * 100));
  const isPart = state.nature === 'sum' || state.nature === 'distinct';
  return (
    <div className={styles.figures}>
      <div className={styles.line}>
        <span>{value(actual.value, true)} / {value(target, true)}</span>
        <StatusTag state={state} />
      </div>
      {progress !== null && (
        <div className={styles.bar} role="img" aria-label={t('goals.progressOf', { share: format.percent(progress, 0) })}>
          <div className={state.status === 'off' ? styles.doneOff : styles.done} style={{ width: `${share(progress)}%` }} />
          {isPart && path !== null && target ? <div className={styles.mark} title={t('goals.pathNow', { value: value(path, true) })} style={{ insetInlineStart: `${share(path / target)}%` }} /> : null}
        </div>
      )}
      <div className={styles.line}>
        <span className={styles.small}>{path === null ? t('goals.noPath') : t('goals.pathNow', { value: value(path, true) })}</span>
        <span className={styles.small}>{forecast === null ? (actual.state === 'pending' ? '' : t(`goals.methods.${method}`)) : t('goals.forecastOf', { value: value(forecast, true) })}</span>
      </div>
    </div>
  );
}
