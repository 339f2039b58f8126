import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFactLog } from '../src/domains/collect/facts/fact-log.ts';
import { runImport } from '../src/domains/collect/imports/run/run-import.ts';
import { changeImport, insertImport, readImport } from '../src/domains/collect/imports/store.ts';
import type { Mapping } from '../src/domains/collect/mapping/mapping.ts';
import { createCommerce } from '../src/domains/commerce/public.ts';
import { createCustomers } from '../src/domains/customers/public.ts';
import { readConfig } from '../src/platform/config.ts';
import { connect, migrate } from '../src/platform/connect.ts';
import { createSay } from '../src/platform/i18n.ts';
import { type Engines, startEngines } from '../src/platform/engines.ts';
import { createLog } from '../src/platform/log.ts';
import { orderLineColumns, writeOrderLinesCsv } from './input/order-lines-csv.ts';
import type { Figure } from './run.ts';

const mapping: Mapping = {
  version: 1, kind: 'order_lines', timeZone: 'Asia/Shanghai', dateOrder: 'day_first', currency: 'CNY', source: 'bench',
  columns: orderLineColumns.map((column) => ({ column, field: column === 'customer_id' ? 'external_id' : column })),
  defaults: {}, rules: { refundWhen: [], paidAmount: 'before_refund', unpaid: 'skip' }, duplicates: 'keep',
};

/** From a CSV file on disk to lines that every question counts, on embedded engines of its own. */
export async function* run({ customers = 1_000_000, lines = 5_000_000 }: Record<string, number>): AsyncGenerator<Figure> {
  const dataDir = mkdtempSync(join(tmpdir(), 'perennial-import-'));
  const log = createLog('error');
  const csv = await makeFile(customers, lines);
  const engines = await startEngines(readConfig({ PERENNIAL_DATA_DIR: dataDir }), log);
  try {
    await migrate(engines.connections, log);
    const { platform, close } = connect(readConfig({ PERENNIAL_DATA_DIR: dataDir }), engines.connections, log);
    const facts = createFactLog(platform);
    await facts.start();
    const uploadName = 'bench.csv';
    renameSync(csv, join(platform.folders.uploads, uploadName));
    const importId = await insertImport(platform.pg, {
      fileName: uploadName, uploadName, sizeBytes: statSync(join(platform.folders.uploads, uploadName)).size, kind: 'order_lines', createdBy: 'bench',
      contentHash: createHash('sha256').digest(),
      inspection: { format: 'csv', gzipped: false, encoding: 'utf-8', delimiter: ',', columns: [...orderLineColumns], renamings: [] },
    });
    await changeImport(platform.pg, importId, { mapping, state: 'queued' });
    const startedMs = Date.now();
    const cpu = cpuSeconds(engines);
    const telling = setInterval(() => void tell(importId), 5_000);
    const tell = async (id: number): Promise<void> => {
      const { state, progress } = await readImport(platform.pg, id);
      console.error(Math.round((Date.now() - startedMs) / 1_000), state, progress?.phase, progress?.counts.rows, progress?.rowsPerSecond);
    };
    // Totals of customers are made when every line can be asked for, counted and summed: the import's rate ends there.
    let queryableMs = 0;
    const commerce = createCommerce(platform);
    const timed: typeof commerce = { ...commerce, refreshSummaries: (who) => {
      queryableMs = Date.now();
      return commerce.refreshSummaries(who);
    } };
    const deps = { platform, facts, customers: createCustomers(platform), commerce: timed, say: createSay() };
    await runImport(deps, importId, AbortSignal.timeout(3_600_000));
    clearInterval(telling);
    const seconds = (queryableMs - startedMs) / 1_000;
    const totalsSeconds = (Date.now() - queryableMs) / 1_000;
    const { summary, state, failure } = await readImport(platform.pg, importId);
    if (state !== 'done') throw new Error(`the import is ${state}: ${failure?.code}`);
    console.error(JSON.stringify(summary));
    const used = Object.entries(cpuSeconds(engines)).map(([part, spent]) => [part, Math.round((spent - cpu[part]) * 10) / 10]);
    console.error('seconds of processor time', JSON.stringify(Object.fromEntries(used)));
    const sizes = { customers, lines };
    const rate = Math.round(lines / seconds);
    yield { name: 'import.rate', value: rate, unit: 'lines/s', target: 200_000, holds: rate >= 200_000, seconds, ...sizes };
    yield { name: 'import.customer_totals', value: totalsSeconds, unit: 's', target: 120, holds: totalsSeconds < 120, ...sizes };
    const peak = Math.round((largestResident() / 2 ** 30) * 100) / 100;
    yield { name: 'import.memory', value: peak, unit: 'GiB', target: 6, holds: peak < 6, ...sizes };
    await facts.stop();
    await close();
  } finally {
    await engines.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function makeFile(customers: number, lines: number): Promise<string> {
  const path = join(tmpdir(), `perennial-order-lines-${customers}-${lines}.csv`);
  if (!existsSync(path)) await writeOrderLinesCsv(path, { customers, lines, endMs: Date.UTC(2026, 9, 1) });
  return path;
}

/** The largest resident size of this process in bytes, by the kernel's own count. */
const largestResident = (): number => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) * 1_024;

/** Processor time spent so far: by the thread that reads, by this process, and by the two engines. */
function cpuSeconds({ postgres, clickhouse }: Engines): Record<string, number> {
  const micro = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1e6;
  return {
    reading: micro(process.threadCpuUsage()),
    process: micro(process.cpuUsage()),
    postgres: [postgres?.pid ?? 0, ...childrenOf(postgres?.pid ?? 0)].reduce((sum, pid) => sum + ticksOf(pid), 0) / 100,
    clickhouse: ticksOf(clickhouse?.pid() ?? 0) / 100,
  };
}

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

/** Own time and that of ended children, in hundredths of a second. */
function ticksOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
}
