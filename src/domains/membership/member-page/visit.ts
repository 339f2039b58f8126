import type { FastifyReply, FastifyRequest } from 'fastify';
import { systemActor, type Actor } from '../../../kernel/actor.ts';
import { forbidden, Problem } from '../../../kernel/problem.ts';
import type { PageMode } from '../contract/member-page.ts';
import type { MembershipDoors } from '../part.ts';
import { readEpoch } from './epochs.ts';
import { createPasses } from './pass.ts';
import { createRateLimit, type RateLimit } from '../../../platform/http/rate-limit.ts';

/** Somebody who looks at their own page. */
export interface Visitor {
  customerNo: number;
  lineage: readonly number[];
  mode: PageMode;
}

/** Who comes to a member's page, by a link and then by a cookie of the page's own. A session of staff is nothing here. */
export interface Visits {
  /** Exchanges a link's token for the cookie. */
  open(token: string, request: FastifyRequest, reply: FastifyReply): Promise<{ expiresAt: Date; mode: PageMode }>;
  close(reply: FastifyReply): void;
  /** Whose page it is; 401 without a cookie that is good. */
  visitorOf(request: FastifyRequest): Promise<Visitor>;
  /** The same for what changes something: not for staff who look. */
  ownerOf(request: FastifyRequest): Promise<Visitor>;
}

const cookieName = 'perennial_member';
const cookiePath = '/api/member';
/** A cookie ends after this long, or with its link where that ends before. */
const longestVisitMs = 12 * 3_600_000;
const perMinute = { readings: 120, changes: 20, wrongLinks: 30 };

/** Written down for what a member does themselves: whose it is stands in the subject. */
export const memberActor = (locale: Actor['locale']): Actor => ({ ...systemActor, name: 'member', locale });

export function createVisits({ platform: { pg, clock, secret }, customers }: Pick<MembershipDoors, 'platform' | 'customers'>): Visits {
  const passes = createPasses(secret);
  const limits = { readings: createRateLimit(perMinute.readings), changes: createRateLimit(perMinute.changes), wrongLinks: createRateLimit(perMinute.wrongLinks) };
  const demand = (limit: RateLimit, key: string | number): void => {
    const seconds = limit.take(key, clock.now());
    if (seconds > 0) throw new Problem('membership.page_too_often', { status: 429, retryAfterSeconds: seconds, params: { seconds } });
  };
  /** The person a pass is for, while it has not been ended; null otherwise. */
  const personOf = async ({ customerNo, epoch }: { customerNo: number; epoch: number }) => {
    const [person, current] = await Promise.all([customers.recognise({ customerNo }), readEpoch(pg, customerNo)]);
    return current === epoch ? person : null;
  };
  const visitorOf = async (request: FastifyRequest): Promise<Visitor> => {
    const pass = passes.open('session', request.cookies[cookieName] ?? '', clock.now());
    const person = pass && (await personOf(pass));
    if (!pass || !person) throw new Problem('membership.page_closed', { status: 401 });
    demand(limits.readings, pass.customerNo);
    return { customerNo: person.customerNo, lineage: person.lineage, mode: pass.mode };
  };
  return {
    visitorOf,
    async open(token, request, reply) {
      const now = clock.now();
      const pass = passes.open('link', token, now);
      if (!pass || !(await personOf(pass))) {
        // A link cannot be guessed; this keeps somebody who tries from taking the machine.
        demand(limits.wrongLinks, request.socket.remoteAddress ?? '');
        throw new Problem('membership.page_link_ended', { status: 410 });
      }
      demand(limits.readings, pass.customerNo);
      const expiresAt = new Date(Math.min(pass.expiresAt.getTime(), now.getTime() + longestVisitMs));
      const secure = request.protocol === 'https' || (request.headers.origin?.startsWith('https://') ?? false);
      reply.setCookie(cookieName, passes.seal('session', { ...pass, expiresAt }), { path: cookiePath, httpOnly: true, sameSite: 'strict', secure, expires: expiresAt });
      return { expiresAt, mode: pass.mode };
    },
    close: (reply) => void reply.clearCookie(cookieName, { path: cookiePath, httpOnly: true, sameSite: 'strict' }),
    async ownerOf(request) {
      const visitor = await visitorOf(request);
      if (visitor.mode === 'view') throw forbidden('membership.page_is_viewed');
      demand(limits.changes, visitor.customerNo);
      return visitor;
    },
  };
}
