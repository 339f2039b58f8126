import { dash } from '../../../kernel/format.ts';
import { Link } from '../../router/link.tsx';
import styles from '../patterns.module.css';
import type { Column } from './columns.ts';

/** A list on a narrow screen: a card a row, the first column as its title. */
export function RowCards<Row>({
  rows,
  columns,
  keyOf,
  rowLink,
}: {
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  keyOf: (row: Row) => string | number;
  rowLink: ((row: Row) => string) | undefined;
}) {
  const [first, ...others] = columns;
  if (!first) return null;
  return (
    <ul className={styles.cards}>
      {rows.map((row) => (
        <li key={keyOf(row)} className={styles.rowCard}>
          <div className={styles.rowTitle}>
            {rowLink ? <Link to={rowLink(row)}>{first.render(row)}</Link> : first.render(row)}
          </div>
          <dl className={styles.rowFacts}>
            {others.map((column) => {
              const value = column.render(row);
              // Room is short: what is not there is not said.
              if (value === null || value === undefined || value === false || value === '' || value === dash) return null;
              return (
                <div key={column.key} className={styles.rowFact}>
                  <dt>{column.title}</dt>
                  <dd>{value}</dd>
                </div>
              );
            })}
          </dl>
        </li>
      ))}
    </ul>
  );
}
