import type { FastifyRequest } from 'fastify';
import type { Actor, Permission } from '../../../kernel/actor.ts';
import { Problem } from '../../../kernel/problem.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import type { Platform } from '../../../platform/platform.ts';
import { readBrand } from '../../../platform/settings.ts';
import { recordAudit } from '../audit/record.ts';
import { oneLine } from '../audit/one-line.ts';
import { keepLanguage, readSession, signOut } from '../contract.ts';
import { changeOwnPassword, endOwnOtherSessions, endOwnSession, keepOwnLanguage, ownAccount } from './account.ts';
import { changePassword, endOtherSessions, endSession, followLink, readAccount, readLink, signIn } from './contract.ts';
import { clearSessionCookie, sessionTokenOf, setSessionCookie } from './cookie.ts';
import { describeLink, signInByLink, signInByPassword } from './sign-in.ts';
import { deleteSession, type Visitor } from './store.ts';

/** The server hands requests of nobody to public endpoints as a token without a number. */
const isSomebody = (actor: Actor): boolean => actor.kind !== 'token' || actor.id !== 0;

const visitorOf = (request: FastifyRequest): Visitor => ({
  address: request.socket.remoteAddress ?? '',
  device: oneLine(request.headers['user-agent'] ?? ''),
});

/** Signing in has no cookie yet that the server's own check would watch over: another site must not sign a person in either. */
function refuseOtherSites(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site'];
  const { origin } = request.headers;
  const foreign = site === undefined
    ? origin !== undefined && !(URL.canParse(origin) && new URL(origin).host === request.headers.host)
    : site !== 'same-origin' && site !== 'none';
  if (foreign) throw new Problem('platform.foreign_origin', { status: 403 });
}

/** Sign-in, sign-out and one's own account. */
export const sessionRoutes = (platform: Platform, permissions: readonly Permission[]): Route[] => [
  route(readSession, async ({ actor }) => ({
    actor: isSomebody(actor) ? { id: actor.id, name: actor.name, kind: actor.kind } : null,
    permissions: actor.kind === 'system' ? [...permissions] : [...actor.permissions],
    brand: await readBrand(platform.pg),
    locale: actor.locale,
  })),
  route(signIn, async ({ body, request, reply }) => {
    refuseOtherSites(request);
    setSessionCookie(request, reply, await signInByPassword(platform, body, visitorOf(request), sessionTokenOf(request)));
  }),
  route(signOut, async ({ actor, request, reply }) => {
    const token = sessionTokenOf(request);
    if (token) await deleteSession(platform.pg, token);
    clearSessionCookie(reply);
    await recordAudit(platform.pg, { actor, action: 'access.sign_out', subject: `${actor.kind}:${actor.id}` });
  }),
  route(keepLanguage, async ({ actor, body }) => keepOwnLanguage(platform, actor, body.language)),
  route(readLink, async ({ body }) => describeLink(platform, body.token)),
  route(followLink, async ({ body, request, reply }) => {
    refuseOtherSites(request);
    setSessionCookie(request, reply, await signInByLink(platform, body, visitorOf(request), sessionTokenOf(request)));
  }),
  route(readAccount, async ({ actor, request }) => ownAccount(platform, actor, sessionTokenOf(request))),
  route(endSession, async ({ actor, params }) => endOwnSession(platform, actor, params.sessionId)),
  route(endOtherSessions, async ({ actor, request }) => endOwnOtherSessions(platform, actor, sessionTokenOf(request))),
  route(changePassword, async ({ actor, body, request, reply }) => {
    setSessionCookie(request, reply, await changeOwnPassword(platform, actor, body, visitorOf(request)));
  }),
];
