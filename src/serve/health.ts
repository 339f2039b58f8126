import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance } from 'fastify';
import type { Platform } from '../platform/platform.ts';

/** How often the event loop is asked whether it comes round. */
const everyMs = 10;

/** `/healthz`: the process answers. `/readyz`: both stores answer too. `/metrics`: figures for Prometheus. */
export function serveHealth(server: FastifyInstance, platform: Platform, metrics: () => Promise<string>): void {
  const delay = monitorEventLoopDelay({ resolution: everyMs });
  delay.enable();
  server.get('/healthz', async () => ({ status: 'ok' }));
  server.get('/readyz', async (_request, reply) => {
    const checks = await Promise.allSettled([platform.pg.query('select 1'), platform.clickhouse.rows('select 1')]);
    const [postgres, clickhouse] = checks.map((c) => c.status === 'fulfilled');
    return reply.status(postgres && clickhouse ? 200 : 503).send({ postgres, clickhouse });
  });
  server.get('/metrics', async (_request, reply) => {
    const { rss, heapUsed } = process.memoryUsage();
    // What is measured is from one look to the next; the time between two looks is no delay.
    const delaySeconds = (ns: number): number => Math.max(0, ns / 1e9 - everyMs / 1e3);
    const own = `process_resident_memory_bytes ${rss}\nnodejs_heap_used_bytes ${heapUsed}\n`
      + `nodejs_eventloop_delay_max_seconds ${delaySeconds(delay.max)}\nnodejs_eventloop_delay_p99_seconds ${delaySeconds(delay.percentile(99))}\n`;
    delay.reset();
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(own + (await metrics()));
  });
}
