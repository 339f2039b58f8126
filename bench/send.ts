import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAudiences } from '../src/domains/audiences/public.ts';
import { createCollect } from '../src/domains/collect/public.ts';
import { createCommerce } from '../src/domains/commerce/public.ts';
import { createCustomers, type Customers } from '../src/domains/customers/public.ts';
import { createInsights } from '../src/domains/insights/public.ts';
import { createChannels } from '../src/domains/messaging/channels/channels.ts';
import { firstRules } from '../src/domains/messaging/contract/gate-rules.ts';
import { createGate } from '../src/domains/messaging/gate/gate.ts';
import { writeRules } from '../src/domains/messaging/gate/settings/store.ts';
import type { MessagingDoors, NewRun } from '../src/domains/messaging/part.ts';
import { createDeciding } from '../src/domains/messaging/sending/gating/decide-batch.ts';
import { readQueued } from '../src/domains/messaging/sending/handing/claim.ts';
import { createPace } from '../src/domains/messaging/sending/handing/pace.ts';
import { prepare } from '../src/domains/messaging/sending/handing/hand-over.ts';
import { openTemplates } from '../src/domains/messaging/sending/handing/make-parcels.ts';
import type { SendTools } from '../src/domains/messaging/sending/run-tools.ts';
import { readPeople, readRuns } from '../src/domains/messaging/sending/runs/run.ts';
import { createSending } from '../src/domains/messaging/sending/sending.ts';
import { summarise } from '../src/domains/messaging/sending/summary/summaries.ts';
import { batchesInHand } from '../src/domains/messaging/sending/work-run.ts';
import { createMessageTokens } from '../src/domains/messaging/sending/tracking/message-tokens.ts';
import { createTemplates } from '../src/domains/messaging/templates/templates.ts';
import { Bitmap } from '../src/kernel/bitmap/bitmap.ts';
import { inTurns } from '../src/kernel/in-turns.ts';
import { createSay } from '../src/platform/i18n.ts';
import type { Platform } from '../src/platform/platform.ts';
import { inTransaction } from '../src/platform/postgres/pool.ts';
import { addMailAccount } from '../test/channel-accounts.ts';
import { openPlatform } from './input/open-platform.ts';
import type { Figure } from './run.ts';

const peopleAtOnce = 20_000;
const longAgo = new Date('2026-01-01T00:00:00Z');

