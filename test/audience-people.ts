import { randomUUID } from 'node:crypto';
import type { ClickHouse } from '../src/platform/clickhouse/client.ts';
import type { KeptSets } from '../src/domains/audiences/person/read-persons.ts';

/** A customer as the copies in ClickHouse hold one. */
export interface TestCustomer {
  customerNo: number;
  status: 'active' | 'merged' | 'erased';
  createdAt: string;
  gender: string;
  birthDate: string | null;
  province: string;
  city: string;
  channel: string;
  attributes: Record<string, unknown>;
  tags: number[];
  consents: string[];
  identifierKinds: number[];
}

/** Puts copies of customers into ClickHouse as the copier would. */
export async function insertCustomers(clickhouse: ClickHouse, given: Partial<TestCustomer>[], version = 2_000): Promise<void> {
  await clickhouse.insertRows('customer', given.map((one, i) => ({
    customer_no: one.customerNo ?? i + 1,
    version,
    status: one.status ?? 'active',
    created_at: (one.createdAt ?? '2026-01-01T00:00:00.000Z').replace('Z', ''),
    channel: one.channel ?? '',
    gender: one.gender ?? '',
    birth_date: one.birthDate ?? null,
    province: one.province ?? '',
    city: one.city ?? '',
    attributes: one.attributes ?? {},
    tags: one.tags ?? [],
    consents: one.consents ?? [],
    identifier_kinds: one.identifierKinds ?? [],
  })));
}

export interface TestEvent {
  customerNo: number;
  /** ISO, UTC. */
  at: string;
  name: string;
  properties: Record<string, unknown>;
}

/** Puts events into ClickHouse as if they had come through the fact log. */
export async function insertEvents(clickhouse: ClickHouse, events: readonly TestEvent[], batchNo = 1): Promise<void> {
  await clickhouse.insertRows('event', events.map(({ customerNo, at, name, properties }) => ({
    event_id: randomUUID(), batch_no: String(batchNo), import_id: 0, customer_no: customerNo, occurred_at: at.replace('Z', ''), received_at: at.replace('Z', ''),
    kind: 'track', name, properties, channel: '', source: 'test',
  })));
}

/** Nobody is kept anywhere, and every tag was given by hand. */
export const noSets: KeptSets = { members: async () => new Set<number>(), list: async () => new Set<number>(), tag: async () => null };
