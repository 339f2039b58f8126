import type pg from 'pg';
import type { Actor } from '../../../../kernel/actor.ts';
import { type AuditEntry, recordAudit } from '../../../access/public.ts';
import type { PartnerEvent } from '../../contract/partners.ts';

export interface Happening {
  partnerId: number;
  /** `moved`, `noted`: named in the history and, after `membership.partner_`, in the audit log. */
  kind: string;
  actor: Actor;
  at: Date;
  /** For the history; never a contact's data. */
  details?: Record<string, unknown>;
  /** Further words for the audit log. A note's text is not among them. */
  audit?: AuditEntry['details'];
}

/** Writes what happened with a partner to its history and, where somebody did it, to the audit log. */
export async function recordHappening(client: pg.PoolClient, { partnerId, kind, actor, at, details = {}, audit = {} }: Happening): Promise<void> {
  await client.query('insert into partner_event (partner_id, kind, at, by_name, details) values ($1, $2, $3, $4, $5)', [partnerId, kind, at, actor.name, JSON.stringify(details)]);
  if (actor.kind !== 'system') await recordAudit(client, { actor, action: `membership.partner_${kind}`, subject: `partner:${partnerId}`, details: audit });
}

/** History of a partner, the newest first, one more than asked for where there are more. */
export async function readHistory(pool: pg.Pool, partnerId: number, before: number | undefined, limit: number): Promise<PartnerEvent[]> {
  const { rows } = await pool.query<Omit<PartnerEvent, 'at'> & { at: Date }>(
    `select event_no as "eventNo", kind, at, by_name as by, details from partner_event
      where partner_id = $1 and ($2::bigint is null or event_no < $2) order by event_no desc limit $3`, [partnerId, before ?? null, limit + 1]);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
