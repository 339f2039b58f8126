import type pg from 'pg';
import type { ConsentChannel, ConsentPurpose } from '../src/domains/customers/contract.ts';
import { createCustomers, type Customers } from '../src/domains/customers/public.ts';
import { createAudiences } from '../src/domains/audiences/public.ts';
import { type GateRules, firstRules } from '../src/domains/messaging/contract/gate-rules.ts';
import { createGate } from '../src/domains/messaging/gate/gate.ts';
import { writeRules } from '../src/domains/messaging/gate/settings/store.ts';
import type { Candidate, Experiments, Gate, GatedRun, MessagingDoors, MessagingPart } from '../src/domains/messaging/part.ts';
import { createSay } from '../src/platform/i18n.ts';
import type { Platform } from '../src/platform/platform.ts';
import { inTransaction } from '../src/platform/postgres/pool.ts';
import { createTestPlatform } from './harness.ts';

/** No rule at all: what a test wants it sets. */
export const noRules: GateRules = { ...firstRules, caps: [], quiet: [], quotas: [], leastAge: null, complaintsStop: false };

/** The gate over stores of a test file's own. */
export interface GateShop {
  platform: Platform;
  customers: Customers;
  gate: Gate & MessagingPart;
  /** So many people with a phone and a mail address, who agreed to marketing by both. */
  people(count: number): Promise<number[]>;
  say(customerNos: readonly number[], granted: boolean, about?: { channel?: ConsentChannel; purpose?: ConsentPurpose; at?: Date }): Promise<void>;
  rules(rules: Partial<GateRules>): Promise<void>;
  run(run?: Partial<GatedRun> & { state?: string }): Promise<GatedRun>;
  decide(run: GatedRun, people: readonly (number | Partial<Candidate>)[], now: Date): ReturnType<Gate['decide']>;
  stillMay(run: GatedRun, customerNos: readonly number[], now: Date): ReturnType<Gate['stillMay']>;
  within<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export async function createGateShop(experiments?: Experiments): Promise<GateShop> {
  const test = await createTestPlatform();
  const { platform } = test;
  const customers = createCustomers(platform);
  const audiences = createAudiences(platform, customers);
  const gate = createGate({ platform, say: createSay(), customers, audiences } as MessagingDoors, experiments);
  const within: GateShop['within'] = (work) => inTransaction(platform.pg, work);
  let nextNo = 1;
  let programs = 0;
  const longAgo = new Date('2026-01-01T00:00:00Z');
  const shop: GateShop = {
    platform, customers, gate, within,
    async people(count) {
      const numbers = Array.from({ length: count }, () => nextNo++);
      const { rows: [counter] } = await platform.pg.query<{ no: number }>('update customer_counter set next_no = next_no + $1 returning next_no - $1 as no', [count]);
      const customerNos = numbers.map((_, index) => counter.no + index);
      await platform.pg.query('insert into customer (customer_no, created_at) select no, $2 from unnest($1::int[]) as n (no)', [customerNos, longAgo]);
      for (const [kind, code, write] of [['phone', 2, (no: number) => `+86138${String(no).padStart(8, '0')}`], ['email', 3, (no: number) => `u${no}@example.com`]] as const) {
        await platform.pg.query('insert into identifier (kind, hash, customer_no, value) select $1, hash, no, value from unnest($2::uuid[], $3::int[], $4::bytea[]) as i (hash, no, value)',
          [code, customerNos.map((no) => customers.vault.hashOf(kind, '', write(no))), customerNos, customerNos.map((no) => customers.vault.seal(kind, '', write(no)))]);
      }
      for (const channel of ['sms', 'email'] as const) await shop.say(customerNos, true, { channel, at: longAgo });
      return customerNos;
    },
    say: (customerNos, granted, { channel = 'sms', purpose = 'marketing', at = new Date() } = {}) => within((client) =>
      customers.consents.record(client, customerNos.map((customerNo) => ({ customerNo, channel, purpose, granted, at, source: 'test', actor: 'test' })))),
    rules: (rules) => within(async (client) => void (await writeRules(client, { ...noRules, ...rules }, 'test', longAgo))),
    async run({ state = 'running', ...given } = {}) {
      const run: Omit<GatedRun, 'runNo'> = {
        occasionOn: '2026-06-01', programKind: 'campaign', programNo: ++programs, channel: 'sms', purpose: 'marketing', category: '', expectedValue: '0', sendUntil: null, ...given,
      };
      const { rows } = await platform.pg.query<{ no: number }>(
        `insert into send_run (program_kind, program_no, step, occasion, occasion_on, channel, purpose, category, expected_value, arms, state, send_from, send_until, created_at, created_by)
          values ($1, $2, '', '', $3, $4, $5, $6, $7, '[]', $8, now(), $9, now(), 'test') returning run_no as no`,
        [run.programKind, run.programNo, run.occasionOn, run.channel, run.purpose, run.category, run.expectedValue, state, run.sendUntil]);
      return { ...run, runNo: rows[0].no };
    },
    decide: (run, people, now) => within((client) => gate.decide(client, run,
      people.map((one) => ({ customerNo: 0, occasion: '', arm: 0, isControl: false, ...(typeof one === 'number' ? { customerNo: one } : one) })), now)),
    stillMay: (run, customerNos, now) => within((client) => gate.stillMay(client, run, customerNos.map((customerNo) => ({ customerNo, occasion: '' })), now)),
    close: test.close,
  };
  return shop;
}
