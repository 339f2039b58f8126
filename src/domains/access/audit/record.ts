import type pg from 'pg';
import type { Actor } from '../../../kernel/actor.ts';
import { harmlessJson, oneLine } from './one-line.ts';

export interface AuditEntry {
  actor: Actor;
  /** `<domain>.<verb>`: `customers.merge`. */
  action: string;
  /** What it was done to: `customer:12`. */
  subject: string;
  /** What helps to understand it. Never personal data of a customer, never a secret. */
  details?: Record<string, unknown>;
}

/**
 * Writes one row of the audit log. Given the connection of a transaction, the row stands exactly
 * when that transaction commits; the chain is extended at that moment, so it may be called early.
 */
export async function recordAudit(connection: pg.Pool | pg.PoolClient, entry: AuditEntry): Promise<void> {
  const { actor, action, subject, details = {} } = entry;
  await connection.query(
    'insert into audit_entry (actor_kind, actor_id, actor_name, action, subject, details) values ($1, $2, $3, $4, $5, $6)',
    [actor.kind, actor.id, oneLine(actor.name), oneLine(action), oneLine(subject), JSON.stringify(harmlessJson(details))],
  );
}
