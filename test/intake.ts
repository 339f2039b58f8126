import type { FastifyInstance } from 'fastify';
import { createFactLog, type FactLog } from '../src/domains/collect/facts/fact-log.ts';
import type { IntakeBounds } from '../src/domains/collect/intake/api/tracking-api.ts';
import { createIntake, type Intake } from '../src/domains/collect/intake/intake.ts';
import { createCommerce } from '../src/domains/commerce/public.ts';
import { createCustomers, type Customers } from '../src/domains/customers/public.ts';
import type { IdentifierKind } from '../src/domains/customers/identifiers/kinds.ts';
import type { Platform } from '../src/platform/platform.ts';
import { createTestPlatform, createTestServer } from './harness.ts';

export type Sent = Record<string, unknown>;

/** The whole way of an event, on real engines: a server that takes it and a worker that makes a fact of it. */
export interface IntakeTest {
  platform: Platform;
  customers: Customers;
  facts: FactLog;
  intake: Intake;
  server: FastifyInstance;
  /** A write key that works. */
  secret: string;
  /** POST to `/v1/<name>`; throws unless the answer is 200. */
  send(name: string, body: Sent): Promise<Sent>;
  /** Until every accepted event is in ClickHouse. */
  drain(): Promise<void>;
  restartWorker(): Promise<void>;
  ask(sql: string, params?: Record<string, unknown>): Promise<unknown[]>;
  customerOf(kind: IdentifierKind, value: string): Promise<number>;
  close(): Promise<void>;
}

export async function createIntakeTest(bounds?: IntakeBounds): Promise<IntakeTest> {
  const { platform, close } = await createTestPlatform();
  const customers = createCustomers(platform);
  const commerce = createCommerce(platform);
  const doors = { customers, upsertProducts: commerce.products.upsert, refreshSummaries: commerce.refreshSummaries };
  const facts = createFactLog(platform);
  const intake = createIntake(platform, facts, doors, bounds);
  await facts.start();
  const server = await createTestServer(platform, intake.routes, intake.trackingApi);
  const { secret } = await intake.writeKeys.create('test key');
  const authorization = `Basic ${Buffer.from(`${secret}:`).toString('base64')}`;
  return {
    platform, customers, facts, intake, server, secret,
    async send(name, body) {
      const reply = await server.inject({ method: 'POST', url: `/v1/${name}`, payload: body, headers: { authorization } });
      if (reply.statusCode !== 200) throw new Error(`${reply.statusCode} ${reply.body}`);
      return reply.json();
    },
    drain: () => intake.worker.drain(),
    async restartWorker() {
      await facts.stop();
      await facts.start();
    },
    ask: (sql, params) => platform.clickhouse.rows(sql, params),
    async customerOf(kind, value) {
      const client = await platform.pg.connect();
      try {
        const [no] = await customers.identities.resolve(client, [{ identifiers: [{ kind, namespace: '', value }], at: new Date() }]);
        return no;
      } finally {
        client.release();
      }
    },
    async close() {
      await server.close();
      await facts.stop();
      await close();
    },
  };
}
