import type pg from 'pg';
import type { ClickHouse } from '../../../platform/clickhouse/client.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import type { Platform } from '../../../platform/platform.ts';
import { settleBatches } from './apply.ts';
import type { FactTable } from './fact-tables.ts';
import { type Frame, type FrameRows, makeFrame } from './frame.ts';
import { insertRows } from './insert-rows.ts';
import { reserveBatchNos, type SealedBatch } from './register.ts';

const numbersAtOnce = 64;

/**
 * Millions of rows on their way into the log and into ClickHouse as one: none of them counts before `finish`,
 * all of them do after it, and a crash in between leaves one or the other.
 */
export interface BulkLoad {
  /** The batch number for the next frame: rows carry it, so it is needed before the first row is written. */
  nextBatchNo(): Promise<number>;
  /** Seals the rows of one frame (100,000 to 500,000 are a good size) and puts them into staging. Calls may overlap. */
  add(batchNo: number, rows: Omit<FrameRows, 'add'>): Promise<void>;
  /**
   * Makes everything added count: one transaction registers it together with what `work` does, then staging is
   * moved into the fact tables.
   */
  finish(work: (client: pg.PoolClient) => Promise<void>): Promise<void>;
  /** Forgets everything added. */
  abandon(): Promise<void>;
}

/** What a bulk load needs of the log. */
export interface BulkDoor {
  append(frames: Frame[]): Promise<SealedBatch>;
  sync(): Promise<void>;
  register(client: pg.PoolClient, batches: SealedBatch[]): Promise<void>;
  /** Runs work while nothing else is applied to ClickHouse. */
  applying<T>(work: () => Promise<T>): Promise<T>;
}

/** Tables beside the fact tables that hold an import until it is complete. */
const stagingTable = (table: FactTable, { importId, attempt }: BulkAttempt): string => `${table}_import_${importId}_${attempt}`;

/** Whose rows they are; what an earlier attempt left, or still writes, lies in tables of its own. */
export interface BulkAttempt {
  importId: number;
  attempt: number;
}

export function openBulkLoad(platform: Platform, door: BulkDoor, of: BulkAttempt): BulkLoad {
  const { clickhouse, pg } = platform;
  const sealed: SealedBatch[] = [];
  const staged = new Map<FactTable, Promise<void>>();
  let numbers: Promise<number[]> = Promise.resolve([]);

  const staging = async (table: FactTable): Promise<string> => {
    const name = stagingTable(table, of);
    let made = staged.get(table);
    if (!made) {
      made = clickhouse.command(`drop table if exists ${name} sync`).then(() => clickhouse.command(`create table ${name} as ${table}`))
        // Merging before the move would take time from the import; the fact table merges afterwards.
        .then(() => clickhouse.command(`system stop merges ${name}`));
      staged.set(table, made);
    }
    await made;
    return name;
  };
  const dropStaging = async (): Promise<void> => {
    for (const table of staged.keys()) await clickhouse.command(`drop table if exists ${stagingTable(table, of)} sync`);
  };

  return {
    async nextBatchNo() {
      const mine = numbers.then((left) => (left.length > 0 ? left : reserveBatchNos(pg, numbersAtOnce)));
      numbers = mine.then((left) => left.slice(1));
      return (await mine)[0];
    },
    async add(batchNo, rows) {
      if (rows.rowCount === 0) return;
      const frame = await makeFrame(batchNo, of.importId, rows);
      const name = await staging(frame.table);
      const [batch] = await Promise.all([door.append([frame]), insertRows(clickhouse, name, frame.columns, frame.body)]);
      sealed.push(batch);
    },
    async finish(work) {
      await door.sync();
      await door.applying(async () => {
        await inTransaction(pg, async (client) => {
          await door.register(client, sealed);
          await work(client);
        });
        await moveStaging(platform, [...staged.keys()].map((table) => [table, stagingTable(table, of)]));
        // The counts decide: what did not arrive whole is put in from the log.
        await settleBatches(platform, sealed);
      });
      await dropStaging();
    },
    abandon: dropStaging,
  };
}

/** Drops what a crash left of loads that never finished. */
export async function dropStagingTables(clickhouse: ClickHouse): Promise<void> {
  const left = (await clickhouse.rows("select name from system.tables where database = currentDatabase() and match(name, '^[a-z_]+_import_[0-9_]+$')")) as { name: string }[];
  for (const { name } of left) await clickhouse.command(`drop table if exists ${name} sync`);
}

async function moveStaging({ clickhouse }: Platform, tables: [FactTable, string][]): Promise<void> {
  for (const [table, name] of tables) {
    const partitions = (await clickhouse.rows(
      'select distinct partition_id from system.parts where active and database = currentDatabase() and table = {name:String}',
      { name })) as { partition_id: string }[];
    for (const { partition_id } of partitions) {
      await clickhouse.command(`alter table ${name} move partition id {id:String} to table ${table}`, { id: partition_id });
    }
  }
}
