import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Refusal } from '../../../../platform/http/refuse.ts';
import type { Platform } from '../../../../platform/platform.ts';
import type { WorkingKeys } from '../../write-keys/working-keys.ts';
import { eventLimits } from '../events/limits.ts';
import type { BacklogGauge } from './backlog-gauge.ts';
import { createSharedRoom } from './shared-room.ts';

/** A request that was let in: by which key, as far as its headers say, and how its room is given back. */
export interface Admitted {
  key: number;
  giveBack(): void;
}

/** Decides about requests before their bodies are read, so that a refusal costs next to nothing. */
export interface Admission {
  /** Why the request is not let in: 401 for an unknown key, 429 with a time to wait where there is no room. Throws 507 where there is no disk. */
  admit(request: FastifyRequest, reply: FastifyReply): Promise<Refusal | null>;
  /** Hands an admitted request over, once its body was read; whoever takes it gives its room back. */
  take(request: FastifyRequest): Admitted;
}

export interface AdmissionBounds {
  /** Acknowledged events that are not facts yet. */
  backlogEvents: number;
  /** Bytes of requests that are being read or waiting for their turn or their commit, shared by keys. */
  bytesInFlight: number;
}

/** What a request takes up however small its body is. */
const leastBytes = 16 * 2 ** 10;

/** Stands for whichever key the body names. */
export const keyInBody = 0;

export function createAdmission({ room: disk }: Platform, keys: WorkingKeys, backlog: BacklogGauge, bounds: AdmissionBounds): Admission {
  const room = createSharedRoom(bounds.bytesInFlight);
  const admitted = new WeakMap<FastifyRequest, Admitted>();
  return {
    async admit(request, reply) {
      disk.demand();
      const secret = basicUser(request.headers.authorization);
      await keys.fresh();
      const key = secret === null ? keyInBody : keys.find(secret);
      if (key === null) return unknownKey;
      await backlog.fresh();
      // Of a key that stands in the body it is asked when that was read.
      if (backlog.isFullFor(key, bounds.backlogEvents)) return intakeBehind;
      // More than that is refused with 413 as soon as it is announced.
      const bytes = Math.max(leastBytes, Math.min(Number(request.headers['content-length'] ?? Infinity), eventLimits.bodyBytes));
      const giveBack = room.take(key, bytes);
      if (!giveBack) return intakeBusy;
      admitted.set(request, { key, giveBack });
      // Who goes away before all of it was read.
      reply.raw.once('close', () => admitted.delete(request) && giveBack());
      return null;
    },
    take(request) {
      const found = admitted.get(request) ?? { key: keyInBody, giveBack() {} };
      admitted.delete(request);
      return found;
    },
  };
}

export const unknownKey: Refusal = { code: 'collect.write_key_unknown', status: 401 };
export const intakeBehind: Refusal = { code: 'collect.intake_behind', status: 429, retryAfterSeconds: 5 };
const intakeBusy: Refusal = { code: 'collect.intake_busy', status: 429, retryAfterSeconds: 1 };

/** The user name of Basic authentication; null when there is none. */
function basicUser(header: string | undefined): string | null {
  if (!header?.startsWith('Basic ')) return null;
  const [user] = Buffer.from(header.slice(6), 'base64').toString('utf8').split(':');
  return user === '' ? null : user;
}
