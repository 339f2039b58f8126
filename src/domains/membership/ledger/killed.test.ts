import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { killWriter } from '../../../../test/kill-writer.ts';
import { redeemerCommand } from '../../../../test/redeemer-command.ts';
import { connect } from '../../../platform/connect.ts';
import { readConfig } from '../../../platform/config.ts';
import { createLog } from '../../../platform/log.ts';
import { Problem } from '../../../kernel/problem.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { proveLedger } from './store/proof.ts';

const alone = async (_: unknown, customerNos: readonly number[]) => new Map(customerNos.map((no) => [no, [no]]));

describe('points, when others write at the same time or the writer dies', () => {
  let test: TestPlatform;
  beforeAll(async () => {
    test = await createTestPlatform();
  });
  afterAll(() => test.close());
  const addsUp = async (): Promise<void> => expect(await proveLedger(test.platform.pg)).toEqual({ imbalances: [], wrongLots: [], overReversed: [] });

  it('check 4: are all there and add up after a kill at any moment, and nothing is carried out twice when it is sent again', async () => {
    const ledger = createLedger(test.platform, alone);
    let [spent, ended] = [0, 0];
    // On a machine that is busy little is done between two kills, and most of it earning: there are more of them then.
    for (let round = 0; round < 4 || spent < 20 || ended < 20; round++) {
      const ms = [150, 400, 700, 1_100][round % 4];
      const acknowledged = await killWriter('points-redeemer.ts', test.connections, `run ${round}`, ms);
      await addsUp();
      const again = await Promise.all(acknowledged.map((n) => ledger.execute(redeemerCommand(`run ${round}`, n, Date.now()))));
      expect(again.filter(({ isReplay }) => !isReplay)).toEqual([]);
      const { rows: twice } = await test.platform.pg.query('select command_key from points_entry where command_key is not null group by command_key having count(*) > 1');
      expect(twice).toEqual([]);
      ({ rows: [{ spent, ended }] } = await test.platform.pg.query<{ spent: number; ended: number }>(
        "select count(*) filter (where kind = 'spend') as spent, count(*) filter (where kind = 'expire') as ended from points_entry"));
    }
  });

  it('go the same way through two servers at once: same people, same keys, no circle of waiting, nothing below zero', async () => {
    const other = connect(readConfig({ PERENNIAL_DATA_DIR: test.connections.folders.facts }), test.connections, createLog('fatal'));
    const ledgers: Ledger[] = [createLedger(test.platform, alone), createLedger(other.platform, alone)];
    const people = Array.from({ length: 30 }, (_, i) => 500 + i);
    const base = (key: string, customerNo: number) => ({ key, customerNo, occurredAt: Date.now(), derivation: {}, input: key });
    await Promise.all(people.map((no) => ledgers[no % 2].execute({ ...base(`start ${no}`, no), kind: 'earn', amount: 60, availableAt: 0, expiresAt: null })));
    // Every key is sent to both; people in another order by each.
    const outcomes = await Promise.all(ledgers.flatMap((ledger, which) => Array.from({ length: 1_200 }, (_, i) => {
      const no = people[which === 0 ? i % 30 : 29 - (i % 30)];
      const turn = Math.floor(i / 30);
      return ledger.execute({ ...base(`spend ${no} ${turn}`, no), kind: 'spend', amount: 2 }).then(({ isReplay }) => (isReplay ? 'replay' : 'done'), (error: unknown) => (error instanceof Problem ? error.code : String(error)));
    })));
    const count = (what: string): number => outcomes.filter((each) => each === what).length;
    // Sixty points are thirty times two, for each of thirty people.
    expect([count('done'), count('replay') + count('membership.insufficient_points')]).toEqual([900, 1_500]);
    const { rows } = await test.platform.pg.query<{ left: number }>('select sum(remaining) as left from points_lot where customer_no = any($1)', [people]);
    expect(Number(rows[0].left)).toBe(0);
    await addsUp();
    await other.close();
  });
});
