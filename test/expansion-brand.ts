import type { FastifyInstance } from 'fastify';
import { createAudiences, type Audiences } from '../src/domains/audiences/public.ts';
import { createFieldRegistry } from '../src/domains/audiences/fields/registry.ts';
import { createDataVersions } from '../src/domains/audiences/set/data-versions.ts';
import { createSetEvaluator } from '../src/domains/audiences/set/evaluator.ts';
import { createMemberships } from '../src/domains/audiences/stored/membership/memberships.ts';
import { bytesOf } from '../src/domains/audiences/stored/membership/write-membership.ts';
import type { ExpansionDoors } from '../src/domains/audiences/expansion/run-expansion.ts';
import { loadDemo } from '../src/domains/collect/demo-brand/load.ts';
import { createFactLog } from '../src/domains/collect/facts/fact-log.ts';
import { createCommerce } from '../src/domains/commerce/public.ts';
import { createCustomers, createCustomerWriter } from '../src/domains/customers/public.ts';
import type { Endpoint, EndpointReply, EndpointRequest } from '../src/kernel/endpoint.ts';
import { Bitmap } from '../src/kernel/bitmap/bitmap.ts';
import type { Platform } from '../src/platform/platform.ts';
import { addressOf } from '../src/web/api/address.ts';
import { createTestPlatform, createTestServer } from './harness.ts';

export interface ExpansionBrand {
  platform: Platform;
  audiences: Audiences;
  server: FastifyInstance;
  /** What a search is run with by hand. */
  doors: ExpansionDoors;
  /** A request of somebody who may read and edit audiences. */
  ask<E extends Endpoint>(endpoint: E, request?: EndpointRequest<E>, locale?: string): Promise<{ status: number; body: EndpointReply<E>; code: string | undefined; text: string }>;
  /** An uploaded list of people, by its id. */
  list(customerNos: readonly number[]): Promise<number>;
  close(): Promise<void>;
}

/** The demonstration brand with so many customers, on stores of its own; its history ends now, and nobody works in the background. */
export async function createExpansionBrand(customers: number): Promise<ExpansionBrand> {
  const test = await createTestPlatform();
  const { platform } = test;
  const now = new Date('2026-06-18T04:00:00Z');
  platform.clock.now = () => now;
  const vaulted = createCustomers(platform);
  const facts = createFactLog(platform);
  await facts.start();
  await loadDemo(platform, {
    facts, customers: createCustomerWriter(vaulted.vault, vaulted.nameKeys), writeProducts: async () => undefined,
    async refresh() {
      await createCommerce(platform).refreshSummaries('all');
      await vaulted.copier.drain();
    },
    additions: [],
  }, { customers, seed: 11, endMs: now.getTime() });
  await facts.stop();
  const audiences = createAudiences(platform, vaulted);
  const server = await createTestServer(platform, audiences.routes);
  const memberships = createMemberships(platform);
  const versions = createDataVersions(platform.pg);
  const fields = createFieldRegistry();
  const evaluator = createSetEvaluator(platform, versions, { members: memberships.members, list: memberships.list, tag: async () => null });
  let lists = 0;
  return {
    platform, audiences, server,
    doors: { platform, fields, evaluator, versions, members: memberships.members },
    async ask(endpoint, request = {}, locale = 'en') {
      const reply = await server.inject({
        method: endpoint.method, url: addressOf(endpoint, request), payload: request.body as object | undefined,
        headers: { 'x-test-permissions': 'audiences.read audiences.edit', 'accept-language': locale },
      });
      const body = reply.body === '' ? {} : reply.json();
      return { status: reply.statusCode, body, code: body.code, text: reply.body };
    },
    async list(customerNos) {
      const { rows } = await platform.pg.query<{ id: number }>(
        `insert into audience_list (name, members, size, lines, unknown, duplicates, created_at, created_by) values ($1, $2, $3, $3, 0, 0, now(), 'test') returning list_id as id`,
        [`list ${++lists}`, bytesOf(Bitmap.of(customerNos)), customerNos.length]);
      return rows[0].id;
    },
    async close() {
      await server.close();
      await test.close();
    },
  };
}
