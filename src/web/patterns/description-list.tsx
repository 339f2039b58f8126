import type { CSSProperties, ReactNode } from 'react';
import styles from './patterns.module.css';

/** A text as long as this takes a line of its own. */
const wideFrom = 40;

/** Facts with their names. A fact without a value is shown as a dash, so that its absence is seen. */
export function DescriptionList({
  items,
  columns = 4,
}: {
  items: { label: string; value: ReactNode }[];
  /** At most, on a wide screen; fewer where room is short. */
  columns?: 1 | 2 | 3 | 4 | 5;
}) {
  return (
    <dl className={styles.facts} style={{ '--columns': columns } as CSSProperties}>
      {items.map(({ label, value }) => (
        <div key={label} className={typeof value === 'string' && value.length > wideFrom ? styles.wide : undefined}>
          <dt>{label}</dt>
          <dd>{value ?? '–'}</dd>
        </div>
      ))}
    </dl>
  );
}
