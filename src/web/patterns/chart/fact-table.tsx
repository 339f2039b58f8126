import styles from '../patterns.module.css';
import type { ChartTable } from './chart-option.ts';

/** A chart's values as a table: for readers who want the figures, or do not see the drawing. */
export function FactTable({ title, table }: { title: string; table: ChartTable }) {
  return (
    <div className={styles.chartTable}>
      <table className={styles.factTable}>
        <caption className={styles.unseen}>{title}</caption>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, at) => (
                <td key={table.columns[at]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
