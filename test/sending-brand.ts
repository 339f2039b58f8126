import type pg from 'pg';
import type { GivenContent } from '../src/domains/messaging/contract.ts';
import { writeRules } from '../src/domains/messaging/gate/settings/store.ts';
import type { NewRun } from '../src/domains/messaging/part.ts';
import { Bitmap } from '../src/kernel/bitmap/bitmap.ts';
import { inTransaction } from '../src/platform/postgres/pool.ts';
import { noRules } from './gate-shop.ts';
import { createMessagingServer, type MessagingServer } from './messaging-server.ts';
import { templatesOf } from './templates-of.ts';

export const mailOf = (customerNo: number): string => `u${customerNo}@example.com`;
export const shopLink = 'https://shop.test/spring';

/** A mail that greets, and leads to the shop: by a link that is the same for all, and by one of each person's own. */
export const greeting: GivenContent = { kind: 'mail', accent: '#1f7a5c', locales: { 'zh-CN': { subject: '{{ person.name | default: "朋友" }}，春茶上新', preheader: '', blocks: [
  { kind: 'text', key: 'a', text: '你好，{{ person.name | default: "朋友" }}' },
  { kind: 'button', key: 'b', text: '去看看', link: shopLink },
  { kind: 'footer', key: 'c', text: '[退订]({{ links.unsubscribe }})' },
] } } };

/** A brand that sends mails: people who agreed to them, a template, and no rule that holds anybody back. */
export interface SendingBrand extends MessagingServer {
  templateNo: number;
  /** So many people with mail addresses who agreed to mails; answers with their numbers. */
  people(count: number): Promise<Bitmap>;
  begin(run: Partial<NewRun> & { people: Bitmap }): Promise<number>;
  within<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T>;
  states(runNo: number): Promise<Record<string, number>>;
  reasons(runNo: number): Promise<Record<string, number>>;
  drain(): Promise<void>;
}

const longAgo = new Date('2026-01-01T00:00:00Z');

export async function createSendingBrand(): Promise<SendingBrand> {
  const test = await createMessagingServer('messaging.read messaging.templates messaging.approve');
  const { platform: { pg: pool, clock, config }, customers: { vault, consents }, messaging: { sending } } = test;
  config.outboundAllow.push('127.0.0.1');
  const templateNo = await templatesOf(test, { channel: 'email', purpose: 'marketing' }).approved(greeting);
  const within: SendingBrand['within'] = (work) => inTransaction(pool, work);
  await within((client) => writeRules(client, noRules, 'test', longAgo));
  let programs = 0;
  return {
    ...test, templateNo, within,
    async people(count) {
      const { rows: [{ first }] } = await pool.query<{ first: number }>('update customer_counter set next_no = next_no + $1 returning next_no - $1 as first', [count]);
      const customerNos = Array.from({ length: count }, (_, i) => first + i);
      await pool.query('insert into customer (customer_no, created_at) select no, $2 from unnest($1::int[]) as n (no)', [customerNos, longAgo]);
      await pool.query('insert into identifier (kind, hash, customer_no, value) select 3, hash, no, value from unnest($1::uuid[], $2::int[], $3::bytea[]) as i (hash, no, value)',
        [customerNos.map((no) => vault.hashOf('email', '', mailOf(no))), customerNos, customerNos.map((no) => vault.seal('email', '', mailOf(no)))]);
      await within((client) => consents.record(client, customerNos.map((customerNo) => ({ customerNo, channel: 'email', purpose: 'marketing', granted: true, at: longAgo, source: 'test', actor: 'test' }))));
      return Bitmap.fromSorted(customerNos);
    },
    begin: ({ people, ...run }) => within((client) => sending.begin(client, {
      programKind: 'campaign', programNo: ++programs, step: '', occasion: '', channel: 'email', purpose: 'marketing', category: '', expectedValue: '0', sendUntil: null,
      arms: [{ key: 'a', isControl: false, templateNo, templateVersion: 1, people }], experimentNo: null, sendFrom: clock.now(), perMinute: null, by: 'test', ...run,
    })),
    async states(runNo) {
      const { rows } = await pool.query<{ state: string; n: number }>('select state, count(*) as n from send_delivery where run_no = $1 group by 1 order by 1', [runNo]);
      return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
    },
    reasons: async (runNo) => (await sending.progress([runNo])).get(runNo)?.reasons ?? {},
    drain: sending.sender.drain,
  };
}
