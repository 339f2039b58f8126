import type { Actor } from '../../../../kernel/actor.ts';
import { conflict, notFound, Problem } from '../../../../kernel/problem.ts';
import { newSigningSecret } from '../../../../platform/outbound/signature.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { recordAudit } from '../../../access/public.ts';
import type { DestinationAddress } from '../../contract/deliveries.ts';
import { namedOnce } from '../../stored/keeping/references.ts';
import { endDeliveriesTo } from '../deliveries/store.ts';
import { bucketOf, type CarryDoors, statusOf, troubleOf } from '../shipping/carry.ts';
import { sendSigned } from '../shipping/webhook.ts';
import { insertDestination, noteTried, openDestination, type OpenDestination, type Trouble } from './store.ts';

const mostDestinations = 100;

export interface NewDestination {
  name: string;
  address: DestinationAddress;
  secretAccessKey?: string;
}

/** Adds a destination; a webhook's secret is in the answer and can be read nowhere else. */
export async function addDestination({ platform: { pg: pool, clock }, vault, outbound }: CarryDoors, given: NewDestination, actor: Actor): Promise<{ destinationId: number; secret: string | null }> {
  const { name, address } = given;
  if (address.kind === 'bucket' && given.secretAccessKey === undefined) {
    throw new Problem('audiences.bucket_needs_secret', { fields: [{ path: 'body.secretAccessKey', code: 'required' }] });
  }
  await outbound.check(address.kind === 'webhook' ? address.url : address.endpoint);
  const secret = address.kind === 'webhook' ? newSigningSecret() : (given.secretAccessKey ?? '');
  return namedOnce(name, () => inTransaction(pool, async (client) => {
    const { rows: [{ count }] } = await client.query<{ count: number }>('select count(*)::int as count from audience_destination where revoked_at is null');
    if (count >= mostDestinations) throw conflict('audiences.too_many_destinations', { most: mostDestinations });
    const destinationId = await insertDestination(client, vault, { name, address, secret, createdBy: actor.name }, clock.now());
    await recordAudit(client, { actor, action: 'audiences.add_destination', subject: `audience_destination:${destinationId}`, details: { name, kind: address.kind, to: placeOf(address) } });
    return { destinationId, secret: address.kind === 'webhook' ? secret : null };
  }));
}

/** Where it leads, without what a query may hold. */
function placeOf(address: DestinationAddress): string {
  if (address.kind === 'bucket') return `${address.endpoint} ${address.bucket}`;
  const { origin, pathname } = new URL(address.url);
  return origin + pathname;
}

export interface Tried {
  trouble: Trouble | null;
  status: number | null;
  tookMs: number;
}

/** Sends something with nobody in it, and notes how it went. */
export async function tryDestination(doors: CarryDoors, destinationId: number, actor: Actor): Promise<Tried> {
  const { platform: { pg: pool, clock }, vault } = doors;
  const destination = await openDestination(pool, vault, destinationId);
  const startedMs = performance.now();
  let trouble: Trouble | null = null;
  let status: number | null = null;
  try {
    status = await sendTest(doors, destination);
  } catch (error) {
    trouble = troubleOf(error);
    status = statusOf(trouble);
  }
  const tookMs = Math.round(performance.now() - startedMs);
  await noteTried(pool, destinationId, trouble, clock.now());
  await recordAudit(pool, { actor, action: 'audiences.test_destination', subject: `audience_destination:${destinationId}`, details: { arrived: trouble === null, status } });
  return { trouble, status, tookMs };
}

async function sendTest(doors: CarryDoors, { address, secret, destinationId }: OpenDestination): Promise<number> {
  const { outbound, platform: { clock } } = doors;
  const at = clock.now();
  const body = Buffer.from(`${JSON.stringify({ type: 'audience.test', at: at.toISOString() })}\n`);
  if (address.kind === 'webhook') return (await sendSigned({ outbound, clock }, { url: address.url, secret }, `msg_test_${destinationId}_${at.getTime()}`, body)).status;
  const bucket = bucketOf(doors, address, secret);
  const key = `${address.prefix}${address.prefix === '' || address.prefix.endsWith('/') ? '' : '/'}perennial-test.jsonl`;
  await bucket.put(key, body, { contentType: 'application/x-ndjson', mark: 'test' });
  await bucket.remove(key);
  return 200;
}

/** Revokes a destination. Its deliveries end, and its secret is gone. */
export async function revokeDestination({ platform: { pg: pool, clock } }: CarryDoors, destinationId: number, actor: Actor): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      'update audience_destination set revoked_at = $2, secret = null where destination_id = $1 and revoked_at is null returning name', [destinationId, clock.now()]);
    if (rows.length === 0) throw notFound('audiences.destination_not_found', { destinationId });
    const ended = await endDeliveriesTo(client, destinationId, clock.now());
    await recordAudit(client, { actor, action: 'audiences.revoke_destination', subject: `audience_destination:${destinationId}`, details: { name: rows[0].name, deliveries: ended } });
  });
}
