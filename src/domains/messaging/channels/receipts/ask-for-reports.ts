import { readOpenAccount } from '../accounts/store.ts';
import type { ReportPeriod } from '../adapters/adapter.ts';
import type { Lanes } from '../hand-over/lanes.ts';
import { type ReceiptDoors, takeReceipts } from './take-receipts.ts';

/** Providers give up on a mail within a day, and take a while to say so. */
const lateMs = 86_400_000;
/** After a start it is not known how far it was read before. */
const firstMs = 3 * lateMs;
const askedDays = 3;
/** The provider allows fifty calls a minute; it is asked each minute. */
const mostPages = 40;
const betweenMs = 600_000;

interface Sweep extends ReportPeriod {
  isDone: boolean;
}

/**
 * Reads what became of messages of accounts whose provider has to be asked: over and over the last day, some pages at a time, going on where it
 * stopped. What was told before is left out. How far it came is kept in memory alone: the provider's word for it may hold addresses.
 */
export function createReports(doors: ReceiptDoors, lanes: Lanes): () => Promise<void> {
  const { pg: pool, secret, clock, log } = doors.platform;
  const sweeps = new Map<number, Sweep>();
  const begun = (accountNo: number): Sweep | null => {
    const [known, now] = [sweeps.get(accountNo), clock.now()];
    if (known && !known.isDone) return known;
    if (known && now.getTime() - known.until.getTime() < betweenMs) return null;
    return { since: new Date((known?.until ?? now).getTime() - (known ? lateMs : firstMs)), until: now, next: '', isDone: false };
  };
  const read = async (accountNo: number): Promise<void> => {
    const sweep = begun(accountNo);
    const account = sweep && (await readOpenAccount(pool, secret, accountNo));
    if (!account) return;
    sweeps.set(accountNo, sweep);
    await lanes.openOnce(account, async (adapter) => {
      for (let page = 0; page < mostPages && !sweep.isDone; page++) {
        const got = await adapter.reports?.({ ...sweep });
        if (!got) return;
        await takeReceipts(doors, account, got.told);
        // A place that does not move would be read for ever.
        sweep.isDone = got.next === '' || got.next === sweep.next;
        sweep.next = got.next;
      }
    });
  };
  return async () => {
    const { rows } = await pool.query<{ accountNo: number }>(
      `select a.account_no as "accountNo" from channel_account a join channel_health h using (account_no)
        where a.provider = 'directmail' and a.state <> 'off' and h.taken_at > $1::timestamptz - make_interval(days => $2)`, [clock.now(), askedDays]);
    for (const { accountNo } of rows) {
      try {
        await read(accountNo);
      } catch (error) {
        log.warn({ err: error, account: accountNo }, 'reports of messages could not be read');
      }
    }
  };
}
