import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import helmet from 'helmet';
import { may, systemActor, type Actor } from '../../kernel/actor.ts';
import { pickLocale, type Locale } from '../../kernel/locale.ts';
import { forbidden, Problem } from '../../kernel/problem.ts';
import type { DiskRoom } from '../disk-room.ts';
import type { Say } from '../i18n.ts';
import type { Log } from '../log.ts';
import { sendProblem, toProblem } from './problem-reply.ts';
import { createRefuse, type Refuse } from './refuse.ts';
import type { Route } from './route.ts';
import { refuseForeignOrigin } from './same-origin.ts';
import { validateInput } from './validate.ts';

export interface ServerOptions {
  log: Log;
  say: Say;
  routes: Route[];
  /** Who sent this request: by session cookie or bearer token; null when nobody did. */
  authenticate(request: FastifyRequest): Promise<Actor | null>;
  /** Whether new data may come in; always when left out. */
  room?: DiskRoom;
  /** Plugins for what is not an endpoint: the web's files, health, metrics, the tracking API. */
  extend?: (server: FastifyInstance, refuse: Refuse) => Promise<void>;
}

/** The HTTP server with every route behind the same checks, in the same order: origin, who, may they, is it valid. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { log, say } = options;
  const server = Fastify({
    logger: false,
    bodyLimit: 2 ** 20,
    routerOptions: { maxParamLength: 500 },
    genReqId: () => crypto.randomUUID(),
    forceCloseConnections: 'idle',
    // Behind a proxy a forwarded address would be believed from anyone; limits count the peer itself.
    trustProxy: false,
  });
  const localeOf = (request: FastifyRequest): Locale => pickLocale(request.headers['accept-language']);
  server.setErrorHandler((error, request, reply) => sendProblem(toProblem(error, log), request, reply, localeOf(request), say));
  server.setNotFoundHandler((request, reply) =>
    sendProblem(new Problem('platform.no_such_path', { status: 404 }), request, reply, localeOf(request), say));
  // Its plugin for Fastify works the same headers out again for every request, at a third of what a refusal costs.
  const protect = helmet({ contentSecurityPolicy: { useDefaults: false, directives: contentPolicy }, strictTransportSecurity: false, xFrameOptions: { action: 'deny' } });
  server.addHook('onRequest', (request, reply, done) => protect(request.raw, reply.raw, (error) => done(error as Error | undefined)));
  // What only endpoints need is kept away from requests of trackers, which may come by the thousand a second.
  await server.register(async (scope) => {
    await scope.register(cookie);
    await scope.register(multipart, { limits: { files: 1, fields: 20, fieldSize: 2 ** 20, fileSize: 4 * 2 ** 30 } });
    for (const each of options.routes.filter(({ endpoint }) => !endpoint.takesForm)) addRoute(scope, each, options, localeOf);
    await scope.register(async (forms) => {
      forms.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 1_024 }, (_request, _body, done) => done(null, undefined));
      for (const each of options.routes.filter(({ endpoint }) => endpoint.takesForm)) addRoute(forms, each, options, localeOf);
    });
  });
  await options.extend?.(server, createRefuse(say, localeOf));
  return server;
}

/** The web's own files only. Component styles are written at run time, hence the one exception. */
const contentPolicy = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'manifest-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
};

function addRoute(server: FastifyInstance, { endpoint, handler }: Route, options: ServerOptions, localeOf: (r: FastifyRequest) => Locale): void {
  server.route({
    method: endpoint.method,
    url: endpoint.path,
    bodyLimit: endpoint.bodyLimitBytes,
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      refuseForeignOrigin(request);
      const actor = await options.authenticate(request);
      if (endpoint.access !== 'public') {
        if (!actor) throw new Problem('platform.sign_in_first', { status: 401 });
        if (endpoint.access !== 'signed-in' && !may(actor, endpoint.access)) {
          throw forbidden('platform.not_permitted', { permission: endpoint.access });
        }
      }
      // Reading, signing in and deleting go on while the disk is full.
      if (endpoint.access !== 'public' && !['GET', 'DELETE'].includes(endpoint.method)) options.room?.demand();
      const input = validateInput(endpoint, request as { params: unknown; query: unknown; body: unknown }, localeOf(request));
      const known = actor ?? { ...systemActor, kind: 'token' as const, name: 'anonymous', permissions: new Set<never>() };
      const result = await handler({ ...input, actor: { ...known, locale: localeOf(request) }, request, reply });
      if (endpoint.raw) return reply;
      reply.header('cache-control', 'no-store');
      if (endpoint.status === 204) return reply.status(204).send();
      return reply.status(endpoint.status ?? 200).send(endpoint.reply.parse(result));
    },
  });
}
