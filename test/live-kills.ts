import { fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { rule as ruleSchema } from '../src/domains/audiences/contract.ts';
import { insertAudience } from '../src/domains/audiences/stored/keeping/store.ts';
import { writeReferences } from '../src/domains/audiences/stored/keeping/references.ts';
import { readMembers } from '../src/domains/audiences/stored/membership/read-membership.ts';
import { followAudience, takeChanges } from '../src/domains/audiences/public.ts';
import { Bitmap } from '../src/kernel/bitmap/bitmap.ts';
import type { Platform } from '../src/platform/platform.ts';
import { inTransaction } from '../src/platform/postgres/pool.ts';
import { insertCustomers, insertEvents } from './audience-people.ts';
import type { TestPlatform } from './harness.ts';
import { insertLines } from './order-lines.ts';

/** People of one batch of facts: in each audience all of them are meant, or none. */
const together = 10;
const blocks = 2_000;
const blockOf = (no: number): number => Math.floor((no - 1) / together);
const peopleOf = (block: number): number[] => Array.from({ length: together }, (_, i) => block * together + i + 1);

const viewed = { kind: 'measure', facts: { fact: 'event', name: 'Viewed' }, measure: 'times', compare: { is: 'at_least', value: 1 } };
const bought = { kind: 'measure', facts: { fact: 'order' }, measure: 'orders', period: { from: { ago: 30, unit: 'day' } }, compare: { is: 'at_least', value: 1 } };
const group = (match: string, ...parts: unknown[]): unknown => ({ kind: 'group', match, parts });
const rules = [viewed, bought, group('all', viewed, group('none', bought)), group('any', { kind: 'audience', audienceId: 1 }, { kind: 'audience', audienceId: 2 }), group('none', { kind: 'audience', audienceId: 3 })];

/** Live audiences whose keeper is killed again and again, somebody who takes what changed, and facts that go on coming. */
export interface Kills {
  /** Kills the keeper so many milliseconds after it began, while facts come. */
  killAfter(ms: number): Promise<void>;
  /** Every fault there is: members that are of no moment, versions that do not fit, changes taken twice or never. */
  faults(): Promise<string[]>;
  /** Lets the keeper follow to the end and answers with what is wrong then. */
  finish(): Promise<string[]>;
}

export async function startKills({ platform, connections }: TestPlatform): Promise<Kills> {
  const { pg, clickhouse } = platform;
  await insertCustomers(clickhouse, Array.from({ length: blocks * together }, () => ({})));
  await pg.query('create table taken (audience_id integer, customer_no integer, primary key (audience_id, customer_no))');
  for (const [i, rule] of rules.entries()) {
    await inTransaction(pg, async (client) => {
      const audienceId = await insertAudience(client, { name: `audience ${i}`, reason: '', kind: 'live', rule: ruleSchema.parse(rule), owner: 'test' }, new Date());
      const used = [...JSON.stringify(rule).matchAll(/"audienceId":(\d)/g)].map((match) => ({ audienceId: Number(match[1]), on: undefined, path: '' }));
      await writeReferences(client, audienceId, { audiences: used, lists: [] });
      await followAudience(client, 'test', audienceId);
    });
  }
  let [block, batchNo] = [0, 10];
  const happen = async (): Promise<void> => {
    const at = new Date().toISOString();
    batchNo++;
    if (batchNo % 2) await insertEvents(clickhouse, peopleOf(block++).map((customerNo) => ({ customerNo, at, name: 'Viewed', properties: {} })), batchNo);
    else await insertLines(clickhouse, peopleOf(batchNo % 4 ? block++ : block - 1).map((customerNo) => ({ customerNo, at, order: `${batchNo}-${customerNo}` })), batchNo);
    await pg.query(`insert into fact_batch (batch_no, file, byte_offset, byte_length, checksum, row_counts, applied_at) values ($1, 'test', 0, 0, '', '{}', now())`, [batchNo]);
  };
  /** Has begun when this resolves; tells after each round how many audiences moved. */
  const follower = async (): Promise<{ kill(): Promise<void>; moved: number[] }> => {
    const child = fork(join(import.meta.dirname, 'live-follower.ts'), [JSON.stringify(connections)], { execArgv: ['--disable-warning=ExperimentalWarning'] });
    const exited = new Promise((done) => child.once('exit', done));
    const moved: number[] = [];
    await new Promise((done) => child.once('message', done));
    child.on('message', (each) => void moved.push(each as number));
    return { moved, async kill() {
      child.kill('SIGKILL');
      await exited;
    } };
  };
  return {
    async killAfter(ms) {
      const running = await follower();
      const untilMs = performance.now() + ms;
      while (performance.now() < untilMs) {
        await happen();
        await take(platform);
        await sleep(Math.max(0, Math.min(20, untilMs - performance.now())));
      }
      await running.kill();
    },
    faults: () => faultsOf(platform),
    async finish() {
      const running = await follower();
      while (!(running.moved.length > 3 && running.moved.slice(-3).every((moved) => moved === 0))) await sleep(50);
      await running.kill();
      await take(platform);
      const { rows } = await pg.query<{ audience_id: number; members: number[] }>('select audience_id, array_agg(customer_no) as members from taken group by 1');
      const last = await Promise.all(rules.map((_, i) => currentMembers(platform, i + 1)));
      const [views, orders] = [last[0], last[1]];
      const expected = [views, orders, views.andNot(orders), views.or(orders), Bitmap.range(1, blocks * together + 1).andNot(views.andNot(orders))];
      return [
        ...(views.size + orders.size < block * together ? [`${views.size} viewed and ${orders.size} bought, of ${block * together} who did`] : []),
        ...expected.flatMap((members, i) => (members.equals(last[i]) ? [] : [`audience ${i + 1} is not what its rule says`])),
        ...last.flatMap((members, i) => (Bitmap.of(rows.find((row) => row.audience_id === i + 1)?.members ?? []).equals(members) ? [] : [`what was taken of audience ${i + 1} is not its members`])),
      ];
    },
  };
}

async function currentMembers({ pg }: Platform, audienceId: number): Promise<Bitmap> {
  const { rows: [{ versionNo }] } = await pg.query<{ versionNo: number }>('select version_no as "versionNo" from audience where audience_id = $1', [audienceId]);
  return readMembers(pg, audienceId, versionNo);
}

/** Takes all that changed. Somebody who enters twice, or leaves without having entered, makes it fail. */
async function take({ pg }: Platform): Promise<void> {
  while (await takeChanges(pg, 'test', async (client, { audienceId, entered, left }) => {
    await client.query('insert into taken select $1, unnest($2::int[])', [audienceId, [...entered]]);
    const { rowCount } = await client.query('delete from taken where audience_id = $1 and customer_no = any($2::int[])', [audienceId, [...left]]);
    if (rowCount !== left.size) throw new Error(`${left.size} left audience ${audienceId}, and ${rowCount} of them had entered`);
  }));
}

async function faultsOf({ pg }: Platform): Promise<string[]> {
  const { rows } = await pg.query<{ id: number; kind: string; version: number; size: number; newest: number; versions: number; newestSize: number }>(
    `select a.audience_id as id, kind, a.version_no as version, a.size, coalesce(max(v.version_no), 0) as newest, count(v)::int as versions,
        coalesce((array_agg(v.size order by v.version_no desc))[1], 0) as "newestSize"
      from audience a left join audience_version v using (audience_id) group by a.audience_id order by 1`);
  const faults: string[] = [];
  for (const { id, kind, version, size, newest, versions, newestSize } of rows) {
    const members = await readMembers(pg, id, version);
    if (newest !== version || versions !== version || newestSize !== size) faults.push(`audience ${id} is at version ${version} of ${newest}, with ${versions} of them and ${size} members for ${newestSize}`);
    if (members.size !== size) faults.push(`audience ${id} has ${members.size} members and says ${size}`);
    if (kind === 'fixed' && version !== 1) faults.push(`audience ${id} was frozen ${version} times`);
    const blocksOf = new Map<number, number>();
    for (const no of members) blocksOf.set(blockOf(no), (blocksOf.get(blockOf(no)) ?? 0) + 1);
    const between = [...blocksOf].filter(([, there]) => there !== together).map(([each]) => each);
    if (between.length > 0) faults.push(`audience ${id} has some of those who are meant together: ${between.join()}`);
  }
  return faults;
}
