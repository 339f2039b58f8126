import type { FastifyRequest } from 'fastify';
import { Problem } from '../../kernel/problem.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Closes cross-site requests that ride on the session cookie (OWASP: Fetch Metadata with an
 * Origin fallback). A request without a cookie carries its own credentials and needs no such check.
 */
export function refuseForeignOrigin(request: FastifyRequest): void {
  if (safeMethods.has(request.method) || !request.headers.cookie) return;
  const site = request.headers['sec-fetch-site'];
  if (site === 'same-origin' || site === 'none') return;
  const origin = request.headers.origin;
  if (site === undefined && origin !== undefined && hostOf(origin) === request.headers.host) return;
  throw new Problem('platform.foreign_origin', { status: 403 });
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
