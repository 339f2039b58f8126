import { type Background, createBackground } from '../../../customers/public.ts';
import { carry, type CarryDoors } from './carry.ts';
import { dropOldShipments, holdShipment } from './shipment.ts';
import { takeUpChanges } from './take-up.ts';

/** Shipments on their way at once. */
const atOnce = 4;
const pauseMs = 1_000;
const tidyEveryMs = 3_600_000;

/** Sends what is due, in the process that does background work. */
export function createShipping(doors: CarryDoors): Background {
  const { platform: { pg: pool, clock, log } } = doors;
  const underWay = new Set<Promise<void>>();
  const ending = new AbortController();
  let tidiedAtMs = -Infinity;

  const begin = async (): Promise<boolean> => {
    const shipment = await holdShipment(pool, clock.now());
    if (!shipment) return false;
    const carried = carry(doors, shipment, ending.signal)
      .catch((error: unknown) => log.error({ err: error, shipment: shipment.shipmentId }, 'a shipment is given up until its hold ends'))
      .finally(() => underWay.delete(carried));
    underWay.add(carried);
    return true;
  };
  const turns = createBackground('deliveries of audiences', async () => {
    await takeUpChanges(pool, clock.now());
    while (underWay.size < atOnce && (await begin())) {
      // Until nothing is due, or enough is under way.
    }
    if (performance.now() - tidiedAtMs < tidyEveryMs) return;
    await dropOldShipments(pool, clock.now());
    tidiedAtMs = performance.now();
  }, pauseMs, log);
  return {
    start: turns.start,
    async stop() {
      ending.abort();
      await turns.stop();
      doors.outbound.close();
      await Promise.all(underWay);
    },
  };
}
