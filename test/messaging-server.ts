import type { FastifyInstance } from 'fastify';
import { type Campaigns, createCampaigns } from '../src/domains/campaigns/public.ts';
import { createCollect, type Collect } from '../src/domains/collect/public.ts';
import { createMessaging, type Messaging } from '../src/domains/messaging/public.ts';
import type { Endpoint, EndpointReply, EndpointRequest } from '../src/kernel/endpoint.ts';
import type { Connections } from '../src/platform/connect.ts';
import type { Platform } from '../src/platform/platform.ts';
import { addressOf } from '../src/web/api/address.ts';
import { createTestPlatform, createTestServer } from './harness.ts';
import { createInsightsOn } from './insights-server.ts';

/** Messages and campaigns with the domains they stand on, over stores of a test file's own, at a time of its own. */
export interface MessagingServer extends ReturnType<typeof createInsightsOn> {
  platform: Platform;
  connections: Connections;
  collect: Collect;
  messaging: Messaging;
  campaigns: Campaigns;
  server: FastifyInstance;
  /** What the clock says from now on. */
  setTime(now: string | Date): void;
  /** A request of somebody who may do everything here, unless permissions are given. */
  ask<E extends Endpoint>(endpoint: E, request?: EndpointRequest<E>, as?: { locale?: string; permissions?: string; staff?: number }): Promise<{ status: number; body: EndpointReply<E>; code: string | undefined; text: string }>;
  close(): Promise<void>;
}

/** How requests are put to a server. */
export const askOf = (server: FastifyInstance, everything: string): MessagingServer['ask'] => async (endpoint, request = {}, { locale = 'en', permissions = everything, staff = 1 } = {}) => {
  const reply = await server.inject({
    method: endpoint.method, url: addressOf(endpoint, request), payload: request.body as object | undefined,
    headers: { 'x-test-permissions': permissions, 'x-test-staff': String(staff), 'accept-language': locale },
  });
  const body = reply.headers['content-type']?.toString().includes('json') ? reply.json() : {};
  return { status: reply.statusCode, body, code: body.code, text: reply.body };
};

export async function createMessagingServer(everything: string): Promise<MessagingServer> {
  const test = await createTestPlatform();
  const { platform } = test;
  let now = new Date('2026-06-18T04:00:00Z');
  platform.clock.now = () => now;
  const domains = createInsightsOn(platform);
  const collect = createCollect(platform, domains.customers, domains.commerce);
  const messaging = createMessaging(platform, { ...domains, facts: collect });
  const campaigns = createCampaigns(platform, { ...domains, messaging, dataVersion: async () => (await platform.pg.query<{ version: number }>('select data_version as version from fact_state')).rows[0].version });
  const server = await createTestServer(platform, [...messaging.routes, ...campaigns.routes, ...domains.audiences.routes]);
  return {
    ...domains, platform, connections: test.connections, collect, messaging, campaigns, server,
    setTime: (given) => void (now = new Date(given)),
    ask: askOf(server, everything),
    async close() {
      await campaigns.stop();
      await messaging.stop();
      await domains.insights.stop();
      await server.close();
      await test.close();
    },
  };
}
