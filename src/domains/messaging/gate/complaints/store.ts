import type pg from 'pg';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { conflict } from '../../../../kernel/problem.ts';
import { lineagesOf } from '../../../customers/public.ts';
import type { Complaint } from '../../contract/complaints.ts';

type Connection = pg.Pool | pg.PoolClient;
interface Row extends Omit<Complaint, 'openedAt' | 'settledAt'> {
  openedAt: Date;
  settledAt: Date | null;
}
const columns = 'complaint_no::float8 as "complaintNo", reference, opened_at as "openedAt", opened_by as "openedBy", settled_at as "settledAt", settled_by as "settledBy"';
const shown = ({ openedAt, settledAt, ...row }: Row): Complaint => ({ ...row, openedAt: openedAt.toISOString(), settledAt: settledAt?.toISOString() ?? null });
const shownAtMost = 20;

/** Of all numbers of a person. */
export async function readComplaints(connection: Connection, lineage: readonly number[]): Promise<Complaint[]> {
  const { rows } = await connection.query<Row>(`select ${columns} from complaint where customer_no = any($1::int[]) order by complaint_no desc limit $2`, [lineage, shownAtMost]);
  return rows.map(shown);
}

/** Opens a complaint; one with this reference that the person has already is answered as it stands. Throws `messaging.complaint_of_another` where somebody else has it. */
export async function addComplaint(client: pg.PoolClient, lineage: readonly number[], reference: string, by: string, at: Date): Promise<{ complaint: Complaint; isNew: boolean }> {
  const { rows: [added] } = await client.query<Row>(
    `insert into complaint (customer_no, reference, opened_at, opened_by) values ($1, $2, $3, $4) on conflict do nothing returning ${columns}`, [lineage[0], reference, at, by]);
  if (added) return { complaint: shown(added), isNew: true };
  const { rows: [known] } = await client.query<Row>(`select ${columns} from complaint where reference = $1 and customer_no = any($2::int[])`, [reference, lineage]);
  if (!known) throw conflict('messaging.complaint_of_another', { reference });
  return { complaint: shown(known), isNew: false };
}

/** Null where there is no such complaint; `isNew` unless it was settled before. */
export async function endComplaint(client: pg.PoolClient, complaintNo: number, by: string, at: Date): Promise<{ complaint: Complaint; customerNo: number; isNew: boolean } | null> {
  const { rowCount } = await client.query('update complaint set settled_at = $2, settled_by = $3 where complaint_no = $1 and settled_at is null', [complaintNo, at, by]);
  const { rows: [row] } = await client.query<Row & { customerNo: number }>(`select customer_no as "customerNo", ${columns} from complaint where complaint_no = $1`, [complaintNo]);
  if (!row) return null;
  const { customerNo, ...complaint } = row;
  return { complaint: shown(complaint), customerNo, isNew: rowCount === 1 };
}

/** Which of these numbers complain. */
export async function complainingOf(client: pg.PoolClient, numbers: readonly number[]): Promise<ReadonlySet<number>> {
  const { rows } = await client.query<{ no: number }>({ name: 'gate.complaining', text: 'select customer_no as no from complaint where settled_at is null and customer_no = any($1::int[])', values: [numbers] });
  return new Set(rows.map(({ no }) => no));
}

/** Everybody who complains, by the numbers they count under. */
export async function everybodyComplaining(pool: pg.Pool): Promise<Bitmap> {
  const { rows } = await pool.query<{ no: number }>('select distinct customer_no as no from complaint where settled_at is null');
  const lineages = await lineagesOf(pool, rows.map(({ no }) => no));
  return Bitmap.of(rows.map(({ no }) => lineages.get(no)?.[0] ?? no));
}
