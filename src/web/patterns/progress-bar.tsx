import { Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import styles from './patterns.module.css';

/** How far something long is. Without a total it says only how much is done. */
export interface ProgressBarProps {
  done: number;
  total?: number | null;
  state?: 'running' | 'done' | 'failed';
  /** What is happening now. */
  label?: string;
  /** What is counted; things where it is left out. */
  unit?: 'bytes';
}

export function ProgressBar({ done, total, state = 'running', label, unit }: ProgressBarProps) {
  const { t } = useTranslation('web');
  const format = useFormat();
  const amount = unit === 'bytes' ? format.bytes : format.number;
  const percent = total ? Math.min(100, Math.floor((done / total) * 100)) : state === 'done' ? 100 : 0;
  const status = { running: 'active', done: 'success', failed: 'exception' } as const;
  return (
    <div aria-live="polite">
      <Progress percent={percent} status={status[state]} aria-label={label ?? t('state.progress')} />
      <div className={styles.small}>
        {label ? `${label} · ` : ''}
        {total
          ? t('state.doneOf', { done: amount(done), total: amount(total) })
          : t('state.done', { done: amount(done) })}
      </div>
    </div>
  );
}
