import type pg from 'pg';
import { toldBits } from '../../sending/facts/told-bits.ts';
import { readOpenAccount } from '../accounts/store.ts';
import type { Lanes } from '../hand-over/lanes.ts';
import { type ReceiptDoors, takeReceipts } from './take-receipts.ts';

/** Employees have so many days; what was not sent on by then is not asked for any more. */
const askedDays = 7;
/** Tasks of an account that are asked after in a round; the next round goes on behind them. */
const mostTasks = 500;

/** Tasks with somebody of whom nothing was told, in their order: of runs that handed over within the days, each in its own month. */
async function openTasks(pool: pg.Pool, accountNo: number, since: Date, after: string, most: number): Promise<string[]> {
  const { rows } = await pool.query<{ task: string }>(
    `select distinct t.task from send_run r cross join lateral (
        select distinct split_part(provider_id, ' ', 1) as task from send_delivery d
          where d.occasion_on = r.occasion_on and d.run_no = r.run_no and d.account_no = $1 and d.provider_id is not null and d.handed_at > $2 and d.told & $3 = 0) t
      where r.channel = 'wecom' and (r.finished_at is null or r.finished_at > $2) and t.task > $4 order by t.task limit $5`,
    [accountNo, since, toldBits.delivered | toldBits.bounced, after, most]);
  return rows.map(({ task }) => task);
}

/** Asks what became of messages that employees had to send on, some tasks at a time and on from where it stopped. What was told before is left out. */
export function createResults(doors: ReceiptDoors, lanes: Lanes, most = mostTasks): () => Promise<void> {
  const { pg: pool, secret, clock, log } = doors.platform;
  const places = new Map<number, string>();
  const read = async (accountNo: number): Promise<void> => {
    const tasks = await openTasks(pool, accountNo, new Date(clock.now().getTime() - askedDays * 86_400_000), places.get(accountNo) ?? '', most);
    // After the last it begins again.
    places.set(accountNo, tasks.length < most ? '' : tasks[tasks.length - 1]);
    const account = tasks.length === 0 ? null : await readOpenAccount(pool, secret, accountNo);
    if (!account) return;
    const told = await lanes.openOnce(account, async (adapter) => (await adapter.results?.(tasks, clock.now())) ?? []);
    for (let from = 0; from < told.length; from += 1_000) await takeReceipts(doors, account, told.slice(from, from + 1_000));
  };
  return async () => {
    const { rows } = await pool.query<{ accountNo: number }>(`select account_no as "accountNo" from channel_account where provider = 'wecom' and state <> 'off' order by account_no`);
    for (const { accountNo } of rows) {
      try {
        await read(accountNo);
      } catch (error) {
        // One account that cannot be asked keeps no other from it.
        log.warn({ err: error, account: accountNo }, 'results of mass messages could not be read');
      }
    }
  };
}
