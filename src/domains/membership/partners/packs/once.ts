import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Actor } from '../../../../kernel/actor.ts';
import { conflict } from '../../../../kernel/problem.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { type AuditEntry, recordAudit } from '../../../access/public.ts';

/** Keys are their sender's own: two shops may number their checkouts alike. */
export const keyOf = ({ kind, id }: Pick<Actor, 'kind' | 'id'>, key: string): string => `${kind} ${id} ${key}`;

export interface Keyed {
  /** The same key is the same command, for ever. */
  key: string;
  /** What it says, and what kind of command it is: another one under its key is refused. */
  input: Record<string, string | number | boolean | null>;
  at: Date;
  /** Written to the audit log with it, once. */
  audit?: ((outcome: object) => AuditEntry) | undefined;
}

const fingerprint = (input: Keyed['input']): Buffer => createHash('sha256').update(JSON.stringify(Object.entries(input).sort(([a], [b]) => (a < b ? -1 : 1)))).digest();

/**
 * Carries a command out in a transaction, once however often it is sent; sent again it answers as it did. One that is refused leaves
 * nothing behind, its key neither. The key is taken first: of two at the same moment the second waits for what becomes of the first.
 */
export async function once<T extends object>(pool: pg.Pool, { key, input, at, audit }: Keyed, work: (client: pg.PoolClient) => Promise<T>): Promise<T & { isReplay: boolean }> {
  const hash = fingerprint(input);
  return inTransaction(pool, async (client) => {
    const { rowCount } = await client.query({ name: 'partners.take-key', text: 'insert into partner_command (command_key, input_hash, recorded_at) values ($1, $2, $3) on conflict do nothing', values: [key, hash, at] });
    if (!rowCount) {
      const { rows: [known] } = await client.query<{ hash: Buffer; outcome: T }>('select input_hash as hash, outcome from partner_command where command_key = $1', [key]);
      if (!known?.hash.equals(hash)) throw conflict('membership.key_used');
      return { ...known.outcome, isReplay: true };
    }
    const outcome = await work(client);
    if (audit) await recordAudit(client, audit(outcome));
    await client.query({ name: 'partners.keep-outcome', text: 'update partner_command set outcome = $2 where command_key = $1', values: [key, JSON.stringify(outcome)] });
    return { ...outcome, isReplay: false };
  });
}
