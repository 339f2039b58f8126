import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../../../../kernel/problem.ts';
import type { Refusal, Refuse } from '../../../../platform/http/refuse.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { createWorkingKeys } from '../../write-keys/working-keys.ts';
import { type BodyVault, sealPacked } from '../desk/sealed-body.ts';
import { eventLimits } from '../events/limits.ts';
import { type CallType, callTypes } from '../events/tracking-call.ts';
import { type AdmissionBounds, createAdmission, intakeBehind, keyInBody, unknownKey } from './admission.ts';
import { createBacklogGauge } from './backlog-gauge.ts';
import { createGroupCommit } from './group-commit.ts';
import type { IntakeEntry } from './intake-log.ts';
import { createReadApart } from './reading/read-apart.ts';
import type { ReadCall } from './reading/read-call.ts';
import { createTokenBuckets, type Rate } from './token-bucket.ts';

/** How much the tracking API takes before it asks to wait. */
export interface IntakeBounds extends AdmissionBounds {
  perKey: Rate;
}

export const defaultBounds: IntakeBounds = {
  backlogEvents: 1_000_000,
  bytesInFlight: 8 * 2 ** 20,
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
  const readApart = createReadApart(platform.secret);
  const admission = createAdmission(platform, keys, backlog, bounds);

  /** Whose request it is, now that its body was read; throws where that key may not send so much. */
  const allowed = (key: number, { writeKey, events }: ReadCall): number => {
    const writeKeyId = key !== keyInBody ? key : writeKey === null ? null : keys.find(writeKey);
    if (writeKeyId === null) throw refused(unknownKey);
    if (key === keyInBody && backlog.isFullFor(writeKeyId, bounds.backlogEvents)) throw refused(intakeBehind);
    const waitSeconds = buckets.take(writeKeyId, events);
    if (waitSeconds > 0) throw refused({ code: 'collect.key_too_fast', status: 429, retryAfterSeconds: waitSeconds });
    return writeKeyId;
  };
  const read = async (request: FastifyRequest, key: number, callType: CallType | null): Promise<IntakeEntry> => {
    if (!Buffer.isBuffer(request.body)) throw new Problem('platform.broken_json', { status: 400 });
    const receivedAt = clock.now();
    const call = await readApart(key, { body: request.body, isGzip: request.headers['content-encoding'] === 'gzip', callType, receivedAt });
    const writeKeyId = allowed(key, call);
    const setAside = call.setAside.map((each) => ({ ...each, receivedAt, writeKeyId, body: sealPacked(vault, each.body) }));
    return { receivedAt, writeKeyId, callType, eventCount: call.eventCount, body: call.body, setAside };
  };

  const accept = async (request: FastifyRequest, callType: CallType | null): Promise<string> => {
    const { key, giveBack } = admission.take(request);
    try {
      const entry = await read(request, key, callType);
      await commits.add(entry);
      backlog.add(entry.writeKeyId, entry.eventCount);
      if (entry.setAside.length === 0) return success;
      return JSON.stringify({ success: true, accepted: entry.eventCount, setAside: entry.setAside.length });
    } finally {
      giveBack();
    }
  };

  return async (server: FastifyInstance, refuse: Refuse): Promise<void> => {
    await server.register(async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: eventLimits.bodyBytes }, (_request, body, done) => done(null, body));
      scope.addHook('onRequest', async (request, reply) => {
        // Trackers in browsers send from the shop's own site; a write key is no cookie and may be public.
        reply.raw.setHeader('access-control-allow-origin', '*');
        if (request.method !== 'POST') return;
        const refusal = await admission.admit(request, reply).catch((error: unknown) => Promise.reject(asOutage(error)));
        if (refusal) refuse(request, reply, refusal);
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

const refused = ({ code, ...options }: Refusal): Problem => new Problem(code, options);

/** Connection failures, and a server that is starting, stopping or out of connections (PostgreSQL classes 08, 53, 57). */
const outage = /^(?:ECONN|EPIPE|ETIMEDOUT|08|53[23]|57)/;

/** The database being away for a moment is something to wait for, not a fault of the request or of ours. */
function asOutage(error: unknown): unknown {
  if (error instanceof Problem) return error;
  const { code = '', message = '' } = error as { code?: string; message?: string };
  const away = outage.test(code) || /timeout exceeded when trying to connect|Connection terminated/.test(message);
  return away ? new Problem('collect.intake_unavailable', { status: 503, retryAfterSeconds: 2, cause: error }) : error;
}
