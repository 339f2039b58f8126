import type { Locale } from '../../../../kernel/locale.ts';
import { notFound, Problem } from '../../../../kernel/problem.ts';
import { route, type Route } from '../../../../platform/http/route.ts';
import type { Say } from '../../../../platform/i18n.ts';
import {
  createDelivery, createDestination, endDelivery as endDeliveryEndpoint, listDeliveries, listDestinations, listShipments, resumeDelivery as resumeDeliveryEndpoint,
  revokeDestination as revokeDestinationEndpoint, type Shipment, type ShownDelivery, type ShownDestination, testDestination,
} from '../../contract/deliveries.ts';
import { readStanding } from '../../stored/membership/read-membership.ts';
import { addDestination, revokeDestination, tryDestination } from '../destinations/keep-destinations.ts';
import { type DestinationRow, readDestinations, type Trouble } from '../destinations/store.ts';
import type { CarryDoors } from '../shipping/carry.ts';
import { beginDelivery, type DeliveryDoors, endDelivery, resumeDelivery } from './keep-deliveries.ts';
import { type DeliveryRow, readDeliveries, readLastShipments, readShipments, type ShipmentRow } from './store.ts';

const momentOf = (date: Date | null): string | null => date?.toISOString() ?? null;

/** What went wrong, in a sentence. */
const told = (say: Say, trouble: Trouble | null, locale: Locale): string | null => {
  if (!trouble) return null;
  const [namespace, ...key] = trouble.code.split('.');
  return say(locale, namespace, `problem.${key.join('.')}`, trouble.params);
};

const refuseSort = (sort: string | undefined): void => {
  if (sort !== undefined) throw new Problem('audiences.bad_sort', { params: { allowed: '-' }, fields: [{ path: 'query.sort', code: 'bad_sort' }] });
};

const sliceOf = ({ page, pageSize }: { page: number; pageSize: number }) => ({ limit: pageSize, offset: (page - 1) * pageSize });

/** Endpoints of destinations and of what is sent there. */
export function deliveryRoutes(doors: CarryDoors & DeliveryDoors): Route[] {
  const { platform: { pg: pool, clock }, say } = doors;
  const computedAt = (): string => clock.now().toISOString();
  const shownDestination = (row: DestinationRow, locale: Locale): ShownDestination => ({
    ...row, createdAt: row.createdAt.toISOString(), triedAt: momentOf(row.triedAt), revokedAt: momentOf(row.revokedAt), trouble: told(say, row.trouble, locale),
  });
  const shownShipment = (row: ShipmentRow, locale: Locale): Shipment => ({
    ...row, trouble: told(say, row.trouble, locale), dueAt: row.dueAt.toISOString(), createdAt: row.createdAt.toISOString(), startedAt: momentOf(row.startedAt), endedAt: momentOf(row.endedAt),
  });
  const shownDeliveries = async (rows: DeliveryRow[], locale: Locale): Promise<ShownDelivery[]> => {
    const last = await readLastShipments(pool, rows.map((row) => row.deliveryId));
    return rows.map((row) => {
      const shipment = last.get(row.deliveryId);
      return { ...row, trouble: told(say, row.trouble, locale), createdAt: row.createdAt.toISOString(), endedAt: momentOf(row.endedAt), last: shipment ? shownShipment(shipment, locale) : null };
    });
  };
  const oneDelivery = async (deliveryId: number, locale: Locale): Promise<ShownDelivery> => {
    const [delivery] = await shownDeliveries((await readDeliveries(pool, { deliveryId, limit: 1, offset: 0 })).rows, locale);
    if (!delivery) throw notFound('audiences.delivery_not_found', { deliveryId });
    return delivery;
  };
  return [
    route(listDestinations, async ({ query, actor }) => {
      refuseSort(query.sort);
      const { rows, total } = await readDestinations(pool, { q: query.q, isRevoked: query.revoked === '1', ...sliceOf(query) });
      return { rows: rows.map((row) => shownDestination(row, actor.locale)), total, computedAt: computedAt() };
    }),
    route(createDestination, async ({ body, actor }) => {
      const { destinationId, secret } = await addDestination(doors, body, actor);
      const { rows: [row] } = await readDestinations(pool, { destinationId, limit: 1, offset: 0 });
      return { destination: shownDestination(row, actor.locale), secret };
    }),
    route(testDestination, async ({ params, actor }) => {
      const { trouble, status, tookMs } = await tryDestination(doors, params.destinationId, actor);
      return { arrived: trouble === null, status, trouble: told(say, trouble, actor.locale), tookMs };
    }),
    route(revokeDestinationEndpoint, async ({ params, actor }) => {
      await revokeDestination(doors, params.destinationId, actor);
      return {};
    }),
    route(listDeliveries, async ({ params, query, actor }) => {
      refuseSort(query.sort);
      if (!(await readStanding(pool, params.audienceId))) throw notFound('audiences.not_found', { audienceId: params.audienceId });
      const { rows, total } = await readDeliveries(pool, { audienceId: params.audienceId, ...sliceOf(query) });
      return { rows: await shownDeliveries(rows, actor.locale), total, computedAt: computedAt() };
    }),
    route(createDelivery, async ({ params, body, actor }) => oneDelivery(await beginDelivery(doors, params.audienceId, body, actor), actor.locale)),
    route(resumeDeliveryEndpoint, async ({ params, actor }) => {
      await resumeDelivery(doors, params.deliveryId, actor);
      return oneDelivery(params.deliveryId, actor.locale);
    }),
    route(endDeliveryEndpoint, async ({ params, actor }) => {
      await endDelivery(doors, params.deliveryId, actor);
      return {};
    }),
    route(listShipments, async ({ params, query, actor }) => {
      refuseSort(query.sort);
      await oneDelivery(params.deliveryId, actor.locale);
      const { rows, total } = await readShipments(pool, params.deliveryId, query.pageSize, sliceOf(query).offset);
      return { rows: rows.map((row) => shownShipment(row, actor.locale)), total, computedAt: computedAt() };
    }),
  ];
}
