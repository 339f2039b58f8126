import { gunzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../../../../kernel/problem.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { createWorkingKeys } from '../../write-keys/working-keys.ts';
import type { BodyVault } from '../desk/sealed-body.ts';
import { eventLimits } from '../events/limits.ts';
import { type CallType, callTypes } from '../events/tracking-call.ts';
import { type AdmissionBounds, createAdmission, keyInBody, unknownKey, wait } from './admission.ts';
import { createBacklogGauge } from './backlog-gauge.ts';
import { createGroupCommit } from './group-commit.ts';
import type { IntakeEntry } from './intake-log.ts';
import { makeEntry, parseCall } from './read-call.ts';
import { createRequestSeal } from './request-seal.ts';
import { createTokenBuckets, type Rate } from './token-bucket.ts';
import { createTurns } from './turns.ts';

/** How much the tracking API takes before it asks to wait. */
export interface IntakeBounds extends AdmissionBounds {
  perKey: Rate;
}

export const defaultBounds: IntakeBounds = {
  backlogEvents: 1_000_000,
  bytesInFlight: 24 * 2 ** 20,
  perKey: { perSecond: 50_000, burst: 100_000 },
};

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
  const turns = createTurns();
  const admission = createAdmission(platform, keys, backlog, bounds);

  const read = (request: FastifyRequest, key: number, callType: CallType | null): IntakeEntry => {
    const call = parseCall(plainBody(request), callType === null);
    const { writeKey } = call.value;
    const writeKeyId = key !== keyInBody ? key : typeof writeKey === 'string' ? keys.find(writeKey) : null;
    if (writeKeyId === null) throw unknownKey();
    if (key === keyInBody && backlog.isFullFor(writeKeyId, bounds.backlogEvents)) throw wait('collect.intake_behind', 5);
    const waitSeconds = buckets.take(writeKeyId, call.batch?.length ?? 1);
    if (waitSeconds > 0) throw wait('collect.key_too_fast', waitSeconds);
    return makeEntry(call, callType, writeKeyId, clock.now(), vault, seal);
  };

  const accept = async (request: FastifyRequest, callType: CallType | null): Promise<string> => {
    const { key, giveBack } = admission.take(request);
    try {
      const entry = await turns.run(key, () => read(request, key, callType));
      await commits.add(entry);
      backlog.add(entry.writeKeyId, entry.eventCount);
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
        if (request.method === 'POST') await admission.admit(request, reply).catch((error: unknown) => Promise.reject(asOutage(error)));
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
