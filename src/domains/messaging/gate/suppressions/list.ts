import type pg from 'pg';
import { type IdentifierKind, identifierKinds } from '../../../customers/contract.ts';
import { maskEmail, maskPhone, maskText, type Vault } from '../../../customers/public.ts';
import type { ShownSuppression, SuppressedKind, SuppressionReason } from '../../contract/suppressions.ts';
import type { ChannelKind } from '../../contract.ts';

interface Row {
  suppressionNo: number;
  reason: SuppressionReason;
  channel: ChannelKind | null;
  stopsService: boolean;
  customerNo: number | null;
  kind: number | null;
  value: Buffer | null;
  addedAt: Date;
  addedBy: string;
}

const columns = `suppression_no as "suppressionNo", reason, channel, stops_service as "stopsService", customer_no as "customerNo", kind, value, added_at as "addedAt", added_by as "addedBy"`;
const kindNames = new Map(Object.entries(identifierKinds).map(([name, code]) => [code as number, name as IdentifierKind]));

/** A page of the list, with how many there are for each reason. */
export async function listPage(pool: pg.Pool, vault: Vault, { reason, before, limit }: { reason?: SuppressionReason; before?: number; limit: number }) {
  const [{ rows }, { rows: totals }] = await Promise.all([
    pool.query<Row>(`select ${columns} from send_suppression where ($1::text is null or reason = $1) and suppression_no < coalesce($2, 9223372036854775807) order by suppression_no desc limit $3`, [reason ?? null, before ?? null, limit + 1]),
    pool.query<{ reason: SuppressionReason; total: number }>('select reason, count(*)::int as total from send_suppression group by reason order by reason'),
  ]);
  const shown = rows.slice(0, limit);
  return { rows: shown.map((row) => shownOf(row, vault)), next: rows.length > limit ? shown[limit - 1].suppressionNo : null, totals };
}

function shownOf({ kind, value, addedAt, ...row }: Row, vault: Vault): ShownSuppression {
  const name = kind === null ? undefined : kindNames.get(kind);
  return { ...row, addedAt: addedAt.toISOString(), address: name ? { kind: name as SuppressedKind, masked: value && maskOf(name, vault.open(name, '', value)) } : null };
}

const maskOf = (kind: IdentifierKind, value: string): string => (kind === 'phone' ? maskPhone(value) : kind === 'email' ? maskEmail(value) : maskText(value));

/** As many as are read at once, so that memory does not grow with the file. */
const rowsAtOnce = 2_000;

/** Everybody on the list, with addresses in full, as cells of a file. */
export async function* exportLines(pool: pg.Pool, vault: Vault): AsyncGenerator<(string | number | null)[]> {
  for (let after = 0; ;) {
    const { rows } = await pool.query<Row>(`select ${columns} from send_suppression where suppression_no > $1 order by suppression_no limit $2`, [after, rowsAtOnce]);
    for (const { kind, value, customerNo, channel, stopsService, reason, addedAt, addedBy } of rows) {
      const name = kind === null ? null : kindNames.get(kind) ?? null;
      yield [name, name && value ? vault.open(name, '', value) : null, customerNo, channel, stopsService ? 1 : 0, reason, addedAt.toISOString(), addedBy];
    }
    if (rows.length < rowsAtOnce) return;
    after = rows[rows.length - 1].suppressionNo;
  }
}
