import type { FastifyInstance } from 'fastify';
import { createAudiences, type Audiences } from '../src/domains/audiences/public.ts';
import { createCommerce, type Commerce } from '../src/domains/commerce/public.ts';
import { createCustomers, type Customers } from '../src/domains/customers/public.ts';
import { createInsights, type Insights } from '../src/domains/insights/public.ts';
import type { Endpoint, EndpointReply, EndpointRequest } from '../src/kernel/endpoint.ts';
import type { Platform } from '../src/platform/platform.ts';
import { addressOf } from '../src/web/api/address.ts';
import { createTestPlatform, createTestServer } from './harness.ts';

/** Insights with the domains it stands on, over stores of a test file's own. */
export interface InsightsServer {
  platform: Platform;
  commerce: Commerce;
  customers: Customers;
  audiences: Audiences;
  insights: Insights;
  server: FastifyInstance;
  /** A request of somebody who may do everything here, unless permissions are given. */
  ask<E extends Endpoint>(endpoint: E, request?: EndpointRequest<E>, as?: { locale?: string; permissions?: string }): Promise<{ status: number; body: EndpointReply<E>; code: string | undefined; text: string }>;
  /** To be called after facts were put in by hand: totals are made anew, and answers that were kept are old. */
  changed(): Promise<void>;
  close(): Promise<void>;
}

/** The domains alone. Answers are kept for a version of the data: that of PostgreSQL, unless another is given. */
export function createInsightsOn(platform: Platform, dataVersion = async () => (await platform.pg.query<{ version: number }>('select data_version as version from fact_state')).rows[0].version) {
  const customers = createCustomers(platform);
  const commerce = createCommerce(platform);
  const audiences = createAudiences(platform, customers);
  return { customers, commerce, audiences, insights: createInsights(platform, { commerce, customers, audiences, dataVersion }) };
}

const everything = 'insights.read insights.export insights.train insights.edit audiences.read audiences.edit';

export async function createInsightsServer(): Promise<InsightsServer> {
  const test = await createTestPlatform();
  const { platform } = test;
  const { commerce, customers, audiences, insights } = createInsightsOn(platform);
  const server = await createTestServer(platform, [...insights.routes, ...audiences.routes]);
  return {
    platform, commerce, customers, audiences, insights, server,
    async ask(endpoint, request = {}, { locale = 'en', permissions = everything } = {}) {
      const reply = await server.inject({
        method: endpoint.method, url: addressOf(endpoint, request), payload: request.body as object | undefined,
        headers: { 'x-test-permissions': permissions, 'accept-language': locale },
      });
      const body = reply.headers['content-type']?.toString().includes('json') ? reply.json() : {};
      return { status: reply.statusCode, body, code: body.code, text: reply.body };
    },
    async changed() {
      await commerce.refreshSummaries('all');
      await platform.pg.query('update fact_state set data_version = data_version + 1');
    },
    async close() {
      await insights.stop();
      await server.close();
      await test.close();
    },
  };
}
