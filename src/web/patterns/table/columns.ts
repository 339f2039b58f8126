import type { ReactNode } from 'react';

/** One column of a list, as data. */
export interface Column<Row> {
  /** The field's name; what `sort` is called with when the column sorts. */
  key: string;
  title: string;
  render: (row: Row) => ReactNode;
  sortable?: boolean;
  /** Numbers stand at the end of their cell, digits below digits. */
  numeric?: boolean;
  widthPx?: number;
  /** Not shown until chosen. */
  optional?: boolean;
}

/** One filter above a list; its key goes to the endpoint's query and into the address. */
export interface Filter {
  key: string;
  label: string;
  options: { value: string; label: string }[];
  /** Several values at once, sent as a list. */
  multiple?: boolean;
}

/** What a person chose for a list on this browser. */
export interface ListChoice {
  /** Keys shown; null while nothing was chosen. */
  shown: string[] | null;
  density: 'middle' | 'small';
}

/** The columns on screen: the chosen ones in their own order; the first always stays. */
export function shownColumns<Row>(columns: readonly Column<Row>[], choice: ListChoice): Column<Row>[] {
  return columns.filter(
    (column, index) =>
      index === 0 || (choice.shown ? choice.shown.includes(column.key) : !column.optional),
  );
}
