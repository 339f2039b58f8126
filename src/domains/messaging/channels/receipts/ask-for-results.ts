import { readOpenAccount } from '../accounts/store.ts';
import type { Lanes } from '../hand-over/lanes.ts';
import { type ReceiptDoors, takeReceipts } from './take-receipts.ts';

/** Employees have so many days; what was not sent on by then is not asked for any more. */
const askedDays = 7;
const mostMessages = 50_000;

/** Asks what became of messages that employees had to send on. What was told before is left out. */
export async function askForResults(doors: ReceiptDoors, lanes: Lanes): Promise<void> {
  const { pg: pool, secret, clock, log } = doors.platform;
  const { rows } = await pool.query<{ accountNo: number; providerIds: string[] }>(
    `select a.account_no as "accountNo", s.ids as "providerIds" from channel_account a cross join lateral (
        select array_agg(provider_id) as ids from (
          select provider_id from send_delivery d where d.account_no = a.account_no and provider_id is not null and handed_at > $1::timestamptz - make_interval(days => $2) limit $3) one) s
      where a.provider = 'wecom' and a.state <> 'off' and s.ids is not null`, [clock.now(), askedDays, mostMessages]);
  for (const { accountNo, providerIds } of rows) {
    const account = await readOpenAccount(pool, secret, accountNo);
    if (!account) continue;
    try {
      const told = await lanes.openOnce(account, async (adapter) => (await adapter.results?.(providerIds, clock.now())) ?? []);
      for (let from = 0; from < told.length; from += 1_000) await takeReceipts(doors, account, told.slice(from, from + 1_000));
    } catch (error) {
      // One account that cannot be asked keeps no other from it.
      log.warn({ err: error, account: accountNo }, 'results of mass messages could not be read');
    }
  }
}
