import { gunzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../../../../kernel/problem.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { createWorkingKeys } from '../../write-keys/working-keys.ts';
import type { BodyVault } from '../desk/sealed-body.ts';
import { eventLimits } from '../events/limits.ts';
import { type CallType, callTypes } from '../events/tracking-call.ts';
import { createBacklogGauge } from './backlog-gauge.ts';
import { createGroupCommit } from './group-commit.ts';
import type { IntakeEntry } from './intake-log.ts';
import { makeEntry, parseCall } from './read-call.ts';
import { createRequestSeal } from './request-seal.ts';
import { createSharedRoom } from './shared-room.ts';
import { createTokenBuckets, type Rate } from './token-bucket.ts';
import { createTurns } from './turns.ts';

/** How much the tracking API takes before it asks to wait. */
export interface IntakeBounds {
  /** Acknowledged events that are not facts yet. */
  backlogEvents: number;
  /** Bytes of requests that are being read or waiting for their turn or their commit, shared by keys. */
  bytesInFlight: number;
  perKey: Rate;
}

export const defaultBounds: IntakeBounds = {
  backlogEvents: 1_000_000,
  bytesInFlight: 24 * 2 ** 20,
  perKey: { perSecond: 50_000, burst: 100_000 },
};

/** A request that was let in: by which key, as far as its headers say, and how its room is given back. */
interface Admitted {
  key: number;
  giveBack(): void;
}

/** Stands for whichever key the body names. */
const keyInBody = 0;
const success = '{"success":true}';

/**
 * Serves Segment's HTTP tracking API: `POST /v1/{identify,track,page,screen,group,alias,batch}` with the write key
 * as user name of Basic authentication or as `writeKey` in the body. 200 means that the events are on disk. Beside
 * the endpoint table because every microsecond counts here and its callers are Segment's own libraries.
 */
export function trackingApi(platform: Platform, vault: BodyVault, bounds: IntakeBounds = defaultBounds) {
  const { pg, clock } = platform;
  const keys = createWorkingKeys(pg);
  const commits = createGroupCommit(pg);
  const backlog = createBacklogGauge(pg);
  const buckets = createTokenBuckets(bounds.perKey);
  const seal = createRequestSeal(platform.secret);
  const room = createSharedRoom(bounds.bytesInFlight);
  const turns = createTurns();
  const admitted = new WeakMap<FastifyRequest, Admitted>();

  /** Decides before the body is read, so that a refusal costs next to nothing. */
  const admit = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    platform.room.demand();
    const secret = basicUser(request.headers.authorization);
    await keys.fresh();
    const key = secret === null ? keyInBody : keys.find(secret);
    if (key === null) throw unknownKey();
    if ((await backlog.events()) >= bounds.backlogEvents) throw wait('collect.intake_behind', 5);
    const giveBack = room.take(key, Number(request.headers['content-length'] ?? eventLimits.bodyBytes));
    if (!giveBack) throw wait('collect.intake_busy', 1);
    admitted.set(request, { key, giveBack });
    // Who goes away before all of it was read; from then on the reading gives it back.
    reply.raw.once('close', () => admitted.delete(request) && giveBack());
  };

  const read = (request: FastifyRequest, key: number, callType: CallType | null): IntakeEntry => {
    const call = parseCall(plainBody(request), callType === null);
    const { writeKey } = call.value;
    const writeKeyId = key !== keyInBody ? key : typeof writeKey === 'string' ? keys.find(writeKey) : null;
    if (writeKeyId === null) throw unknownKey();
    const waitSeconds = buckets.take(writeKeyId, call.batch?.length ?? 1);
    if (waitSeconds > 0) throw wait('collect.key_too_fast', waitSeconds);
    return makeEntry(call, callType, writeKeyId, clock.now(), vault, seal);
  };

  const accept = async (request: FastifyRequest, callType: CallType | null): Promise<string> => {
    const { key, giveBack } = admitted.get(request) ?? { key: keyInBody, giveBack() {} };
    admitted.delete(request);
    try {
      const entry = await turns.run(key, () => read(request, key, callType));
      await commits.add(entry);
      backlog.add(entry.eventCount);
      if (entry.setAside.length === 0) return success;
      return JSON.stringify({ success: true, accepted: entry.eventCount, setAside: entry.setAside.length });
    } finally {
      giveBack();
    }
  };

  return async (server: FastifyInstance): Promise<void> => {
    await server.register(async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: eventLimits.bodyBytes }, (_request, body, done) => done(null, body));
      scope.addHook('onRequest', async (request, reply) => {
        // Trackers in browsers send from the shop's own site; a write key is no cookie and may be public.
        reply.header('access-control-allow-origin', '*');
        if (request.method === 'POST') await admit(request, reply).catch((error: unknown) => Promise.reject(asOutage(error)));
      });
      for (const name of ['batch', ...callTypes] as const) {
        const callType = name === 'batch' ? null : name;
        scope.options(`/v1/${name}`, (_request, reply) => reply
          .header('access-control-allow-methods', 'POST')
          .header('access-control-allow-headers', 'authorization, content-type, x-retry-count')
          .header('access-control-max-age', '86400')
          .status(204).send());
        scope.post(`/v1/${name}`, async (request, reply) => {
          reply.type('application/json; charset=utf-8');
          return accept(request, callType).catch((error: unknown) => Promise.reject(asOutage(error)));
        });
      }
    });
  };
}

const unknownKey = (): Problem => new Problem('collect.write_key_unknown', { status: 401 });
const wait = (code: string, retryAfterSeconds: number): Problem => new Problem(code, { status: 429, retryAfterSeconds });

/** The user name of Basic authentication; null when there is none. */
function basicUser(header: string | undefined): string | null {
  if (!header?.startsWith('Basic ')) return null;
  const [user] = Buffer.from(header.slice(6), 'base64').toString('utf8').split(':');
  return user === '' ? null : user;
}

/** One body at a time is inflated: however much its announced size hides, no two are in memory. */
function plainBody(request: FastifyRequest): Buffer {
  if (!Buffer.isBuffer(request.body)) throw new Problem('platform.broken_json', { status: 400 });
  if (request.headers['content-encoding'] !== 'gzip') return request.body;
  try {
    return gunzipSync(request.body, { maxOutputLength: eventLimits.bodyBytes });
  } catch (error) {
    const tooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw tooLarge ? new Problem('platform.body_too_large', { status: 413 }) : new Problem('platform.broken_json', { status: 400 });
  }
}

/** Connection failures, and a server that is starting, stopping or out of connections (PostgreSQL classes 08, 53, 57). */
const outage = /^(?:ECONN|EPIPE|ETIMEDOUT|08|53[23]|57)/;

/** The database being away for a moment is something to wait for, not a fault of the request or of ours. */
function asOutage(error: unknown): unknown {
  if (error instanceof Problem) return error;
  const { code = '', message = '' } = error as { code?: string; message?: string };
  const away = outage.test(code) || /timeout exceeded when trying to connect|Connection terminated/.test(message);
  return away ? new Problem('collect.intake_unavailable', { status: 503, retryAfterSeconds: 2, cause: error }) : error;
}
