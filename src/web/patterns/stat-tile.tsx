import { Card, Skeleton, Tooltip } from 'antd';
import { Children, type CSSProperties, type ReactNode } from 'react';
import { InfoCircleOutlined } from '../icons.tsx';
import { Link } from '../router/link.tsx';
import { ComputedAt } from './computed-at.tsx';
import { Delta, type DeltaProps } from './delta.tsx';
import { fullRows } from './full-rows.ts';
import styles from './patterns.module.css';

/** One number that matters. Format `value` with `useFormat`. */
export interface StatTileProps {
  label: string;
  value: ReactNode;
  unit?: string;
  /** What the number means and how it is counted. */
  definition?: string;
  /** Now and before, to say how it moved. */
  delta?: DeltaProps;
  /** How it stands to another number, in a few words. */
  note?: string;
  computedAt?: string;
  /** The page with what is behind the number. */
  to?: string;
  loading?: boolean;
}

export function StatTile({ label, value, unit, definition, delta, note, computedAt, to, loading }: StatTileProps) {
  return (
    <Card className={styles.tile} size="small">
      <div className={styles.tileLabel}>
        {to ? <Link to={to}>{label}</Link> : <span>{label}</span>}
        {definition && (
          <Tooltip title={definition}>
            <InfoCircleOutlined className={styles.hint} tabIndex={0} aria-label={definition} />
          </Tooltip>
        )}
      </div>
      {loading ? (
        <Skeleton active title={false} paragraph={{ rows: 2 }} />
      ) : (
        <>
          <div className={styles.tileValue}>
            {value}
            {unit && <span className={styles.tileUnit}>{unit}</span>}
          </div>
          <div className={styles.tileFoot}>
            {delta && <Delta {...delta} />}
            {note && <span>{note}</span>}
            {computedAt && <ComputedAt at={computedAt} />}
          </div>
        </>
      )}
    </Card>
  );
}

/** Tiles side by side, as many as fit in full rows; `computedAt` says it once for all of them. */
export function StatGrid({ children, computedAt }: { children: ReactNode; computedAt?: string }) {
  const columns = fullRows(Children.toArray(children).length);
  return (
    <div className={styles.tiles}>
      <div className={styles.tileGrid} style={{ '--tiles': columns } as CSSProperties}>{children}</div>
      {computedAt && <ComputedAt at={computedAt} />}
    </div>
  );
}
