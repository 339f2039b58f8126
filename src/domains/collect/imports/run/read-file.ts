import { join } from 'node:path';
import { BulkIdentities, type Published, dropStaging, publishIdentities } from '../../../customers/public.ts';
import type pg from 'pg';
import { openRows } from '../../files/open-rows.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import type { ImportRow } from '../store.ts';
import { identitySlots } from './identity-slots.ts';
import type { ImportDeps } from './import-deps.ts';
import { readEvents } from './read-events.ts';
import { readOrderLines } from './read-order-lines.ts';
import { openRepeats } from './repeats.ts';
import type { RunReport } from './run-report.ts';

/** An import on its way. */
export interface Reading {
  deps: ImportDeps;
  run: ImportRow;
  mapping: Mapping;
  uploadName: string;
  report: RunReport;
  signal: AbortSignal;
  /** Everything is read; what follows cannot be seen by rows. */
  publishing(): Promise<void>;
  /** Notes in the deciding transaction what was published; refuses when the import is to be cancelled. */
  decide(client: pg.PoolClient, published: Published): Promise<void>;
}

/** Reads a file of order lines or events into the fact log, with their customers, and makes all of it visible at once. */
export async function readFacts(reading: Reading): Promise<void> {
  const { deps, run, mapping, report, signal } = reading;
  const { pg: pool, clickhouse, folders, clock } = deps.platform;
  const { importId } = run;
  const { fields, slots } = identitySlots(mapping);
  const file = await openRows(join(folders.uploads, reading.uploadName), { signal });
  const load = deps.facts.bulk(run);
  let identities: BulkIdentities | undefined;
  try {
    identities = await BulkIdentities.open(pool, deps.customers.vault, { importId, attempt: run.attempt, slots, fileBytes: run.sizeBytes });
    const read = { importId, file, mapping, identities, fields, load, report, nowMs: clock.now().getTime() };
    if (mapping.kind === 'events') await readEvents(read, clickhouse);
    else await readOrderLines(read, openRepeats(clickhouse, mapping));
    await identities.finish();
    await reading.publishing();
    const found = identities;
    await load.finish(async (client) => {
      await reading.decide(client, await publishIdentities(client, found));
    });
  } catch (error) {
    identities?.abandon();
    await load.abandon().catch(() => {});
    await dropStaging(pool, run).catch(() => {});
    throw error;
  } finally {
    await file.close();
  }
}
