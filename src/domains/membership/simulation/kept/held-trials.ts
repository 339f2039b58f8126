import type pg from 'pg';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { decodeBitmap } from '../../../../kernel/bitmap/portable-read.ts';
import { encodeBitmap } from '../../../../kernel/bitmap/portable-write.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import type { HeldDataSource } from '../../../customers/public.ts';
import type { KeptResult } from './store.ts';

interface Cell {
  trialNo: number;
  cell: string;
  people: Buffer;
}

const readCells = async (connection: pg.Pool | pg.PoolClient): Promise<Cell[]> =>
  (await connection.query<Cell>('select trial_no as "trialNo", cell, people from programme_trial_people order by trial_no, cell')).rows;

/** Where people stand in trials: for exports and erasures. */
export const heldTrials = (pool: pg.Pool): HeldDataSource => ({
  name: 'programme_trial_people',
  async count({ customerNos }) {
    const gone = Bitmap.of(customerNos);
    return (await readCells(pool)).reduce((held, { people }) => held + decodeBitmap(people).andSize(gone), 0);
  },
  async *export({ customerNos }) {
    for (const { trialNo, cell, people } of await readCells(pool)) {
      const held = decodeBitmap(people);
      for (const customerNo of customerNos) if (held.has(customerNo)) yield { trialNo, cell, customerNo };
    }
  },
  async erase(person) {
    const held = await this.count(person);
    const gone = Bitmap.of(person.customerNos);
    await inTransaction(pool, async (client) => {
      for (const { trialNo, cell, people } of await readCells(client)) {
        const rest = decodeBitmap(people);
        if (rest.andSize(gone) > 0) await client.query('update programme_trial_people set people = $3 where trial_no = $1 and cell = $2', [trialNo, cell, Buffer.from(encodeBitmap(rest.andNot(gone)))]);
      }
      const { rows } = await client.query<{ trialNo: number; result: KeptResult }>('select trial_no as "trialNo", result from programme_trial where result is not null for update');
      for (const { trialNo, result } of rows) {
        const worst = result.worst.filter(({ customerNo }) => !gone.has(customerNo));
        if (worst.length < result.worst.length) await client.query('update programme_trial set result = $2 where trial_no = $1', [trialNo, { ...result, worst }]);
      }
    });
    return held;
  },
});
