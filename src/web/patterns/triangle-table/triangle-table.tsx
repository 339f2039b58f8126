import { type CSSProperties, useRef, type KeyboardEvent } from 'react';
import { type Cell, movedCell } from '../matrix/moved-cell.ts';
import styles from './triangle-table.module.css';

/** One number of a triangle. */
export interface TriangleCell {
  text: string;
  /** The same in other words, in small below it. */
  detail?: string;
  /** From 0 to 1, how deep its colour is. */
  heat: number;
  /** All of it for readers by ear: where it stands and what it says. */
  label: string;
  /** Why it is not final; it has a broken line around it then. */
  open?: string | undefined;
}

/** A row of numbers, which may end before the columns do. */
export interface TriangleRow {
  key: string;
  label: string;
  facts: string[];
  cells: TriangleCell[];
  isTotal?: boolean;
}

/** Numbers by row and age, whose colour says how large they are. The arrow keys move from one to the next; each opens what is behind it. */
export interface TriangleTableProps {
  title: string;
  corner: string;
  factHeads: string[];
  columns: string[];
  rows: TriangleRow[];
  onOpen: (row: string, column: number) => void;
}

export function TriangleTable({ title, corner, factHeads, columns, rows, onOpen }: TriangleTableProps) {
  const table = useRef<HTMLTableElement>(null);
  const move = (event: KeyboardEvent): void => {
    const at = (event.target as HTMLElement).closest<HTMLElement>('[data-row]')?.dataset;
    const to: Cell | null = at ? movedCell({ row: Number(at.row), column: Number(at.column) }, event.key, rows.length, columns.length) : null;
    if (!to) return;
    event.preventDefault();
    table.current?.querySelector<HTMLElement>(`[data-row="${to.row}"][data-column="${to.column}"] button`)?.focus();
  };
  return (
    <div className={styles.frame}>
      <table className={styles.table} ref={table} onKeyDown={move} aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            {[...factHeads, ...columns].map((head) => <th scope="col" key={head}>{head}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, rowIndex) => (
            <tr key={row.key} className={row.isTotal ? styles.total : undefined}>
              <th scope="row" title={row.label}>{row.label}</th>
              {row.facts.map((fact, i) => <td key={factHeads[i]} className={styles.fact}>{fact}</td>)}
              {row.cells.map((cell, column) => (
                <td
                  key={columns[column]}
                  data-row={rowIndex}
                  data-column={column}
                  className={cell.open ? `${styles.cell} ${styles.open}` : styles.cell}
                  style={{ '--heat': cell.heat } as CSSProperties}
                >
                  <button type="button" className={styles.button} title={cell.open} aria-label={cell.label} onClick={() => onOpen(row.key, column)}>
                    {cell.text}
                    {cell.detail !== undefined && <span className={styles.detail}>{cell.detail}</span>}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
