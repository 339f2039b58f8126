import type { FastifyReply, FastifyRequest } from 'fastify';

const plainName = 'perennial_session';
/** Browsers accept this name only over https, for the whole host, from the host itself. */
const secureName = '__Host-perennial_session';

/** The session's token that a request carries. */
export const sessionTokenOf = (request: FastifyRequest): string | undefined =>
  request.cookies[secureName] ?? request.cookies[plainName];

/** Gives the browser a session until it is closed or the session ends. */
export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  const secure = isSecure(request);
  reply.setCookie(secure ? secureName : plainName, token, { path: '/', httpOnly: true, sameSite: 'strict', secure });
}

/** Takes the session's cookie back under both names. */
export function clearSessionCookie(reply: FastifyReply): void {
  reply.clearCookie(plainName, { path: '/', httpOnly: true, sameSite: 'strict' });
  reply.clearCookie(secureName, { path: '/', httpOnly: true, sameSite: 'strict', secure: true });
}

/**
 * Whether the page that asks was loaded by https. Behind a proxy that ends TLS only the browser
 * knows; it says so in `Origin`, which a page cannot change.
 */
const isSecure = (request: FastifyRequest): boolean =>
  request.protocol === 'https' || (request.headers.origin?.startsWith('https://') ?? false);
