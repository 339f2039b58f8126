import { beginDelivery, type DeliveryDoors } from '../src/domains/audiences/take-out/deliveries/keep-deliveries.ts';
import { addDestination } from '../src/domains/audiences/take-out/destinations/keep-destinations.ts';
import { carry, type CarryDoors } from '../src/domains/audiences/take-out/shipping/carry.ts';
import { holdShipment } from '../src/domains/audiences/take-out/shipping/shipment.ts';
import { takeUpChanges } from '../src/domains/audiences/take-out/shipping/take-up.ts';
import type { DestinationAddress } from '../src/domains/audiences/contract/deliveries.ts';
import { everybody } from '../src/domains/audiences/contract/rule.ts';
import { insertAudience } from '../src/domains/audiences/stored/keeping/store.ts';
import { readMembers, readStanding } from '../src/domains/audiences/stored/membership/read-membership.ts';
import { writeMembers } from '../src/domains/audiences/stored/membership/write-membership.ts';
import { createMemberships } from '../src/domains/audiences/stored/membership/memberships.ts';
import { connect, type Connections } from '../src/platform/connect.ts';
import { readConfig } from '../src/platform/config.ts';
import { createSay } from '../src/platform/i18n.ts';
import { createLog } from '../src/platform/log.ts';
import { createOutbound } from '../src/platform/outbound/outbound.ts';
import type { Platform } from '../src/platform/platform.ts';
import { inTransaction } from '../src/platform/postgres/pool.ts';
import { createCustomers, type Vault } from '../src/domains/customers/public.ts';
import { systemActor } from '../src/kernel/actor.ts';
import { Bitmap } from '../src/kernel/bitmap/bitmap.ts';
import { bucketKeys } from './bucket-server.ts';

export type Delivering = CarryDoors & DeliveryDoors;

/** What sends deliveries, with receivers on this machine allowed. */
export const deliveringOn = (platform: Platform, vault: Vault, timeoutMs = 2_000): Delivering => ({
  platform, vault, say: createSay(), memberships: createMemberships(platform), outbound: createOutbound({ allowed: ['127.0.0.1'], timeoutMs }),
});

/** A delivery that was begun, and the names of what it is made of. */
export interface Begun {
  audienceId: number;
  destinationId: number;
  deliveryId: number;
}

let made = 0;

/** A fixed audience of just these members, whether there are such customers or not. */
export async function audienceOf({ platform: { pg: pool } }: Delivering, members: Bitmap, kind: 'fixed' | 'live' = 'fixed'): Promise<number> {
  return inTransaction(pool, async (client) => {
    const audienceId = await insertAudience(client, { name: `audience ${++made} of ${members.size}`, reason: '', kind, rule: everybody, owner: 'test' }, new Date());
    await writeMembers(client, { standing: { audienceId, ruleVersion: 1, versionNo: 0, rewrites: 0 }, before: Bitmap.empty, after: members, at: new Date(), isWhole: true });
    return audienceId;
  });
}

/** Makes these the members of an audience. */
export async function become({ platform: { pg: pool } }: Delivering, audienceId: number, members: Bitmap): Promise<void> {
  const standing = await readStanding(pool, audienceId);
  if (!standing) throw new Error('no such audience');
  const before = await readMembers(pool, audienceId, standing.versionNo);
  await inTransaction(pool, (client) => writeMembers(client, { standing, before, after: members, at: new Date(), isWhole: true }));
}

const actor = { ...systemActor, name: 'test staff' };

/** A destination of its own, for a webhook or for a bucket of the store in `bucket-server`. */
export async function destinationOf(doors: Delivering, url: string, kind: DestinationAddress['kind'] = 'webhook'): Promise<number> {
  const bucket = { kind: 'bucket' as const, endpoint: url, region: bucketKeys.region, bucket: 'crm', prefix: 'out', addressing: 'path' as const, accessKeyId: bucketKeys.accessKeyId };
  const name = `destination ${++made}`;
  const given = kind === 'webhook' ? { name, address: { kind, url } } : { name, address: bucket, secretAccessKey: bucketKeys.secretAccessKey };
  return (await addDestination(doors, given, actor)).destinationId;
}

/** Begins to send an audience. */
export const beginOf = (doors: Delivering, audienceId: number, destinationId: number, more: { mode?: 'once' | 'changes'; withPresent?: boolean } = {}): Promise<number> =>
  beginDelivery(doors, audienceId, { destinationId, mode: 'once', format: 'jsonl', reveal: false, withPresent: true, pauseMinutes: 1, ...more }, actor);

/** Begins to send these members to a destination of its own. */
export async function begin(doors: Delivering, members: Bitmap, url: string, kind?: DestinationAddress['kind']): Promise<Begun> {
  const audienceId = await audienceOf(doors, members);
  const destinationId = await destinationOf(doors, url, kind);
  return { audienceId, destinationId, deliveryId: await beginOf(doors, audienceId, destinationId) };
}

/** Whom a message of a webhook or a line of a file is about. */
export const peopleIn = (body: Buffer): number[] => body.toString().split('\n').filter((line) => line.startsWith('{"customerNo"')).map((line) => (JSON.parse(line) as { customerNo: number }).customerNo);

/** One turn of the worker after the other until nothing is due; how many shipments were tried. */
export async function ship(doors: CarryDoors): Promise<number> {
  const { platform: { pg: pool, clock } } = doors;
  await takeUpChanges(pool, clock.now());
  for (let tried = 0; ; tried++) {
    const shipment = await holdShipment(pool, clock.now());
    if (!shipment) return tried;
    await carry(doors, shipment, new AbortController().signal);
  }
}

/** Run as a process of its own: sends what is due until it is killed. */
if (process.argv[2] === 'ship') {
  const connections = JSON.parse(process.argv[3]) as Connections;
  const { platform } = connect(readConfig({}), connections, createLog('fatal'));
  const doors = deliveringOn(platform, createCustomers(platform).vault);
  for (;;) {
    await ship(doors);
    await new Promise((done) => setTimeout(done, 50));
  }
}
