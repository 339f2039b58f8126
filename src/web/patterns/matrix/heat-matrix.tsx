import { Grid, Tooltip } from 'antd';
import type { CSSProperties } from 'react';
import styles from './heat-matrix.module.css';

export interface HeatCell {
  /** How dark it is, from 0 to 1. */
  heat: number;
  text: string;
  /** What the cell says, in words. */
  label: string;
}

/** Numbers by two scales, darker where there is more; each is a button. On narrow screens the longer scale goes down. */
export interface HeatMatrixProps {
  caption: string;
  rows: { key: string; label: string }[];
  columns: { key: string; label: string }[];
  /** Null where there is nothing. */
  cellOf: (row: string, column: string) => HeatCell | null;
  onPick: (row: string, column: string) => void;
}

export function HeatMatrix({ caption, rows, columns, cellOf, onPick }: HeatMatrixProps) {
  const { lg } = Grid.useBreakpoint();
  const isTurned = !lg && columns.length > rows.length;
  const [down, across] = isTurned ? [columns, rows] : [rows, columns];
  return (
    <div className={styles.frame}>
      <table className={`${styles.heat} ${styles.wide}`}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <td />
            {across.map(({ key, label }) => <th key={key} scope="col">{label}</th>)}
          </tr>
        </thead>
        <tbody>
          {down.map((one) => (
            <tr key={one.key}>
              <th scope="row">{one.label}</th>
              {across.map((other) => {
                const [row, column] = isTurned ? [other.key, one.key] : [one.key, other.key];
                const cell = cellOf(row, column);
                return (
                  <td key={other.key}>
                    <Tooltip title={cell?.label}>
                      <button type="button" className={styles.cell} style={{ '--heat': cell?.heat ?? 0 } as CSSProperties} disabled={!cell} aria-label={cell?.label} onClick={() => onPick(row, column)}>
                        {cell?.text ?? '–'}
                      </button>
                    </Tooltip>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
