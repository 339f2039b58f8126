import type pg from 'pg';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { carryOut, type Done, type LineagesOf, type Result, settleAll } from './carry-out.ts';
import type { Command } from './command.ts';
import { Numbers } from './store/numbers.ts';

/** The points of everybody: commands in, balances and reasons out. */
export interface Ledger {
  /**
   * Carries out a command, durably and once however often it is sent. Refused with 404 or 409 where it cannot be.
   * Commands that come at the same time share a transaction.
   */
  execute(command: Command): Promise<Done>;
  /** Carries out commands in somebody else's transaction, in their order: so that they and what stands beside them are written together, or not at all. */
  carryOut(client: pg.PoolClient, commands: readonly Command[]): Promise<Result[]>;
  /** Does what time alone does for those for whom something is due: some thousand at a time; returns how many there were. */
  settleDue(): Promise<number>;
}

const batchSize = 128;
/** While one batch waits for the disk, another is made. */
const batchesAtOnce = 2;
const dueAtOnce = 2_000;

interface Waiting {
  command: Command;
  resolve(done: Done): void;
  reject(error: unknown): void;
}

export function createLedger({ pg: pool, clock }: Pick<Platform, 'pg' | 'clock'>, lineagesOf: LineagesOf): Ledger {
  const numbers = new Numbers();
  const queue: Waiting[] = [];
  let running = 0;
  const run = (commands: readonly Command[]): Promise<Result[]> => inTransaction(pool, (client) => carryOut({ client, numbers, lineagesOf, at: clock.now() }, commands));
  const answer = ({ resolve, reject }: Waiting, result: Result): void => ('done' in result ? resolve(result.done) : reject(result.refused));
  /** A batch that fails as a whole is tried again one by one, so that nobody pays for another's fault. */
  const oneByOne = async (batch: readonly Waiting[], error: unknown): Promise<void> => {
    if (batch.length === 1) return batch[0].reject(error);
    for (const waiting of batch) await run([waiting.command]).then(([result]) => answer(waiting, result), waiting.reject);
  };
  const work = async (): Promise<void> => {
    running++;
    while (queue.length > 0) {
      const batch = queue.splice(0, batchSize);
      await run(batch.map(({ command }) => command)).then((results) => batch.forEach((waiting, i) => answer(waiting, results[i])), (error: unknown) => oneByOne(batch, error));
    }
    running--;
  };
  return {
    carryOut: (client, commands) => carryOut({ client, numbers, lineagesOf, at: clock.now() }, commands),
    execute: (command) => new Promise((resolve, reject) => {
      queue.push({ command, resolve, reject });
      // What else comes in this turn of the loop goes with it.
      if (running < batchesAtOnce) setImmediate(() => void (running < batchesAtOnce && queue.length > 0 && work()));
    }),
    async settleDue() {
      const at = clock.now();
      const { rows } = await pool.query<{ customerNo: number }>('select customer_no as "customerNo" from points_account where due_at <= $1 order by due_at limit $2', [at, dueAtOnce]);
      if (rows.length > 0) await inTransaction(pool, (client) => settleAll({ client, numbers, lineagesOf, at }, rows.map(({ customerNo }) => customerNo)));
      return rows.length;
    },
  };
}
