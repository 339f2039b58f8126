import type { FastifyInstance } from 'fastify';
import { createCustomers, type Customers, type SaidTraits } from '../src/domains/customers/public.ts';
import type { Identifier, IdentifierKind } from '../src/domains/customers/contract.ts';
import type { Endpoint, EndpointReply, EndpointRequest } from '../src/kernel/endpoint.ts';
import type { Route } from '../src/platform/http/route.ts';
import type { Platform } from '../src/platform/platform.ts';
import { inTransaction } from '../src/platform/postgres/pool.ts';
import { addressOf } from '../src/web/api/address.ts';
import { createTestPlatform, createTestServer, type TestPlatform } from './harness.ts';

/** A reply: what the endpoint promises, or the problem's code. */
export interface Answer<E extends Endpoint> {
  status: number;
  body: EndpointReply<E>;
  code: string | undefined;
  text: string;
}

export interface CustomersServer {
  platform: Platform;
  connections: TestPlatform['connections'];
  customers: Customers;
  server: FastifyInstance;
  /** A customer with these identifiers (`kind` or `kind:namespace` to value) and traits, seen on a day of January 2026. */
  person(identifiers: Record<string, string>, traits?: SaidTraits['traits'], day?: number, channel?: string): Promise<number>;
  /** A request with these permissions, separated by spaces; null is somebody who is not signed in. */
  ask<E extends Endpoint>(endpoint: E, permissions: string | null, request?: EndpointRequest<E>): Promise<Answer<E>>;
  close(): Promise<void>;
}

const identifiersOf = (given: Record<string, string>): Identifier[] =>
  Object.entries(given).map(([key, value]) => {
    const [kind, namespace = ''] = key.split(':');
    return { kind: kind as IdentifierKind, namespace, value };
  });

/** The customers domain over HTTP, on stores of its own, and what `others` put beside it. */
export async function createCustomersServer(others: (platform: Platform, customers: Customers) => Route[] = () => []): Promise<CustomersServer> {
  const test = await createTestPlatform();
  const { platform } = test;
  const customers = createCustomers(platform);
  const server = await createTestServer(platform, [...customers.routes, ...others(platform, customers)]);
  return {
    platform,
    connections: test.connections,
    customers,
    server,
    person: (identifiers, traits = {}, day = 1, channel = '官网') => inTransaction(platform.pg, async (client) => {
      const at = new Date(Date.UTC(2026, 0, day));
      const [customerNo] = await customers.identities.resolve(client, [{ identifiers: identifiersOf(identifiers), at, channel }]);
      await customers.profiles.applyTraits(client, [{ customerNo, traits, at }]);
      return customerNo;
    }),
    async ask(endpoint, permissions, request = {}) {
      const reply = await server.inject({
        method: endpoint.method,
        url: addressOf(endpoint, request),
        payload: request.body as object | undefined,
        headers: { 'accept-language': 'en', ...(permissions === null ? {} : { 'x-test-permissions': permissions }) },
      });
      const isJson = String(reply.headers['content-type']).includes('json') && reply.body !== '';
      const body = isJson ? reply.json() : undefined;
      return { status: reply.statusCode, body, code: body?.code, text: reply.body };
    },
    async close() {
      await server.close();
      await test.close();
    },
  };
}
