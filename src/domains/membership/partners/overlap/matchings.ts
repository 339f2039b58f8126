import { createHmac, randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { Actor } from '../../../../kernel/actor.ts';
import { conflict, notFound, Problem } from '../../../../kernel/problem.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import type { matchingKinds } from '../../contract/partner-overlap.ts';
import type { ContactDoors } from '../contacts/contacts.ts';
import { recordHappening } from '../pipeline/history.ts';
import { lockPartner } from '../pipeline/keep-partners.ts';
import { readHashes, type ReadHashes } from './read-hashes.ts';
import { fewestListed } from './told-count.ts';

export type MatchingKind = (typeof matchingKinds)[number];

const dayMs = 86_400_000;
const keyDays = 14;
/** By many comparisons of lists that differ a little one would find out who is on them. */
const mostIn30Days = 10;
const mostListed = 500_000;
const purposeOf = (partnerId: number): string => `partner matching ${partnerId}`;
/** Nobody's: what a partner hashes to see that it does it as we do. */
const examples: Record<MatchingKind, string> = { phone: '+8613000000000', email: 'somebody@example.com' };

/** HMAC-SHA-256 (RFC 2104) of an identifier in its one form, by the text of the key. */
export const hashOf = (key: string, value: string): Buffer => createHmac('sha256', key).update(value).digest();

/** Makes a key for one list of a partner's. */
export async function openMatching(doors: ContactDoors, partnerId: number, kind: MatchingKind, actor: Actor) {
  const { platform: { pg: pool, clock }, vault } = doors;
  const key = randomBytes(32).toString('hex');
  const at = clock.now();
  const endsAt = new Date(at.getTime() + keyDays * dayMs);
  return inTransaction(pool, async (client) => {
    await lockPartner(client, partnerId);
    const { rows: [{ made }] } = await client.query<{ made: number }>('select count(*)::int as made from partner_matching where partner_id = $1 and made_at > $2', [partnerId, new Date(at.getTime() - 30 * dayMs)]);
    if (made >= mostIn30Days) throw conflict('membership.too_many_partner_matchings', { most: mostIn30Days });
    const { rows: [{ matchingId }] } = await client.query<{ matchingId: number }>(
      `insert into partner_matching (partner_id, kind, sealed_key, state, made_at, made_by, ends_at) values ($1, $2, $3, 'open', $4, $5, $6) returning matching_id as "matchingId"`,
      [partnerId, kind, vault.encrypt(purposeOf(partnerId), key), at, actor.name, endsAt]);
    await recordHappening(client, { partnerId, kind: 'matching_opened', actor, at, details: { kind }, audit: { matchingId, kind } });
    return { matchingId, key, example: { value: examples[kind], hash: hashOf(key, examples[kind]).toString('hex') }, endsAt: endsAt.toISOString() };
  });
}

/** Takes a partner's hashes for the worker to compare. A key takes one list. */
export async function takeHashes({ platform: { pg: pool, clock } }: ContactDoors, partnerId: number, matchingId: number, text: string, actor: Actor): Promise<Omit<ReadHashes, 'hashes'>> {
  const { hashes, ...read } = await readHashes(text);
  await inTransaction(pool, async (client) => {
    await lockOpen(client, partnerId, matchingId, clock.now());
    if (read.listed < fewestListed) throw new Problem('membership.partner_list_too_short', { params: { fewest: fewestListed, listed: read.listed }, fields: [{ path: 'body.text', code: 'too_short' }] });
    if (read.listed > mostListed) throw new Problem('membership.partner_list_too_long', { params: { most: mostListed }, fields: [{ path: 'body.text', code: 'too_long' }] });
    await client.query("update partner_matching set state = 'waiting', hashes = $2 where matching_id = $1", [matchingId, hashes]);
    await recordHappening(client, { partnerId, kind: 'hashes_uploaded', actor, at: clock.now(), details: { listed: read.listed }, audit: { matchingId, listed: read.listed } });
  });
  return read;
}

async function lockOpen(client: pg.PoolClient, partnerId: number, matchingId: number, now: Date): Promise<void> {
  const { rows: [row] } = await client.query<{ state: string; endsAt: Date }>('select state, ends_at as "endsAt" from partner_matching where partner_id = $1 and matching_id = $2 for update', [partnerId, matchingId]);
  if (!row) throw notFound('membership.partner_matching_not_found', { matchingId });
  if (row.state !== 'open' || row.endsAt <= now) throw conflict('membership.partner_matching_over');
}

/** A list that waits to be compared, with its key. */
export interface Waiting {
  matchingId: number;
  partnerId: number;
  kind: MatchingKind;
  key: string;
  hashes: Buffer;
}

export async function nextWaiting({ platform: { pg: pool }, vault }: ContactDoors): Promise<Waiting | null> {
  const { rows: [row] } = await pool.query<Omit<Waiting, 'key'> & { sealed: Buffer }>(
    `select matching_id as "matchingId", partner_id as "partnerId", kind, sealed_key as sealed, hashes from partner_matching where state = 'waiting' order by matching_id limit 1`);
  if (!row) return null;
  const { sealed, ...rest } = row;
  return { ...rest, key: vault.decrypt(purposeOf(row.partnerId), sealed) };
}
