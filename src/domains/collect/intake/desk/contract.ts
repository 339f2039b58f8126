import { z } from 'zod';
import { endpoint } from '../../../../kernel/endpoint.ts';
import { pageOf, plainPageQuery } from '../../../../kernel/page.ts';
import { setAsideReasons } from '../events/set-aside-reason.ts';

export { setAsideReasons, type SetAsideReason } from '../events/set-aside-reason.ts';

/** An event that could not become a fact, without its content. */
export const setAsideEvent = z.object({
  eventNo: z.int(),
  receivedAt: z.iso.datetime(),
  /** The write key it was sent with, by name; null when that is gone. */
  source: z.string().nullable(),
  reason: z.enum(setAsideReasons),
  path: z.string().nullable(),
  callType: z.string().nullable(),
  eventName: z.string().nullable(),
});

const eventParams = z.object({ eventNo: z.coerce.number().int().positive() });

export const listSetAside = endpoint({
  method: 'GET',
  path: '/api/set-aside-events',
  summary: 'Events that could not become facts and wait to be replayed or discarded, the newest first',
  access: 'collect.read',
  query: plainPageQuery.extend({ reason: z.enum(setAsideReasons).optional() }),
  reply: pageOf(setAsideEvent),
});

export const readSetAside = endpoint({
  method: 'GET',
  path: '/api/set-aside-events/:eventNo',
  summary: 'One event that was set aside, with its content as it came (may hold personal data; recorded in the audit log)',
  access: 'collect.repair',
  params: eventParams,
  reply: setAsideEvent.extend({ body: z.string() }),
});

export const replaySetAside = endpoint({
  method: 'POST',
  path: '/api/set-aside-events/:eventNo/replay',
  summary: 'Send an event again, as it came or corrected; 422 with the reason while it cannot become a fact',
  access: 'collect.repair',
  params: eventParams,
  body: z.object({ body: z.string().max(2 ** 19).optional() }),
  bodyLimitBytes: 2 ** 20,
  reply: z.object({}),
  status: 204,
});

export const discardSetAside = endpoint({
  method: 'DELETE',
  path: '/api/set-aside-events/:eventNo',
  summary: 'Give up an event that was set aside; its content is deleted',
  access: 'collect.repair',
  params: eventParams,
  reply: z.object({}),
  status: 204,
});

export const replayAllSetAside = endpoint({
  method: 'POST',
  path: '/api/set-aside-events/replay',
  summary: 'Send all waiting events of one reason again as they came; those that still cannot become facts stay',
  access: 'collect.repair',
  body: z.object({ reason: z.enum(setAsideReasons) }),
  reply: z.object({ replayed: z.int(), remaining: z.int() }),
});

const counts = z.object({ event: z.int(), order_line: z.int() });

export const readDataQuality = endpoint({
  method: 'GET',
  path: '/api/data-quality',
  summary: 'State of the intake, comparison of the fact log with ClickHouse, properties that looked personal',
  access: 'collect.read',
  reply: z.object({
    intake: z.object({
      backlogEvents: z.int(),
      /** Seconds since the oldest waiting event came; null when none waits. */
      lagSeconds: z.number().nullable(),
      /** Events made facts a second, over the last five minutes. */
      eventsPerSecond: z.number(),
      accepted: z.int(),
      duplicates: z.int(),
      setAside: z.int(),
      waitingSetAside: z.int(),
      minutes: z.array(z.object({ minute: z.iso.datetime(), accepted: z.int(), duplicates: z.int(), setAside: z.int() })),
    }),
    facts: z.object({
      state: z.enum(['ready', 'rebuilding']),
      dataVersion: z.int(),
      lastCheck: z.object({
        checkedAt: z.iso.datetime(), logged: counts, found: counts, repairedBatches: z.int(), rebuilt: z.boolean(),
      }).nullable(),
      repairs: z.array(z.object({ checkedAt: z.iso.datetime(), logged: counts, found: counts, repairedBatches: z.int(), rebuilt: z.boolean() })),
    }),
    flagged: z.array(z.object({
      eventName: z.string(), property: z.string(), looksLike: z.enum(['phone', 'email', 'identity_number']),
      occurrences: z.int(), firstSeenAt: z.iso.datetime(), lastSeenAt: z.iso.datetime(), declared: z.boolean(),
    })),
    declared: z.array(z.string()),
    computedAt: z.iso.datetime(),
  }),
});

export const declarePersonal = endpoint({
  method: 'PUT',
  path: '/api/personal-properties',
  summary: 'Names of event properties that are personal: moved to the vault from now on',
  access: 'collect.repair',
  body: z.object({ names: z.array(z.string().trim().min(1).max(100)).max(500) }),
  reply: z.object({ names: z.array(z.string()) }),
});

export const deskEndpoints = [listSetAside, replayAllSetAside, readSetAside, replaySetAside, discardSetAside, readDataQuality, declarePersonal];
