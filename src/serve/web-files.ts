import { existsSync } from 'node:fs';
import { join } from 'node:path';
import files from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../kernel/problem.ts';

const built = join(import.meta.dirname, '..', '..', 'dist', 'web');

/** A member's page brings all its styles in files, is in no index, and tells nobody that it was there. */
const memberHeaders = {
  'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
  'cache-control': 'no-cache',
};

/** Serves the built web: hashed assets for ever, its one page for every address a person may open. */
export async function serveWeb(server: FastifyInstance): Promise<void> {
  if (!existsSync(built)) return;
  await server.register(files, { root: built, wildcard: false, index: false, preCompressed: true, cacheControl: false, setHeaders: (reply, path) => {
    reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
  } });
  server.get('/member', (_request, reply) => reply.headers(memberHeaders).sendFile('member.html'));
  // A program that looks links through sees the page; only what a person does there, or a post (RFC 8058), changes something.
  for (const way of ['p', 'u', 'd']) server.get(`/m/${way}/:token`, (_request, reply) => reply.headers(memberHeaders).sendFile('preferences.html'));
  server.get('/*', (request, reply) => {
    const isPage = request.headers.accept?.includes('text/html') && !/^\/(api|v1)\//.test(request.url);
    if (!isPage) throw new Problem('platform.no_such_path', { status: 404 });
    return reply.sendFile('index.html');
  });
}
