import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { deleteImport, settleBatch } from './apply.ts';
import { dropStagingTables } from './bulk-load.ts';
import { isAnotherClickHouse } from './clickhouse-identity.ts';
import { deleteFactsOf, noteErased, unfinishedErasures } from './erased-facts.ts';
import { raiseDataVersion, readFactStatus } from './fact-state.ts';
import { markUndone, registerBatches, unappliedBatches } from './register.ts';
import { checkFacts } from './verify.ts';

const checkEveryMs = 600_000;

/** Gives ClickHouse every registered batch it may not have, of one import or of all. Nothing else may be applied meanwhile. */
export async function settleUnapplied(platform: Platform, importId?: number): Promise<void> {
  for (const batch of await unappliedBatches(platform.pg)) {
    if (importId === undefined || batch.importId === importId) await settleBatch(platform, batch);
  }
}

/** Finishes what an earlier writer left undone, and compares. */
export async function settleAll(platform: Platform, rebuild: () => Promise<void>): Promise<void> {
  await dropStagingTables(platform.clickhouse);
  if ((await readFactStatus(platform.pg)).state === 'rebuilding' || (await isAnotherClickHouse(platform))) await rebuild();
  await settleUnapplied(platform);
  await deleteFactsOf(platform, await unfinishedErasures(platform.pg));
  await checkFacts(platform, rebuild);
}

/** Deletes the facts of customers for good; those who are noted already are left alone. */
export async function eraseFacts(platform: Platform, customerNos: number[]): Promise<void> {
  const fresh = await noteErased(platform.pg, customerNos);
  await settleUnapplied(platform);
  await deleteFactsOf(platform, fresh);
  await raiseDataVersion(platform.pg);
}

/** Takes an import back: decided in one transaction with `work`, by the writer of this epoch, then gone from ClickHouse. */
export async function takeImportBack(platform: Platform, epoch: number, importId: number, work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  await inTransaction(platform.pg, async (client) => {
    await registerBatches(client, epoch, []);
    await markUndone(client, importId);
    await work(client);
  });
  await deleteImport(platform.clickhouse, importId);
  await raiseDataVersion(platform.pg);
}

/** Runs `check` from time to time while `isWanted`. */
export async function keepChecking({ log }: Platform, check: () => Promise<unknown>, isWanted: () => boolean, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await sleep(checkEveryMs, undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted || !isWanted()) return;
    await check().catch((error: unknown) => log.error({ err: error }, 'log and ClickHouse could not be compared'));
  }
}
