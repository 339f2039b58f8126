import { Checkbox } from 'antd';
import { Fragment, type KeyboardEvent, type ReactNode, useRef } from 'react';
import styles from './check-matrix.module.css';
import { type Cell, movedCell } from './moved-cell.ts';

/** One line of a matrix. */
export interface MatrixRow {
  key: string;
  label: string;
  detail?: string;
}

/** Yes or no for every row and column. Heads stay in sight; the arrow keys move from cell to cell. */
export interface CheckMatrixProps {
  /** What the rows are, above their names. */
  corner: ReactNode;
  columns: { key: string; label: string; head?: ReactNode }[];
  groups: { key: string; label: string; rows: MatrixRow[] }[];
  cell: (row: string, column: string) => { checked: boolean; disabled?: boolean; changed?: boolean };
  onToggle: (row: string, column: string, checked: boolean) => void;
}

export function CheckMatrix({ corner, columns, groups, cell, onToggle }: CheckMatrixProps) {
  const table = useRef<HTMLTableElement>(null);
  const rows = groups.flatMap((group) => group.rows);
  const inputAt = ({ row, column }: Cell): HTMLInputElement | null | undefined =>
    table.current?.querySelector<HTMLInputElement>(`[data-row="${row}"][data-column="${column}"] input`);
  const move = (event: KeyboardEvent): void => {
    const at = (event.target as HTMLElement).closest<HTMLElement>('[data-row]')?.dataset;
    let from: Cell | null = at ? { row: Number(at.row), column: Number(at.column) } : null;
    // What cannot be changed cannot be focused either: the next that can is looked for.
    for (let tries = rows.length + columns.length; from && tries > 0; tries--) {
      from = movedCell(from, event.key, rows.length, columns.length);
      if (!from) return;
      event.preventDefault();
      const input = inputAt(from);
      if (input && !input.disabled) return input.focus();
    }
  };
  return (
    <div className={styles.frame}>
      <table className={styles.matrix} ref={table} onKeyDown={move}>
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            {columns.map((column) => (
              <th scope="col" key={column.key}>
                {column.head ?? column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <Fragment key={group.key}>
              <tr className={styles.group}>
                <th scope="rowgroup">{group.label}</th>
                <td colSpan={columns.length} />
              </tr>
              {group.rows.map((row) => (
                <tr key={row.key}>
                  <th scope="row">
                    {row.label}
                    {row.detail && <span className={styles.detail}>{row.detail}</span>}
                  </th>
                  {columns.map((column, index) => {
                    const state = cell(row.key, column.key);
                    return (
                      <td
                        key={column.key}
                        data-row={rows.indexOf(row)}
                        data-column={index}
                        className={state.changed ? styles.changedCell : undefined}
                      >
                        <Checkbox
                          checked={state.checked}
                          disabled={state.disabled}
                          aria-label={`${column.label}: ${row.label}`}
                          onChange={(event) => onToggle(row.key, column.key, event.target.checked)}
                        />
                      </td>
                    );
                  })}
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}
