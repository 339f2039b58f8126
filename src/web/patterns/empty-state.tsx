import type { ReactNode } from 'react';
import { InboxOutlined } from '../icons.tsx';
import styles from './patterns.module.css';

/** Nothing here yet: why, and what to do first. */
export interface EmptyStateProps {
  title: string;
  hint?: ReactNode;
  icon?: ReactNode;
  /** The button that does the first thing. */
  action?: ReactNode;
}

export function EmptyState({ title, hint, icon = <InboxOutlined />, action }: EmptyStateProps) {
  return (
    <div className={styles.state}>
      <span className={styles.stateIcon} aria-hidden>
        {icon}
      </span>
      <div className={styles.stateTitle}>{title}</div>
      {hint && <div className={styles.stateHint}>{hint}</div>}
      {action && <div className={styles.stateAction}>{action}</div>}
    </div>
  );
}
