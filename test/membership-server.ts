import type { FastifyInstance } from 'fastify';
import { createMembership, type Membership } from '../src/domains/membership/public.ts';
import type { Endpoint, EndpointReply, EndpointRequest } from '../src/kernel/endpoint.ts';
import type { Platform } from '../src/platform/platform.ts';
import { addressOf } from '../src/web/api/address.ts';
import { createTestPlatform, createTestServer } from './harness.ts';
import { createInsightsOn } from './insights-server.ts';

/** Membership with the domains it stands on, over stores of a test file's own, at a time of its own. */
export interface MembershipServer extends ReturnType<typeof createInsightsOn> {
  platform: Platform;
  membership: Membership;
  server: FastifyInstance;
  /** What the clock says from now on. */
  setTime(now: string | Date): void;
  /** A request of somebody who may do everything here, unless permissions are given. */
  ask<E extends Endpoint>(endpoint: E, request?: EndpointRequest<E>, as?: { locale?: string; permissions?: string }): Promise<{ status: number; body: EndpointReply<E>; code: string | undefined; text: string }>;
  close(): Promise<void>;
}

export async function createMembershipServer(everything: string): Promise<MembershipServer> {
  const test = await createTestPlatform();
  const { platform } = test;
  let now = new Date('2026-06-18T04:00:00Z');
  platform.clock.now = () => now;
  const domains = createInsightsOn(platform);
  const membership = createMembership(platform, domains);
  const server = await createTestServer(platform, [...membership.routes, ...domains.insights.routes, ...domains.audiences.routes, ...domains.customers.routes]);
  return {
    ...domains, platform, membership, server,
    setTime: (given) => void (now = new Date(given)),
    async ask(endpoint, request = {}, { locale = 'en', permissions = everything } = {}) {
      const reply = await server.inject({
        method: endpoint.method, url: addressOf(endpoint, request), payload: request.body as object | undefined,
        headers: { 'x-test-permissions': permissions, 'accept-language': locale },
      });
      const body = reply.headers['content-type']?.toString().includes('json') ? reply.json() : {};
      return { status: reply.statusCode, body, code: body.code, text: reply.body };
    },
    async close() {
      await membership.stop();
      await domains.insights.stop();
      await server.close();
      await test.close();
    },
  };
}
