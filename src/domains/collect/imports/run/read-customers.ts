import { join } from 'node:path';
import { BulkIdentities, type GivenTag, type SaidConsent, type SaidTraits, dropStaging, publishIdentities } from '../../../customers/public.ts';
import { consentChannel, consentPurpose } from '../../../customers/contract.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { openRows } from '../../files/open-rows.ts';
import type { RowBatch } from '../../files/row-batch.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import { planRecords, type Records } from '../../mapping/records.ts';
import { holdAttempt, type ImportRow } from '../store.ts';
import { identityColumns, identitySlots } from './identity-slots.ts';
import type { ImportDeps } from './import-deps.ts';
import type { Reading } from './read-file.ts';
import { attributeOf, dayOf, genderOf, identityTexts, numberOf, textOf, yesOrNo } from './record-values.ts';

/** Rows written in one transaction. */
const rowsAtOnce = 2_000;

/** First reading of a file of customers: finds or makes everybody in it, and publishes their identifiers. */
export async function readCustomers(reading: Reading): Promise<void> {
  const { deps, run, mapping, report, signal, uploadName } = reading;
  const { pg, clock } = deps.platform;
  const opened = await openCustomers(deps, run, mapping, uploadName, signal);
  try {
    for await (const { batch, records } of opened.batches(clock.now().getTime())) {
      for (const rejected of records.rejected) if (rejected === 0) report.counts.accepted++;
      await report.batch(batch, records.errors);
    }
    await opened.identities.finish();
    await reading.publishing();
    await inTransaction(pg, async (client) => reading.decide(client, await publishIdentities(client, opened.identities)));
  } catch (error) {
    opened.identities.abandon();
    await dropStaging(pg, run).catch(() => {});
    throw error;
  } finally {
    await opened.close();
  }
}

/**
 * Second reading, when everybody has a number: writes profiles, consents and tags, some rows a
 * transaction. Begun again after a crash it comes to the same. Returns the rows written.
 */
export async function writeCustomers(deps: ImportDeps, run: ImportRow, mapping: Mapping, uploadName: string): Promise<number> {
  const { pg } = deps.platform;
  const by = `import ${run.importId}`;
  await inTransaction(pg, async (client) => {
    await holdAttempt(client, run);
    await client.query('delete from consent where actor = $1', [by]);
  });
  const opened = await openCustomers(deps, run, mapping, uploadName);
  const at = run.startedAt ?? new Date();
  let written = 0;
  try {
    for await (const { batch, records, customerNos } of opened.batches(at.getTime())) {
      for (let from = 0; from < batch.rowCount; from += rowsAtOnce) {
        const rows = Array.from({ length: Math.min(rowsAtOnce, batch.rowCount - from) }, (_, nth) => from + nth).filter((row) => customerNos[row] > 0);
        await inTransaction(pg, async (client) => {
          await holdAttempt(client, run);
          await deps.customers.profiles.applyTraits(client, rows.map((row): SaidTraits => ({ customerNo: customerNos[row], traits: traitsOf(batch, records, row), at })), run.importId);
          await deps.customers.consents.record(client, rows.flatMap((row) => consentsOf(records, row, { customerNo: customerNos[row], at, by })));
          await deps.customers.tags.add(client, rows.flatMap((row) => tagsOf(batch, records, row, { customerNo: customerNos[row], at, by })));
        });
        written += rows.length;
      }
    }
  } finally {
    opened.identities.abandon();
    await opened.close();
    await dropStaging(pg, run);
  }
  return written;
}

async function openCustomers(deps: ImportDeps, run: ImportRow, mapping: Mapping, uploadName: string, signal?: AbortSignal) {
  const { pg, folders } = deps.platform;
  const { fields, slots } = identitySlots(mapping);
  const file = await openRows(join(folders.uploads, uploadName), { signal });
  const plan = planRecords({ ...mapping, kind: 'customers' }, file.columns);
  const identities = await BulkIdentities.open(pg, deps.customers.vault, { importId: run.importId, attempt: run.attempt, slots, fileBytes: run.sizeBytes });
  async function* batches(nowMs: number) {
    for await (const batch of file.rows) {
      const records = plan.map(batch);
      const customerNos = new Uint32Array(batch.rowCount);
      const created = records.columns.find((one) => one.field === 'created_at');
      const timesMs = Float64Array.from(customerNos, (_, row) => numberOf(created, row) ?? nowMs);
      const columns = identityColumns(fields, identityTexts(records));
      await identities.resolve({ bytes: batch.bytes, rowCount: batch.rowCount, columns, timesMs, skipped: records.rejected }, customerNos);
      yield { batch, records, customerNos };
    }
  }
  return { identities, batches, close: () => file.close() };
}

function traitsOf(batch: RowBatch, records: Records, row: number): Record<string, unknown> {
  const column = (field: string) => records.columns.find((one) => one.field === field);
  const traits: Record<string, unknown> = {
    name: textOf(batch, column('customer_name'), row),
    gender: genderOf(column('gender'), row),
    birthday: dayOf(column('birthday'), row),
    language: textOf(batch, column('language'), row),
    province: textOf(batch, column('province'), row) ?? textOf(batch, column('address'), row),
    city: textOf(batch, column('city'), row),
  };
  for (const one of records.columns) {
    const name = one.field === 'attribute' ? one.mapping?.attribute?.name : undefined;
    if (name !== undefined) traits[name] = attributeOf(batch, one, row);
  }
  // An empty cell says nothing; it does not take away what is known.
  return Object.fromEntries(Object.entries(traits).filter(([, value]) => value !== null));
}

interface Whose {
  customerNo: number;
  at: Date;
  by: string;
}

function consentsOf(records: Records, row: number, { customerNo, at, by }: Whose): SaidConsent[] {
  return records.columns.flatMap((one) => {
    const wanted = one.field === 'consent' ? one.mapping?.consent : undefined;
    const channel = consentChannel.safeParse(wanted?.channel);
    const purpose = consentPurpose.safeParse(wanted?.purpose);
    const granted = yesOrNo(one, row);
    if (!channel.success || !purpose.success || granted === null) return [];
    return [{ customerNo, channel: channel.data, purpose: purpose.data, granted, at, source: 'import', evidence: { import: by, column: one.mapping?.column }, actor: by }];
  });
}

/** Tags stand in one cell, separated by commas, semicolons or bars of either width. */
function tagsOf(batch: RowBatch, records: Records, row: number, { customerNo, at, by }: Whose): GivenTag[] {
  const text = textOf(batch, records.columns.find((one) => one.field === 'tags'), row);
  const names = (text ?? '').split(/[,;|，；、｜]/).map((name) => name.trim().slice(0, 40)).filter(Boolean);
  return [...new Set(names)].map((name) => ({ customerNo, name, at, by }));
}
