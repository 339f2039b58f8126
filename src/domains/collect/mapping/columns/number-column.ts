import { readDecimal } from '../../values/decimal.ts';
import { failure } from '../../values/failure.ts';
import { readDay, readTime } from '../../values/time.ts';
import type { RowBatch } from '../../files/row-batch.ts';
import type { DateOrder } from '../../values/time.ts';
import type { Zone } from '../../values/zone.ts';
import type { NumberColumn } from '../mapped-columns.ts';
import type { ColumnSource } from './column-source.ts';
import type { RowReport } from './row-report.ts';

/** Amounts and quantities in ten-thousandths. */
export function readDecimals(batch: RowBatch, source: ColumnSource, report: RowReport): NumberColumn {
  const { bytes, cells, rowCount } = batch;
  const values = new Float64Array(rowCount);
  const stride = 2 * batch.columnCount;
  for (let row = 0, at = 2 * source.index; row < rowCount; row++, at += stride) {
    const fault = readDecimal(bytes, cells[at], cells[at + 1], values, row);
    if (fault !== failure.none) report.add(row, source.index, source.field, fault, source.essential);
  }
  return { type: 'number', values };
}

/** Instants in epoch milliseconds. */
export function readTimes(
  batch: RowBatch,
  source: ColumnSource,
  zone: Zone,
  order: DateOrder,
  report: RowReport,
): NumberColumn {
  const { bytes, cells, rowCount } = batch;
  const values = new Float64Array(rowCount);
  const stride = 2 * batch.columnCount;
  for (let row = 0, at = 2 * source.index; row < rowCount; row++, at += stride) {
    const fault = readTime(bytes, cells[at], cells[at + 1], zone, order, values, row);
    if (fault !== failure.none) report.add(row, source.index, source.field, fault, source.essential);
  }
  return { type: 'number', values };
}

/** Days since 1970-01-01. */
export function readDays(
  batch: RowBatch,
  source: ColumnSource,
  order: DateOrder,
  report: RowReport,
): NumberColumn {
  const { bytes, cells, rowCount } = batch;
  const values = new Float64Array(rowCount);
  const stride = 2 * batch.columnCount;
  for (let row = 0, at = 2 * source.index; row < rowCount; row++, at += stride) {
    const fault = readDay(bytes, cells[at], cells[at + 1], order, values, row);
    if (fault !== failure.none) report.add(row, source.index, source.field, fault, source.essential);
  }
  return { type: 'number', values };
}
