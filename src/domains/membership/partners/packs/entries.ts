import type pg from 'pg';
import type { entryKinds } from '../../contract/partner-statements.ts';

export interface NewEntry {
  partnerId: number;
  packNo?: number;
  grantNo?: number;
  kind: (typeof entryKinds)[number];
  /** What the pack gains or loses. */
  units: number;
  /** By how much more is owed, in ten-thousandths. */
  amount: bigint;
  currency: string;
  occurredAt: Date;
  recordedAt: Date;
  by: string;
  reason?: string;
  /** Of what is settled: the first day of its month. */
  month?: string;
  reverses?: number;
}

/** Adds a line to a partner's ledger; nothing of it is ever changed. */
export async function writeEntry(client: pg.PoolClient, entry: NewEntry): Promise<number> {
  const { partnerId, packNo, grantNo, kind, units, amount, currency, occurredAt, recordedAt, by, reason, month, reverses } = entry;
  const { rows: [{ entryNo }] } = await client.query<{ entryNo: number }>({
    name: 'partners.write-entry',
    text: `insert into partner_entry (partner_id, pack_no, grant_no, kind, units, amount, currency, occurred_at, recorded_at, by_name, reason, month, reverses)
      values ($1, $2, $3, $4, $5, $6::bigint / 10000.0, $7, $8, $9, $10, $11, $12, $13) returning entry_no as "entryNo"`,
    values: [partnerId, packNo ?? null, grantNo ?? null, kind, units, String(amount), currency, occurredAt, recordedAt, by, reason ?? '', month ?? null, reverses ?? null],
  });
  return entryNo;
}
