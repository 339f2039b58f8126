import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createGateShop, type GateShop } from '../../../../../test/gate-shop.ts';
import type { SendTools } from '../run-tools.ts';
import { readRuns } from '../runs/run.ts';
import { deliveryKey } from './delivery.ts';
import { noteHanding } from './note-handing.ts';
import { recordAnswers } from './record-answers.ts';

let shop: GateShop;
/** One connection: what it has read can be told exactly. */
let alone: pg.Pool;
beforeAll(async () => {
  shop = await createGateShop();
  alone = new pg.Pool({ connectionString: shop.platform.pg.options.connectionString, max: 1 });
});
afterAll(async () => {
  await alone.end();
  await shop.close();
});

async function rowsRead(): Promise<number> {
  await alone.query('select pg_stat_force_next_flush()');
  const { rows: [{ n }] } = await alone.query<{ n: string }>("select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::text as n from pg_stat_user_tables where relname ~ '^send_delivery_[0-9]'");
  return Number(n);
}

const queue = (runNo: number, people: number) => alone.query(
  "insert into send_delivery (occasion_on, run_no, customer_no, state, not_before) select '2026-06-01', $1, n, 'queued', '2026-06-18' from generate_series(1, $2::int) n", [runNo, people]);

it('of a run that statistics do not know yet no more is read than is handed over', async () => {
  await alone.query("select make_send_month('2026-06-01')");
  await shop.rules({});
  const people = await shop.people(100);
  await Promise.all([shop.run(), shop.run()]);
  await alone.query(`update send_run set arms = '[{"key": "a", "isControl": false, "templateNo": 1, "templateVersion": 1}]'`);
  const [known, run] = await readRuns(alone, [1, 2]);
  await queue(known.runNo, 20_000);
  await alone.query('analyze send_delivery');
  await queue(run.runNo, 20_000);
  await shop.decide(run, people, new Date('2026-06-18T04:00:00Z'));
  const tools = { gate: shop.gate, tell: async () => {}, platform: { ...shop.platform, pg: alone } } as unknown as SendTools;
  const places = people.map((customerNo) => ({ customerNo, occasion: '' }));
  const before = await rowsRead();
  const attempts = await noteHanding(tools.platform, shop.gate, run, places.map((place) => ({
    accountNo: 1, inHand: { ...place, key: deliveryKey(run.runNo, place), arm: 0, personNo: place.customerNo, isPlain: false, attempts: 0, isNoted: false },
  })));
  expect(attempts).toEqual(people.map(() => 1));
  await recordAnswers(tools, run, places.map((place) => ({ ...place, attempts: 1, accountNo: 1, answer: { outcome: 'taken' } })));
  expect(await rowsRead() - before).toBeLessThan(2_000);
  expect((await alone.query("select count(*)::int as n from send_delivery where run_no = $1 and state = 'handed'", [run.runNo])).rows).toEqual([{ n: 100 }]);
});
