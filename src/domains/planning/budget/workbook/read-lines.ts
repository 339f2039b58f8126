import { formatDecimal, parseDecimal } from '../../../../kernel/decimal.ts';
import type { Locale } from '../../../../kernel/locale.ts';
import type { Say } from '../../../../platform/i18n.ts';
import { cellName, type ReadCell, type ReadSheet } from '../../../../platform/workbook/read-workbook.ts';
import { budgetLimits, type BudgetLineDefinition, budgetLineDefinition, budgetMonth } from '../../contract.ts';
import { type ChoiceColumn, columnNamed, headingOf, keyNamed, type WrittenColumn } from './columns.ts';

export interface CellProblem {
  cell: string;
  text: string;
}
export interface ReadLine {
  /** Of the sheet, counted from 1. */
  row: number;
  /** The line it is about, where it says so. */
  lineNo: number | null;
  definition: BudgetLineDefinition;
}

const needed: readonly WrittenColumn[] = ['name', 'purpose', 'fromMonth', 'untilMonth', 'cap'];

/** Lines as a sheet has them, and what is wrong with it, cell by cell, in the reader's language. Pure. */
export function readLines(say: Say, locale: Locale, { rows, merged }: ReadSheet, brandCurrency: string): { lines: ReadLine[]; problems: CellProblem[]; columns: ReadonlyMap<WrittenColumn, number> } {
  const problems: CellProblem[] = merged.map((range) => ({ cell: range, text: say(locale, 'planning', 'budget.cell.merged') }));
  const tell = (cell: string, key: string, params: Record<string, unknown> = {}): void => void problems.push({ cell, text: say(locale, 'planning', `budget.cell.${key}`, params) });
  const columns = new Map<WrittenColumn, number>();
  (rows[0] ?? []).forEach((cell, at) => {
    const column = typeof cell === 'string' ? columnNamed(say, cell) : null;
    if (column !== null && columns.has(column)) tell(cellName(at, 0), 'headingTwice', { heading: String(cell) });
    if (column !== null) columns.set(column, at);
  });
  for (const column of needed) if (!columns.has(column)) tell('A1', 'noHeading', { heading: headingOf(say, locale, column) });
  // Without its columns nothing else can be told of a sheet; with merged cells it can.
  if (problems.length > merged.length) return { lines: [], problems, columns };
  const lines: ReadLine[] = [];
  const [rowOf, rowOfNo] = [new Map<string, number>(), new Map<number, number>()];
  rows.slice(1).forEach((cells, i) => {
    if (cells.every((cell) => cell === null || cell === '')) return;
    const reader = cellsOf(say, cells, i + 1, columns, tell);
    const definition = lineOf(reader, brandCurrency);
    if (definition === null) return;
    const before = rowOf.get(definition.name);
    if (before !== undefined) return tell(reader.at('name'), 'nameTwice', { row: before });
    rowOf.set(definition.name, i + 2);
    const lineNo = reader.lineNo();
    if (lineNo === undefined) return;
    const same = lineNo === null ? undefined : rowOfNo.get(lineNo);
    if (same !== undefined) return tell(reader.at('lineNo'), 'lineTwice', { row: same });
    if (lineNo !== null) rowOfNo.set(lineNo, i + 2);
    lines.push({ row: i + 2, lineNo, definition });
  });
  if (lines.length > budgetLimits.lines) tell('A1', 'tooMany', { most: budgetLimits.lines });
  return { lines, problems, columns };
}

type Tell = (cell: string, key: string, params?: Record<string, unknown>) => void;
type Cells = ReturnType<typeof cellsOf>;