/** A campaign to many people, stage by stage: frozen, decided by the rules a shop begins with, mails made with Liquid, and handed over to a mail server that counts. */
export async function* run({ recipients = 1_000_000, rendered = 100_000, handed = 20_000 }: Record<string, number>): AsyncGenerator<Figure> {
  const dataDir = mkdtempSync(join(tmpdir(), 'perennial-send-'));
  const { platform, close } = await openPlatform(dataDir);
  platform.config.outboundAllow.push('127.0.0.1');
  const server = fork(join(import.meta.dirname, 'input/counting-mail-server.ts'), { execArgv: ['--disable-warning=ExperimentalWarning'] });
  const [port] = await once(server, 'message') as [number];
  let most = 0;
  const watching = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 100);
  try {
    yield* measure(platform, server, port, { recipients, rendered: Math.min(rendered, recipients), handed: Math.min(handed, recipients) });
    const memory = Math.round(most / 2 ** 20);
    yield { name: 'send.memory', value: memory, unit: 'MiB', target: 1_536, holds: memory <= 1_536, recipients };
  } finally {
    clearInterval(watching);
    server.kill();
    await close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function* measure(platform: Platform, server: ChildProcess, port: number, size: { recipients: number; rendered: number; handed: number }): AsyncGenerator<Figure> {
  const { recipients, rendered, handed } = size;
  const { doors, tools, sending, stop } = openDoors(platform);
  const { pg: pool } = platform;
  const rate = (name: string, count: number, ms: number, target: number): Figure => {
    const value = Math.round(count / (ms / 1_000));
    return { name, value, unit: '/s', target, holds: value >= target, recipients, counted: count };
  };
  await fill(platform, doors.customers, recipients);
  await addMailAccount(platform, port, { perSecond: 10_000, atOnce: 64 });
  const templateNo = await addTemplate(platform);
  const begin = (programNo: number, people: Bitmap): Promise<number> => inTransaction(pool, (client) => sending.begin(client, {
    programKind: 'campaign', programNo, step: '', occasion: '', channel: 'email', purpose: 'marketing', category: '', expectedValue: '1', sendFrom: new Date(), sendUntil: null,
    arms: [{ key: 'a', isControl: false, templateNo, templateVersion: 1, people }], experimentNo: null, perMinute: null, by: 'bench',
  } satisfies NewRun));

  const everybody = Bitmap.range(1, recipients + 1);
  const [runNo, frozenMs] = await timed(() => begin(1, everybody));
  yield { name: 'send.frozen', value: Math.round(frozenMs) / 1_000, unit: 's', target: 5, holds: frozenMs <= 5_000, recipients };

  const [run] = await readRuns(pool, [runNo]);
  const deciding = createDeciding(platform, tools.gate, run, await readPeople(pool, runNo));
  const [queued, decidedMs] = await timed(async () => {
    let sum = 0;
    for (let some = await deciding.next(); some !== null; some = await deciding.next()) sum += some;
    return sum;
  });
  yield rate('send.decided', recipients, decidedMs, 20_000);

  const templates = await openTemplates(tools.templates, run, { tokens: tools.tokens, site: 'https://crm.shop.test' });
  const [made, madeMs] = await timed(async () => {
    const waiting = await readQueued(pool, run, null, new Date(), Math.min(rendered, queued));
    const batches = Array.from({ length: Math.ceil(waiting.length / 500) }, (_, at) => waiting.slice(at * 500, (at + 1) * 500));
    const counts = await inTurns(batchesInHand, batches, async (batch) => (await prepare({ tools, run, templates, pace: createPace(null, () => performance.now()) }, batch)).parcels.length);
    return [...counts.values()].reduce((sum, count) => sum + count, 0);
  });
  yield rate('send.rendered', made, madeMs, 5_000);

  const [, countedMs] = await timed(async () => {
    await pool.query('insert into send_run_changed (run_no) values ($1) on conflict do nothing', [runNo]);
    await summarise(platform);
  });
  const [, pageMs] = await timed(() => sending.progress([runNo]));
  yield { name: 'send.summary', value: Math.round(countedMs), unit: 'ms', target: 2_000, holds: countedMs <= 2_000, recipients };
  yield { name: 'send.progress', value: Math.round(pageMs), unit: 'ms', target: 200, holds: pageMs <= 200, recipients };

  await pool.query("update send_run set state = 'paused'");
  await pool.query('truncate send_claim');
  await begin(2, Bitmap.range(1, handed + 1));
  const [, handedMs] = await timed(() => sending.sender.drain());
  server.send('?');
  const [mails] = await once(server, 'message') as [number];
  yield { ...rate('send.handed_over', mails, handedMs, 1_000), wanted: handed };
  await stop();
}

function openDoors(platform: Platform) {
  const customers = createCustomers(platform);
  const commerce = createCommerce(platform);
  const audiences = createAudiences(platform, customers);
  const insights = createInsights(platform, { commerce, customers, audiences, dataVersion: async () => 1 });
  const doors: MessagingDoors = { platform, say: createSay(), customers, commerce, audiences, insights, facts: createCollect(platform, customers, commerce) };
  const channels = createChannels(doors);
  const [templates, gate] = [createTemplates(doors, channels), createGate(doors)];
  const tools: SendTools = { platform, channels, templates, gate, tell: doors.facts.tell, tokens: createMessageTokens(platform.secret) };
  const sending = createSending(doors, { channels, templates, gate });
  return { doors, tools, sending, async stop() {
    for (const part of [sending, channels, templates]) await part.stop?.();
  } };
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const startedMs = performance.now();
  return [await work(), performance.now() - startedMs];
}

/** People with names and mail addresses who agreed to mails. */
async function fill({ pg: pool }: Platform, { vault }: Customers, people: number): Promise<void> {
  await pool.query("insert into customer (customer_no, created_at) select n, $2 from generate_series(1, $1::int) n", [people, longAgo]);
  await pool.query(`insert into consent (customer_no, channel, purpose, granted, at, source, actor) select n, 'email', 'marketing', true, $2, 'bench', 'bench' from generate_series(1, $1::int) n`, [people, longAgo]);
  await pool.query("insert into customer_profile (customer_no, city, language) select n, '杭州', 'zh-CN' from generate_series(1, $1::int) n", [people]);
  for (let from = 1; from <= people; from += peopleAtOnce) {
    const numbers = Array.from({ length: Math.min(peopleAtOnce, people + 1 - from) }, (_, i) => from + i);
    await pool.query('insert into identifier (kind, hash, customer_no, value) select 3, hash, no, value from unnest($1::uuid[], $2::int[], $3::bytea[]) as i (hash, no, value)',
      [numbers.map((no) => vault.hashOf('email', '', `u${no}@example.com`)), numbers, numbers.map((no) => vault.seal('email', '', `u${no}@example.com`))]);
  }
  await pool.query("insert into identifier_namespace (kind, namespace) values (3, '') on conflict do nothing");
  await inTransaction(pool, (client) => writeRules(client, { ...firstRules, quiet: [], quotas: [] }, 'bench', longAgo));
  await pool.query('vacuum analyze');
}

/** A mail as shops send it: a greeting, pictures, two columns, a button, the ways out. */
async function addTemplate({ pg: pool }: Platform): Promise<number> {
  const blocks = [
    { kind: 'title', key: 'a', text: '{{ person.name | default: "朋友" }}，春茶上新', align: 'center', when: '' },
    { kind: 'image', key: 'b', address: 'https://shop.test/spring.jpg', alt: '春茶', link: 'https://shop.test/spring', width: 600, when: '' },
    { kind: 'text', key: 'c', text: '{% if person.city %}{{ person.city }}的{% endif %}{{ person.name | default: "朋友" }}，今年的**第一批**龙井到了。[看看](https://shop.test/tea)', align: 'left', when: '' },
    { kind: 'button', key: 'd', text: '去看看', link: 'https://shop.test/spring', align: 'center', when: '' },
    { kind: 'footer', key: 'e', text: '[退订]({{ links.unsubscribe }})', when: '' },
  ];
  const content = { kind: 'mail', accent: '#1f7a5c', locales: { 'zh-CN': { subject: '{{ person.name | default: "朋友" }}，春茶上新', preheader: '', blocks } } };
  const { rows: [{ no }] } = await pool.query<{ no: number }>("insert into message_template (name, channel, purpose, created_by, created_at) values ('bench', 'email', 'marketing', 'bench', now()) returning template_no as no");
  await pool.query("insert into message_template_version (template_no, version_no, content, state, edited_by, edited_at) values ($1, 1, $2, 'approved', 'bench', now())", [no, JSON.stringify(content)]);
  return no;
}
