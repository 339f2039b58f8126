import type { RecordColumn, Records } from '../../mapping/records.ts';
import type { RowBatch } from '../../files/row-batch.ts';
import { identityFields, type IdentityField } from '../../mapping/fields.ts';
import type { TextColumn } from '../../mapping/mapped-columns.ts';
import { formatDecimal } from '../../../../kernel/decimal.ts';
import { booleans, genders } from '../../values/words.ts';

const dayMs = 86_400_000;

/** The text columns that name people, by field. */
export function identityTexts(records: Records): Partial<Record<IdentityField, TextColumn>> {
  const found: Partial<Record<IdentityField, TextColumn>> = {};
  for (const { field, column } of records.columns) {
    if (column.type === 'text' && (identityFields as readonly string[]).includes(field)) found[field as IdentityField] = column;
  }
  return found;
}

/** The text of a cell of a text column, null where there is none. */
export function textOf(batch: RowBatch, found: RecordColumn | undefined, row: number): string | null {
  if (found?.column.type !== 'text') return null;
  const { starts, ends } = found.column;
  return starts[row] === ends[row] ? null : batch.bytes.toString('utf8', starts[row], ends[row]);
}

/** The number of a cell, null where there is none. */
export function numberOf(found: RecordColumn | undefined, row: number): number | null {
  if (found?.column.type !== 'number') return null;
  const value = found.column.values[row];
  return Number.isNaN(value) ? null : value;
}

/** A word column's answer; null where it says nothing. */
export function yesOrNo(found: RecordColumn, row: number): boolean | null {
  if (found.column.type !== 'word' || found.column.values[row] === 0) return null;
  return booleans[found.column.values[row]] === 'true';
}

export function genderOf(found: RecordColumn | undefined, row: number): 'male' | 'female' | null {
  if (found?.column.type !== 'word') return null;
  const word = genders[found.column.values[row]];
  return word === 'male' || word === 'female' ? word : null;
}

/** A custom attribute as JSON has it: numbers as numbers, days as 2020-02-21, times as ISO text. */
export function attributeOf(batch: RowBatch, found: RecordColumn, row: number): string | number | boolean | null {
  const type = found.mapping?.attribute?.type ?? 'text';
  if (type === 'boolean') return yesOrNo(found, row);
  if (type === 'text') return textOf(batch, found, row);
  const value = numberOf(found, row);
  if (value === null) return null;
  if (type === 'number') return Number(formatDecimal(BigInt(value)));
  return type === 'day' ? new Date(value * dayMs).toISOString().slice(0, 10) : new Date(value).toISOString();
}

/** A day column's value as 1990-05-17. */
export function dayOf(found: RecordColumn | undefined, row: number): string | null {
  const value = numberOf(found, row);
  return value === null ? null : new Date(value * dayMs).toISOString().slice(0, 10);
}
