import { randomBytes } from 'node:crypto';
import { flushCompileCache } from 'node:module';
import type { FastifyInstance } from 'fastify';
import { createApp, type App } from '../app.ts';
import { createRebuildGate, doubtClickHouse } from '../domains/collect/public.ts';
import { Problem } from '../kernel/problem.ts';
import { gated } from '../platform/clickhouse/gate.ts';
import type { Config } from '../platform/config.ts';
import { connect } from '../platform/connect.ts';
import type { Engines } from '../platform/engines.ts';
import { openApi } from '../platform/http/openapi.ts';
import { createServer } from '../platform/http/server.ts';
import { createSay } from '../platform/i18n.ts';
import type { Log } from '../platform/log.ts';
import type { Platform } from '../platform/platform.ts';
import { serveHealth } from './health.ts';
import { announce, withdraw } from './local-server.ts';
import { serveWeb } from './web-files.ts';
import { work } from './work.ts';

/**
 * Listens or works on stores that are up to date. `undo` is given what ends each step, in order;
 * `mayWork` is called when a worker may begin.
 */
export async function runProgram(config: Config, log: Log, engines: Engines, undo: (() => Promise<void> | void)[], mayWork: () => void): Promise<{ url: string; app: App }> {
  const { platform, close } = connect(config, engines.connections, log);
  undo.push(close);
  const token = randomBytes(32).toString('hex');
  if (config.role !== 'worker') await doubtClickHouse(platform);
  mayWork();
  const app = createApp(config.role === 'worker' ? platform : honest(platform), token);
  if (config.role === 'worker') {
    undo.push(await work(app, platform));
    return { url: '', app };
  }
  await platform.jobs.start(false);
  const server = await listen(app, platform);
  undo.push(() => closeGently(server));
  // What was compiled is kept also when this process is killed.
  flushCompileCache();
  const url = addressOf(server);
  const { postgresUrl, clickhouse } = engines.connections;
  announce(config.dataDir, { url, token, pid: process.pid, stores: { postgresUrl, clickhouse } });
  undo.push(() => withdraw(config.dataDir));
  return { url, app };
}

/** No number is shown while ClickHouse is being made anew. */
function honest(platform: Platform): Platform {
  const open = createRebuildGate(platform);
  return { ...platform, clickhouse: gated(platform.clickhouse, open), reader: gated(platform.reader, open) };
}

async function listen(app: App, platform: Platform): Promise<FastifyInstance> {
  const { config, log } = platform;
  // Half a second of processor time, which a start does not have to wait for.
  let document: object | undefined;
  const server = await createServer({
    log,
    say: createSay(),
    routes: app.routes,
    authenticate: app.authenticate,
    room: platform.room,
    extend: async (fastify, refuse) => {
      await app.extend(fastify, refuse);
      serveHealth(fastify, platform, app.metrics);
      fastify.get('/openapi.json', async () => (document ??= openApi(app.routes.map((r) => r.endpoint), '1')));
      await serveWeb(fastify);
    },
  });
  try {
    await server.listen({ port: config.port, host: config.host });
  } catch (cause) {
    await server.close();
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new Problem('platform.port_in_use', { params: { port: config.port }, cause });
  }
  return server;
}

function addressOf(server: FastifyInstance): string {
  const address = server.server.address();
  if (typeof address === 'string' || !address) return String(address);
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host === '0.0.0.0' || host === '[::]' ? '127.0.0.1' : host}:${address.port}`;
}

/** No new requests; those under way get ten seconds. */
async function closeGently(server: FastifyInstance): Promise<void> {
  const forced = setTimeout(() => server.server.closeAllConnections(), 10_000);
  await server.close();
  clearTimeout(forced);
}
