import { Problem } from '../../../../kernel/problem.ts';
import { zoneOf } from '../../values/zone.ts';
import { fieldOf } from '../fields.ts';
import { readDays, readDecimals, readTimes } from './number-column.ts';
import { readRewritten } from './rewritten-column.ts';
import { emptyTexts, fillTexts, readTexts } from './text-column.ts';
import { readMappedWords } from './value-words.ts';
import { readWords } from './word-column.ts';
import type { RowBatch } from '../../files/row-batch.ts';
import type { Field, FieldType } from '../fields.ts';
import type { MappedColumn } from '../mapped-columns.ts';
import type { ColumnMapping, Mapping } from '../mapping.ts';
import type { ColumnSource } from './column-source.ts';
import type { RowReport } from './row-report.ts';

export type ColumnReader = (batch: RowBatch, report: RowReport) => MappedColumn;

/** A column of the mapping, or a constant, ready to be read from any batch of the file. */
export interface PlannedColumn {
  field: string;
  /** Null for a field that has a default and no column. */
  mapping: ColumnMapping | null;
  read: ColumnReader;
}

/**
 * Finds the mapping's columns in a file. Throws `collect.mapping_column_missing` naming those
 * the file has not.
 */
export function planColumns(mapping: Mapping, columns: readonly string[]): PlannedColumn[] {
  const missing = mapping.columns
    .filter(({ column }) => !columns.includes(column))
    .map(({ column }) => column);
  if (missing.length > 0) {
    throw new Problem('collect.mapping_column_missing', {
      status: 422,
      params: { columns: missing },
    });
  }
  const planned: PlannedColumn[] = mapping.columns.map((column) => {
    const field = fieldOf(mapping.kind, column.field)!;
    const source = {
      index: columns.indexOf(column.column),
      field: column.field,
      essential: field.essential === true,
    };
    const read = withDefault(planColumn(mapping, column, field, source), mapping.defaults[column.field]);
    return { field: column.field, mapping: column, read };
  });
  for (const [field, text] of Object.entries(mapping.defaults)) {
    if (planned.some((column) => column.field === field)) continue;
    planned.push({ field, mapping: null, read: constantColumn(text) });
  }
  return planned;
}

/** Reads the columns of a batch by their fields; of a repeatable field, the last one. */
export function readColumns(
  planned: readonly PlannedColumn[],
  batch: RowBatch,
  report: RowReport,
): Partial<Record<string, MappedColumn>> {
  return Object.fromEntries(planned.map(({ field, read }) => [field, read(batch, report)]));
}

function planColumn(
  mapping: Mapping,
  column: ColumnMapping,
  field: Field,
  source: ColumnSource,
): ColumnReader {
  const type = field.type === 'attribute' ? attributeFieldType[column.attribute!.type] : field.type;
  switch (type) {
    case 'decimal':
      return (batch, report) => readDecimals(batch, source, report);
    case 'time': {
      const zone = zoneOf(mapping.timeZone);
      return (batch, report) => readTimes(batch, source, zone, mapping.dateOrder, report);
    }
    case 'day':
      return (batch, report) => readDays(batch, source, mapping.dateOrder, report);
    case 'gender':
    case 'boolean':
    case 'order_kind':
      return (batch, report) => readWords(batch, source, type, report);
    case 'phone':
    case 'email':
    case 'region':
    case 'address':
    case 'currency':
      return (batch, report) => readRewritten(batch, source, type, report);
    case 'text':
    case 'id': {
      const words = column.attribute?.words;
      if (words) return (batch) => readMappedWords(batch, source, words);
      const identifier = type === 'id';
      const options = {
        maxLength: field.maxLength ?? 1000,
        identifier,
        wholeNumber: column.wholeNumber === true,
      };
      return (batch, report) => readTexts(batch, source, options, report);
    }
  }
}

const attributeFieldType = {
  text: 'text',
  number: 'decimal',
  day: 'day',
  time: 'time',
  boolean: 'boolean',
} as const satisfies Record<string, FieldType>;

function withDefault(read: ColumnReader, text: string | undefined): ColumnReader {
  if (text === undefined) return read;
  return (batch, report) => {
    const column = read(batch, report);
    if (column.type === 'text') fillTexts(batch, column, text);
    return column;
  };
}

/** A field without a column, of which every row has the default. */
function constantColumn(text: string): ColumnReader {
  return (batch) => {
    const column = emptyTexts(batch.rowCount);
    fillTexts(batch, column, text);
    return column;
  };
}
