import type pg from 'pg';
import { type Actor, may } from '../../../../kernel/actor.ts';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import type { EndpointInput } from '../../../../kernel/endpoint.ts';
import { conflict, forbidden, notFound, Problem } from '../../../../kernel/problem.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { recordAudit } from '../../../access/public.ts';
import type { createDelivery } from '../../contract/deliveries.ts';
import { followAudience } from '../../stored/changes/take-changes.ts';
import { lockAudience } from '../../stored/keeping/store.ts';
import type { Memberships } from '../../stored/membership/memberships.ts';
import { readMembers } from '../../stored/membership/read-membership.ts';
import { bytesOf } from '../../stored/membership/write-membership.ts';
import { consumerOf } from '../shipping/take-up.ts';
import { endOneDelivery } from './store.ts';

export interface DeliveryDoors {
  platform: Platform;
  memberships: Memberships;
}

type Wanted = EndpointInput<typeof createDelivery>['body'];

const mostActive = 20;

/** Begins to send an audience: everybody of one moment, or from now on what changes. */
export async function beginDelivery({ platform: { pg: pool, clock }, memberships }: DeliveryDoors, audienceId: number, wanted: Wanted, actor: Actor): Promise<number> {
  if (wanted.reveal && !may(actor, 'customers.reveal')) throw forbidden('platform.not_permitted', { permission: 'customers.reveal' });
  if (wanted.mode === 'changes' && wanted.on !== undefined) throw new Problem('audiences.day_of_changes', { fields: [{ path: 'body.on', code: 'not_with_changes' }] });
  const past = wanted.mode === 'once' ? await memberships.members(audienceId, wanted.on ?? null) : null;
  const now = clock.now();
  return inTransaction(pool, async (client) => {
    const audience = await lockAudience(client, audienceId);
    if (!audience) throw notFound('audiences.not_found', { audienceId });
    if (wanted.mode === 'changes' && audience.kind === 'fixed') throw conflict('audiences.fixed_never_changes', { name: audience.name });
    await demandDestination(client, wanted);
    await refuseTooMany(client, audienceId);
    const { rows: [{ deliveryId }] } = await client.query<{ deliveryId: number }>(
      `insert into audience_delivery (audience_id, destination_id, mode, format, is_full, locale, pause_minutes, state, created_at, created_by)
        values ($1, $2, $3, $4, $5, $6, $7, 'active', $8, $9) returning delivery_id as "deliveryId"`,
      [audienceId, wanted.destinationId, wanted.mode, wanted.format, wanted.reveal, actor.locale, wanted.pauseMinutes, now, actor.name]);
    // The audience is locked: nobody comes or goes between these members and the first change that is followed.
    if (wanted.mode === 'changes') await followAudience(client, consumerOf(deliveryId), audienceId);
    const members = past ?? (wanted.withPresent ? await readMembers(client, audienceId, audience.versionNo) : null);
    if (members) await insertWhole(client, deliveryId, members, now);
    const { destinationId, mode, format, reveal: isFull, on = null } = wanted;
    await recordAudit(client, { actor, action: 'audiences.deliver', subject: `audience:${audienceId}`, details: { deliveryId, destinationId, mode, format, isFull, on, rows: members?.size ?? 0 } });
    return deliveryId;
  });
}

async function demandDestination(client: pg.PoolClient, { destinationId, format }: Wanted): Promise<void> {
  // The lock keeps it from being revoked before this delivery can be seen.
  const { rows } = await client.query<{ kind: string }>('select kind from audience_destination where destination_id = $1 and revoked_at is null for share', [destinationId]);
  if (rows.length === 0) throw new Problem('audiences.destination_not_found', { params: { destinationId }, fields: [{ path: 'body.destinationId', code: 'not_found' }] });
  if (rows[0].kind === 'webhook' && format !== 'jsonl') throw new Problem('audiences.webhook_format', { fields: [{ path: 'body.format', code: 'jsonl_only' }] });
}

async function refuseTooMany(client: pg.PoolClient, audienceId: number): Promise<void> {
  const { rows: [{ count }] } = await client.query<{ count: number }>(
    "select count(*)::int as count from audience_delivery where audience_id = $1 and state in ('active', 'stopped')", [audienceId]);
  if (count >= mostActive) throw conflict('audiences.too_many_deliveries', { most: mostActive });
}

const insertWhole = (client: pg.PoolClient, deliveryId: number, members: Bitmap, now: Date) => client.query(
  `insert into audience_shipment (delivery_id, state, is_whole, entered, left_members, entered_count, left_count, due_at, created_at)
    values ($1, 'waiting', true, $2, $3, $4, 0, $5, $5)`, [deliveryId, bytesOf(members), bytesOf(Bitmap.empty), members.size, now]);

/** Tries again at once, from where it stood. */
export async function resumeDelivery({ platform: { pg: pool, clock } }: DeliveryDoors, deliveryId: number, actor: Actor): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ audienceId: number }>(
      `update audience_delivery set state = 'active', trouble = null where delivery_id = $1 and state in ('active', 'stopped') returning audience_id as "audienceId"`, [deliveryId]);
    if (rows.length === 0) throw notFound('audiences.delivery_not_found', { deliveryId });
    await client.query("update audience_shipment set failures = 0, due_at = $2 where delivery_id = $1 and state in ('waiting', 'running') and failures > 0", [deliveryId, clock.now()]);
    await recordAudit(client, { actor, action: 'audiences.resume_delivery', subject: `audience:${rows[0].audienceId}`, details: { deliveryId } });
  });
}

export async function endDelivery({ platform: { pg: pool, clock } }: DeliveryDoors, deliveryId: number, actor: Actor): Promise<void> {
  await inTransaction(pool, async (client) => {
    const ended = await endOneDelivery(client, deliveryId, clock.now());
    if (!ended) throw notFound('audiences.delivery_not_found', { deliveryId });
    await recordAudit(client, { actor, action: 'audiences.end_delivery', subject: `audience:${ended.audienceId}`, details: { deliveryId, destination: ended.destination } });
  });
}