/** The cells of a row, by column; each tells what is wrong with it and is null then. */
function cellsOf(say: Say, cells: readonly ReadCell[], row: number, columns: ReadonlyMap<WrittenColumn, number>, tell: Tell) {
  const at = (column: WrittenColumn): string => cellName(columns.get(column) ?? 0, row);
  const cell = (column: WrittenColumn): ReadCell => cells[columns.get(column) ?? -1] ?? null;
  const words = (column: WrittenColumn): string => {
    const value = cell(column);
    if (value instanceof Date) return value.toISOString().slice(0, 10);
    return value === null || typeof value === 'boolean' ? '' : (typeof value === 'string' ? value : value.number).trim();
  };
  const bad = (column: WrittenColumn, key: string, params: Record<string, unknown> = {}): null => {
    tell(at(column), key, { text: [...words(column)].slice(0, 40).join(''), ...params });
    return null;
  };
  return {
    at, bad, words,
    text: (column: WrittenColumn, most: number): string | null => (words(column).length > most ? bad(column, 'tooLong', { most }) : words(column)),
    choice: (column: ChoiceColumn): string | null => (words(column) === '' ? null : (keyNamed(say, column, words(column)) ?? bad(column, 'unknownWord'))),
    month(column: 'fromMonth' | 'untilMonth'): string | null {
      const written = /^(\d{4})[-/.年](\d{1,2})(?:月|[-/.]\d{1,2})?$/.exec(words(column));
      const month = written ? `${written[1]}-${written[2].padStart(2, '0')}` : words(column);
      return budgetMonth.safeParse(month).success ? month : bad(column, 'unknownMonth');
    },
    /** Null where it says none, undefined where that is no number of a line. */
    lineNo(): number | null | undefined {
      if (words('lineNo') === '') return null;
      const number = /^\d{1,9}$/.test(words('lineNo')) ? Number(words('lineNo')) : 0;
      return number > 0 ? number : (bad('lineNo', 'noLine') ?? undefined);
    },
    amount(column: 'cap', currency: string): string | null {
      const value = cell(column);
      const exact = typeof value === 'object' && value !== null && 'number' in value ? numberOf(value.number) : parseDecimal(words(column));
      if (exact === null) return bad(column, /[$€£¥₩₹元]|[A-Z]{3}/.test(words(column)) ? 'amountWithCurrency' : 'noNumber', { currency });
      return exact < 0n ? bad(column, 'belowZero') : formatDecimal(exact);
    },
  };
}

/** A file holds numbers as floats: what is beyond four decimals is a trace of that, `0.30000000000000004`. */
function numberOf(text: string): bigint | null {
  const exact = parseDecimal(text);
  if (exact !== null) return exact;
  const value = Number(text);
  return Number.isFinite(value) && Math.abs(value) < 1e11 ? parseDecimal(value.toFixed(4)) : null;
}

function lineOf(cells: Cells, brandCurrency: string): BudgetLineDefinition | null {
  const currency = cells.words('currency').toUpperCase();
  const isOther = currency !== '' && currency !== brandCurrency;
  if (isOther) cells.bad('currency', 'otherCurrency', { currency: brandCurrency });
  const name = cells.words('name') === '' ? cells.bad('name', 'noName') : cells.text('name', 80);
  const [channel, costCentre] = [cells.text('channel', 40), cells.text('costCentre', 40)];
  const purpose = cells.words('purpose') === '' ? cells.bad('purpose', 'noPurpose') : cells.choice('purpose');
  const [stage, lane, overCap] = [cells.choice('stage'), cells.choice('lane'), cells.choice('overCap')];
  const [fromMonth, untilMonth] = [cells.month('fromMonth'), cells.month('untilMonth')];
  const cap = cells.amount('cap', brandCurrency);
  if (fromMonth !== null && untilMonth !== null && untilMonth < fromMonth) return cells.bad('untilMonth', 'endsBeforeStart');
  // What was unknown has been told of above.
  const isUnknown = (['stage', 'lane', 'overCap'] as const).some((column, i) => cells.words(column) !== '' && [stage, lane, overCap][i] === null);
  if (isOther || isUnknown) return null;
  const read = budgetLineDefinition.safeParse({ name, channel, purpose, stage, lane, costCentre, fromMonth, untilMonth, cap, overCap: overCap ?? undefined });
  return read.success ? read.data : null;
}
