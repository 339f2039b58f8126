import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { redeemerCommand } from '../../../../test/redeemer-command.ts';
import { Problem } from '../../../kernel/problem.ts';
import { readConfig } from '../../../platform/config.ts';
import { connect } from '../../../platform/connect.ts';
import { createLog } from '../../../platform/log.ts';
import type { Command } from './command.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { proveLedger } from './store/proof.ts';
import { verifyLedger } from './store/verify.ts';

const dayMs = 86_400_000;
const alone = async (_: unknown, customerNos: readonly number[]) => new Map(customerNos.map((no) => [no, [no]]));

describe('points, by two servers at once', () => {
  let test: TestPlatform;
  let other: ReturnType<typeof connect>;
  let servers: Ledger[];
  let now = Date.parse('2026-01-01T00:00:00Z');
  let [made, people] = [0, 0];
  beforeAll(async () => {
    test = await createTestPlatform();
    other = connect(readConfig({ PERENNIAL_DATA_DIR: test.connections.folders.facts }), test.connections, createLog('fatal'));
    const clock = { now: () => new Date(now) };
    servers = [createLedger({ pg: test.platform.pg, clock }, alone), createLedger({ pg: other.platform.pg, clock }, alone)];
  });
  afterAll(async () => {
    await other.close();
    await test.close();
  });

  const base = (customerNo: number) => ({ key: `k${++made}`, customerNo, occurredAt: now, derivation: {} });
  const earning = (customerNo: number, amount: number, expiresAt: number | null = null): Command => ({ ...base(customerNo), kind: 'earn', amount, availableAt: now, expiresAt });
  const spending = (customerNo: number, amount: number): Command => ({ ...base(customerNo), kind: 'spend', amount });
  const outcome = (which: number, command: Command): Promise<string> =>
    servers[which % 2].execute(command).then(({ isReplay }) => (isReplay ? 'replay' : 'done'), (error: unknown) => (error instanceof Problem ? error.code : String(error)));
  const counted = (outcomes: readonly string[]): Record<string, number> => Object.fromEntries([...Map.groupBy(outcomes, (each) => each)].map(([what, own]) => [what, own.length]).toSorted());
  const entries = async (where: string, ...values: unknown[]): Promise<number> => (await test.platform.pg.query<{ n: number }>(`select count(*) as n from points_entry where ${where}`, values)).rows[0].n;
  const addsUp = async (): Promise<void> => expect(await proveLedger(test.platform.pg)).toEqual({ imbalances: [], wrongLots: [], overReversed: [] });

  it('check 1: the same key answers the same: one after the other, in one batch, and from another server', async () => {
    const command = earning(++people, 10);
    const answers = [await servers[0].execute(command), ...(await Promise.all([command, command].map((each) => servers[0].execute(each)))), await servers[1].execute(command)];
    expect(answers.map(({ isReplay }) => isReplay)).toEqual([false, true, true, true]);
    for (const answer of answers) expect({ ...answer, isReplay: false }).toEqual(answers[0]);
    expect(await entries('command_key = $1', command.key)).toBe(1);
  });

  it('check 2: the same key with another amount, another person or another command is refused, and nothing is written', async () => {
    const [no, someone] = [++people, ++people];
    const command = earning(no, 10);
    await servers[0].execute(command);
    const before = await entries('true');
    const others = [{ ...command, amount: 11 }, { ...command, customerNo: someone }, { ...command, kind: 'spend' as const }] as Command[];
    for (const each of others) expect([await outcome(0, each), await outcome(1, each)]).toEqual(['membership.key_used', 'membership.key_used']);
    expect(await entries('true')).toBe(before);
  });

  it('check 3: of fifty at once with one key, for 200 keys, one is carried out and the others are answered the same', async () => {
    const commands = Array.from({ length: 200 }, () => earning(++people, 5));
    const outcomes = await Promise.all(commands.flatMap((command) => Array.from({ length: 50 }, (_, i) => outcome(i, command))));
    expect(counted(outcomes)).toEqual({ done: 200, replay: 200 * 49 });
    expect(await entries('command_key = any($1)', commands.map(({ key }) => key))).toBe(200);
  });

  it('check 4: what is on disk when the server dies before it answers is there once when it is sent again: 200 commands of two servers', async () => {
    for (const run of ['first', 'second']) {
      const child = fork(join(import.meta.dirname, '../../../../test/answerless-redeemer.ts'), [JSON.stringify(test.connections), run, '100', String(now)], { stdio: 'inherit' });
      await once(child, 'exit');
      expect(child.signalCode).toBe('SIGKILL');
    }
    const again = await Promise.all(['first', 'second'].flatMap((run) => Array.from({ length: 100 }, (_, n) => outcome(n, redeemerCommand(run, n, now)))));
    const { replay = 0, 'membership.insufficient_points': refused = 0 } = counted(again);
    // Whoever had nothing to redeem was refused then and is refused now.
    expect([replay + refused, replay > 150]).toEqual([200, true]);
    expect(await entries("command_key like 'first %' or command_key like 'second %'")).toBe(replay);
    await addsUp();
  });

  it('check 7: of fifty redemptions of ten out of a hundred points at once exactly ten succeed, and nothing is ever below zero', async () => {
    const no = ++people;
    await servers[0].execute(earning(no, 100));
    let lowest = Infinity;
    const looking = (async () => {
      for (let i = 0; i < 20; i++) lowest = Math.min(lowest, (await test.platform.pg.query<{ left: number }>('select sum(remaining)::int as left from points_lot where customer_no = $1', [no])).rows[0].left);
    })();
    const outcomes = await Promise.all(Array.from({ length: 50 }, (_, i) => outcome(i, spending(no, 10))));
    await looking;
    expect(counted(outcomes)).toEqual({ done: 10, 'membership.insufficient_points': 40 });
    expect(lowest).toBeGreaterThanOrEqual(0);
    expect(await entries('customer_no = $1 and kind = $2', no, 'spend')).toBe(10);
  });

  it('check 9: each of 500 redemptions that is given back twice at once is given back once, and totals are what they were', async () => {
    const spent = Array.from({ length: 500 }, (_, i) => ({ no: people + 1 + (i % 50), command: spending(people + 1 + (i % 50), 3) }));
    for (let i = 0; i < 50; i++) await servers[0].execute(earning(++people, 30));
    expect(counted(await Promise.all(spent.map(({ command }, i) => outcome(i, command))))).toEqual({ done: 500 });
    const back = (no: number, of: string): Command => ({ ...base(no), kind: 'give_back', of, amount: 3, reinstatedUntil: now + dayMs });
    const outcomes = await Promise.all(spent.flatMap(({ no, command }) => [0, 1].map((which) => outcome(which, back(no, command.key)))));
    expect(counted(outcomes)).toEqual({ done: 500, 'membership.reverses_too_much': 500 });
    const { rows: [{ left }] } = await test.platform.pg.query<{ left: number }>('select sum(remaining)::int as left from points_lot where customer_no > $1 and customer_no <= $2', [people - 50, people]);
    expect(left).toBe(1_500);
    await addsUp();
  });

  it('check 10: every lot ends once, though two servers bring it up to date at the same time', async () => {
    const from = people;
    await Promise.all(Array.from({ length: 400 }, (_, i) => servers[i % 2].execute(earning(++people, 7, now + dayMs))));
    now += 2 * dayMs;
    await Promise.all(servers.flatMap((server) => [0, 1].map(async () => {
      while ((await server.settleDue()) > 0);
    })));
    expect(await entries("kind = 'expire' and amount = -7 and customer_no > $1 and customer_no <= $2", from, people)).toBe(400);
    await addsUp();
  });

  it('check 12: whatever is changed, taken out, added or swapped by hand is found, and named by the first that is wrong', async () => {
    const { pg } = test.platform;
    const whole = await verifyLedger(pg);
    expect(whole).toEqual({ entries: await entries('true'), fault: null });
    const numbers = (await pg.query<{ no: number }>("select entry_no as no from points_entry where kind = 'earn' order by 1 limit 9")).rows.map(({ no }) => no);
    const spoilt = async (...statements: string[]) => {
      const client = await pg.connect();
      try {
        await client.query('begin');
        for (const sql of statements) await client.query(sql);
        return (await verifyLedger(client)).fault;
      } finally {
        await client.query('rollback');
        client.release();
      }
    };
    const [first, second, third] = numbers;
    const named = (no: number) => ({ kind: 'entry', no });
    expect(await spoilt(`update points_entry set amount = amount + 1 where entry_no in (${second}, ${third})`)).toEqual(named(second));
    expect(await spoilt(`update points_entry set customer_no = customer_no + 1 where entry_no = ${third}`)).toEqual(named(third));
    expect(await spoilt(`update points_entry set kind = 'spend' where entry_no = ${first}`)).toEqual(named(first));
    // A line is taken out with all that refers to it: what was answered for it still says that it was there.
    const gone = `(select lot_no from points_allocation where entry_no = ${third})`;
    expect(await spoilt(`update points_entry set reverses = null where reverses = ${third}`, `create temp table gone on commit drop as ${gone.slice(1, -1)}`,
      'delete from points_allocation where lot_no in (select lot_no from gone)', 'delete from points_lot where lot_no in (select lot_no from gone)', `delete from points_entry where entry_no = ${third}`)).toEqual(named(third));
    // Two lines of one account change places: it adds up all the same.
    const no = ++people;
    await servers[0].execute(earning(no, 40));
    await servers[0].execute(spending(no, 3));
    await servers[0].execute(spending(no, 8));
    const spent = (await pg.query<{ no: number }>("select entry_no as no from points_entry where customer_no = $1 and kind = 'spend' order by 1", [no])).rows.map((row) => row.no);
    expect(await spoilt(`update points_entry set amount = -11 - amount where entry_no in (${spent.join()})`)).toEqual(named(spent[0]));
    // A line that nobody sent.
    expect(await spoilt(`insert into points_entry select ${spent[1]} + 5000, customer_no, kind, amount, shortfall, occurred_at, recorded_at, command_key, reverses, derivation from points_entry where entry_no = ${spent[1]}`,
      `insert into points_allocation (entry_no, lot_no, amount) select ${spent[1]} + 5000, lot_no, amount from points_allocation where entry_no = ${spent[1]}`)).toEqual(named(spent[1] + 5_000));
    expect(await spoilt(`update points_lot set remaining = remaining - 1 where customer_no = ${no}`)).toMatchObject({ kind: 'lot' });
    expect(await verifyLedger(pg)).toMatchObject({ fault: null });
  });
});
