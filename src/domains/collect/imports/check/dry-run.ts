import { join } from 'node:path';
import { formatDecimal } from '../../../../kernel/decimal.ts';
import { Problem } from '../../../../kernel/problem.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { openRows } from '../../files/open-rows.ts';
import type { RowBatch } from '../../files/row-batch.ts';
import type { ValueError } from '../../mapping/mapped-columns.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import { planOrderLines } from '../../mapping/order-lines.ts';
import { planRecords } from '../../mapping/records.ts';
import type { RejectedRow } from '../rejects/rejected-row.ts';
import { RunReport } from '../run/run-report.ts';
import type { ImportRow } from '../store.ts';
import type { DryRun } from './dry-run-result.ts';

/** A dry run answers while a person waits. */
const longestMs = 8_000;
const shownRejects = 50;

/** What of the facts of a file a dry run adds up. */
interface Sums {
  refunds: number;
  net: bigint;
  fromMs: number;
  toMs: number;
}

type Check = (batch: RowBatch, report: RunReport, sums: Sums) => readonly ValueError[];

/** Reads a file as an import with this mapping would, and writes nothing: the whole of it, or as much as can be read in some seconds. */
export async function dryRunImport(platform: Platform, run: ImportRow, mapping: Mapping): Promise<DryRun> {
  if (!run.uploadName) throw new Problem('collect.import_file_gone', { status: 409, params: { importId: run.importId } });
  const firstRejected: RejectedRow[] = [];
  const keep = { get open() { return firstRejected.length < shownRejects; }, add: (row: RejectedRow) => void firstRejected.push(row), flush: async () => {} };
  const report = new RunReport(keep, async () => {});
  const sums: Sums = { refunds: 0, net: 0n, fromMs: Infinity, toMs: -Infinity };
  const file = await openRows(join(platform.folders.uploads, run.uploadName));
  const deadlineMs = Date.now() + longestMs;
  let wholeFile = true;
  try {
    const check = mapping.kind === 'order_lines' ? checkOrderLines(mapping, file.columns, platform) : checkRecords(mapping, file.columns);
    for await (const batch of file.rows) {
      await report.batch(batch, check(batch, report, sums));
      if (Date.now() > deadlineMs && batch.fileBytesRead < file.sizeBytes) {
        wholeFile = false;
        break;
      }
    }
  } finally {
    await file.close();
  }
  const moment = (ms: number): string | null => (Number.isFinite(ms) ? new Date(ms).toISOString() : null);
  return {
    counts: report.counts, wholeFile, faults: report.faultCounts.slice(0, 50), firstRejected,
    ...(mapping.kind === 'order_lines' ? { refunds: sums.refunds, net: formatDecimal(sums.net) } : {}),
    from: moment(sums.fromMs), to: moment(sums.toMs), at: new Date().toISOString(),
  };
}

function checkOrderLines(mapping: Mapping, columns: readonly string[], platform: Platform): Check {
  const plan = planOrderLines(mapping, columns, { now: platform.clock.now().getTime() });
  return (batch, { counts }, sums) => {
    const { facts, errors, counts: found } = plan.map(batch);
    let net = 0;
    for (let fact = 0; fact < facts.count; fact++) {
      net += facts.amount[fact];
      if (fact === 0 || facts.row[fact] !== facts.row[fact - 1]) counts.accepted++;
      sums.fromMs = Math.min(sums.fromMs, facts.occurredAt[fact]);
      sums.toMs = Math.max(sums.toMs, facts.occurredAt[fact]);
    }
    // A batch's sum of whole numbers is exact as far as a double holds it; the file's need not be.
    sums.net += BigInt(net);
    sums.refunds += found.refunds;
    counts.facts += facts.count;
    counts.unpaid += found.unpaid;
    counts.withoutCustomer += found.nobody;
    return errors;
  };
}

function checkRecords(mapping: Mapping, columns: readonly string[]): Check {
  const plan = planRecords({ ...mapping, kind: mapping.kind as Exclude<Mapping['kind'], 'order_lines'> }, columns);
  return (batch, { counts }) => {
    const { rejected, errors } = plan.map(batch);
    for (const one of rejected) if (one === 0) counts.accepted++;
    return errors;
  };
}
