import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../src/app.ts';
import { createCommerce } from '../src/domains/commerce/public.ts';
import { createCustomers } from '../src/domains/customers/public.ts';
import { systemActor } from '../src/kernel/actor.ts';
import { createServer } from '../src/platform/http/server.ts';
import { createSay } from '../src/platform/i18n.ts';
import { openPlatform } from './input/open-platform.ts';
import { insertEvents } from './input/events.ts';
import { insertOrderLines } from './input/order-lines.ts';
import { insertPeople, personOf } from './input/people.ts';
import type { Figure } from './run.ts';

/** People who are looked up; enough that none is asked for twice. */
const known = 100_000;

interface Asked {
  name: string;
  target: number;
  rounds: number;
  /** The addresses a screen reads at once for a person. */
  addresses: (no: number) => string[];
}

const search = (q: string): string[] => [`/api/customers/search?q=${encodeURIComponent(q)}`];

const asked: Asked[] = [
  { name: 'profile.page.p95', target: 50, rounds: 400, addresses: (no) => [`/api/customers/${no}`, `/api/customers/${no}/timeline`] },
  { name: 'search.phone.p95', target: 100, rounds: 200, addresses: (no) => search(personOf(no).phone) },
  { name: 'search.email.p95', target: 100, rounds: 200, addresses: (no) => search(personOf(no).email) },
  { name: 'search.member_no.p95', target: 100, rounds: 200, addresses: (no) => search(personOf(no).memberNo) },
  { name: 'search.external_id.p95', target: 100, rounds: 200, addresses: (no) => search(personOf(no).externalId) },
  { name: 'search.surname.p95', target: 100, rounds: 100, addresses: (no) => search(personOf(no).name[0]) },
  { name: 'search.name_prefix.p95', target: 100, rounds: 100, addresses: (no) => search(personOf(no).name.slice(0, 2)) },
  { name: 'list.newest.p95', target: 1_500, rounds: 8, addresses: () => ['/api/customers'] },
  { name: 'list.filtered.p95', target: 1_500, rounds: 8, addresses: (no) => [`/api/customers?channel=${encodeURIComponent('官网')}&gender=male&page=${1 + (no % 9)}`] },
  { name: 'list.spent.p95', target: 4_000, rounds: 4, addresses: () => ['/api/customers?sort=-spent'] },
];

/** A customer's page, the search box and the list of customers, among many customers with their orders and events. */
export async function* run({ customers = 1_000_000, lines = 5_000_000, events = Math.floor(lines / 2) }: Record<string, number>): AsyncGenerator<Figure> {
  const dataDir = mkdtempSync(join(tmpdir(), 'perennial-profile-'));
  const { platform, log, close } = await openPlatform(dataDir);
  try {
    await insertPeople(platform.pg, platform.clickhouse, createCustomers(platform), { known: Math.min(known, customers), all: customers });
    await insertOrderLines(platform.clickhouse, { customers, lines });
    await insertEvents(platform.clickhouse, { customers, events });
    await createCommerce(platform).refreshSummaries('all');
    const { routes } = createApp(platform, undefined);
    const server = await createServer({ log, say: createSay(), routes, authenticate: async () => systemActor });
    const ask = async (url: string): Promise<void> => {
      const reply = await server.inject({ url });
      if (reply.statusCode !== 200) throw new Error(`${url}: ${reply.body}`);
    };
    for (const { name, target, rounds, addresses } of asked) {
      const value = await p95(rounds, (round) => Promise.all(addresses(personFor(round, Math.min(known, customers))).map(ask)));
      yield { name, value, unit: 'ms', target, holds: value <= target, customers, lines, events };
    }
    await server.close();
  } finally {
    await close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Another person each round, all over the numbers. */
const personFor = (round: number, among: number): number => 1 + ((round * 7_919) % among);

/** Milliseconds that 95 of 100 rounds stay within; the first tenth warms up and does not count. */
async function p95(rounds: number, work: (round: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  const warming = Math.ceil(rounds / 10);
  for (let round = 0; round < rounds + warming; round++) {
    const startedMs = performance.now();
    await work(round);
    if (round >= warming) times.push(performance.now() - startedMs);
  }
  return Math.round(times.sort((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] * 10) / 10;
}
