import { systemActor } from '../../../../kernel/actor.ts';
import { Problem } from '../../../../kernel/problem.ts';
import { createBucket } from '../../../../platform/outbound/bucket.ts';
import type { Outbound } from '../../../../platform/outbound/outbound.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { recordAudit } from '../../../access/public.ts';
import { noteTried, openDestination, type OpenDestination, type Trouble } from '../destinations/store.ts';
import { secondsUntilNext } from './backoff.ts';
import type { Carrier } from './carrier.ts';
import { objectCarrier } from './object.ts';
import { csvLines, jsonLines, type PeopleTextParts } from './people-text.ts';
import { endShipment, type HeldShipment, keepProgress, letGo, noteFailure, type Progress, stillHeld } from './shipment.ts';
import { webhookCarrier } from './webhook.ts';

export interface CarryDoors extends PeopleTextParts {
  outbound: Outbound;
}

const holdAgainMs = 10_000;

/** Nothing that time heals. */
const hopeless: ReadonlySet<string> = new Set([
  'platform.outbound_bad_address', 'platform.outbound_closed', 'platform.outbound_plain', 'audiences.receiver_gone', 'audiences.destination_not_found',
]);

/** Thrown when a shipment is not to be sent any more. */
class Dropped extends Error {}

/** Sends what is left of a shipment, page by page, and notes how it went. Throws only where that could not be noted. */
export async function carry(doors: CarryDoors, shipment: HeldShipment, signal: AbortSignal): Promise<void> {
  const { platform: { pg: pool, clock, log } } = doors;
  const { shipmentId, deliveryId } = shipment;
  const holding = setInterval(() => void stillHeld(pool, shipmentId, clock.now()).catch((error: unknown) => log.warn({ err: error }, 'a shipment could not be held')), holdAgainMs);
  try {
    await sendAll(doors, shipment, signal);
    if (signal.aborted) await letGo(pool, shipmentId);
    else await finish(doors, shipment);
  } catch (error) {
    if (error instanceof Dropped) return;
    // A worker that ends breaks its own connections: the receiver is not to blame.
    if (signal.aborted) return await letGo(pool, shipmentId);
    log.warn({ err: error, shipment: shipmentId, delivery: deliveryId }, 'members of an audience did not arrive');
    await fail(doors, shipment, error);
  } finally {
    clearInterval(holding);
  }
}

async function sendAll(doors: CarryDoors, shipment: HeldShipment, signal: AbortSignal): Promise<void> {
  const { platform: { pg: pool, clock }, vault } = doors;
  const { progress, members, isWhole } = shipment;
  const keep = async (change: Partial<Progress>): Promise<void> => {
    Object.assign(progress, change);
    if (!(await keepProgress(pool, shipment.shipmentId, progress, clock.now()))) throw new Dropped();
  };
  const carrier = carrierFor(doors, await openDestination(pool, vault, shipment.destinationId), shipment);
  while (progress.leg !== 'over' && !signal.aborted) {
    // Everybody's is sent although there is nobody; a change of nobody is none.
    const isNothing = members[progress.leg].size === 0 && !(isWhole && progress.leg === 'entered');
    await (isNothing ? keep(nextLeg(progress)) : sendPage(carrier, shipment, keep));
  }
}

const atTheBeginning = { pageNo: 0, afterNo: 0, untilNo: null, upload: null };
const nextLeg = ({ leg }: Progress): Partial<Progress> => ({ ...atTheBeginning, leg: leg === 'entered' ? 'left' : 'over' });

async function sendPage(carrier: Carrier, { progress, members }: HeldShipment, keep: (change: Partial<Progress>) => Promise<void>): Promise<void> {
  const page = await carrier.page();
  // From here on this page is sent and no other one, whoever sends it.
  if (progress.untilNo !== page.untilNo) await keep({ untilNo: page.untilNo });
  const sent = await carrier.send(page, keep);
  if (sent.again) return keep({ ...atTheBeginning, sent: progress.leg === 'left' ? members.entered.size : 0 });
  const arrived = { sent: progress.sent + page.people, status: sent.status };
  return keep(page.isLast ? { ...nextLeg(progress), ...arrived } : { pageNo: progress.pageNo + 1, afterNo: page.untilNo, untilNo: null, upload: sent.upload, ...arrived });
}

function carrierFor(doors: CarryDoors, { address, secret }: OpenDestination, shipment: HeldShipment): Carrier {
  const { outbound, platform: { clock } } = doors;
  const { format, isFull, locale } = shipment;
  const lines = format === 'csv' ? csvLines(doors, isFull, locale) : jsonLines(doors, isFull);
  if (address.kind === 'webhook') return webhookCarrier({ outbound, clock }, { url: address.url, secret }, shipment, lines);
  return objectCarrier(bucketOf(doors, address, secret), address.prefix, shipment, format === 'roaring' ? null : lines);
}

/** The bucket of a destination. */
export const bucketOf = ({ outbound, platform: { clock } }: Pick<CarryDoors, 'outbound' | 'platform'>, address: Extract<OpenDestination['address'], { kind: 'bucket' }>, secretAccessKey: string) =>
  createBucket(outbound, { ...address, secretAccessKey, isPathStyle: address.addressing === 'path' }, clock);

async function finish({ platform: { pg: pool, clock } }: CarryDoors, shipment: HeldShipment): Promise<void> {
  const now = clock.now();
  const { audienceId, deliveryId, destinationId, isFull, members: { entered, left } } = shipment;
  await inTransaction(pool, async (client) => {
    if (!(await endShipment(client, shipment, now))) return;
    await noteTried(client, destinationId, null, now);
    const details = { deliveryId, destinationId, isFull, entered: entered.size, left: left.size };
    await recordAudit(client, { actor: systemActor, action: 'audiences.delivered', subject: `audience:${audienceId}`, details });
  });
}

/** What went wrong, as people are told; of a fault of ours the log says more. */
export const troubleOf = (error: unknown): Trouble =>
  error instanceof Problem ? { code: error.code, params: error.params } : { code: 'audiences.shipment_failed', params: {} };

/** The status that was answered, where one was. */
export const statusOf = ({ params }: Trouble): number | null => (typeof params.status === 'number' ? params.status : null);

async function fail({ platform: { pg: pool, clock } }: CarryDoors, shipment: HeldShipment, error: unknown): Promise<void> {
  const now = clock.now();
  const trouble = troubleOf(error);
  const asked = error instanceof Problem ? (error.retryAfterSeconds ?? null) : null;
  const seconds = hopeless.has(trouble.code) ? null : secondsUntilNext(shipment.failures + 1, asked, Math.random);
  await inTransaction(pool, async (client) => {
    await noteFailure(client, shipment, { trouble, status: statusOf(trouble), againAt: seconds === null ? null : new Date(now.getTime() + seconds * 1_000) });
    await noteTried(client, shipment.destinationId, trouble, now);
  });
}
