import type { FastifyInstance } from 'fastify';
import type { Platform } from '../platform/platform.ts';

/** `/healthz`: the process answers. `/readyz`: both stores answer too. `/metrics`: figures for Prometheus. */
export function serveHealth(server: FastifyInstance, platform: Platform, metrics: () => Promise<string>): void {
  server.get('/healthz', async () => ({ status: 'ok' }));
  server.get('/readyz', async (_request, reply) => {
    const checks = await Promise.allSettled([platform.pg.query('select 1'), platform.clickhouse.rows('select 1')]);
    const [postgres, clickhouse] = checks.map((c) => c.status === 'fulfilled');
    return reply.status(postgres && clickhouse ? 200 : 503).send({ postgres, clickhouse });
  });
  server.get('/metrics', async (_request, reply) => {
    const { rss, heapUsed } = process.memoryUsage();
    const own = `process_resident_memory_bytes ${rss}\nnodejs_heap_used_bytes ${heapUsed}\n`;
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(own + (await metrics()));
  });
}
