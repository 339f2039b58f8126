import type pg from 'pg';
import { formatDecimal } from '../../../../kernel/decimal.ts';
import { conflict } from '../../../../kernel/problem.ts';

/** Counts an amount, in ten-thousandths, against a contract's cap; 409 where the cap does not hold it, nor the ledger so large an amount. Less is always taken. */
export async function commitToCap(client: pg.PoolClient, contractId: number, amount: bigint): Promise<void> {
  if (amount === 0n) return;
  const { rowCount } = await client.query({
    name: 'partners.commit-cap',
    text: `update partner_contract set committed = committed + $2::bigint / 10000.0 where contract_id = $1 and ($2::bigint < 0 or committed + $2::bigint / 10000.0 <= coalesce(cap, 99999999999999))`,
    values: [contractId, String(amount)],
  });
  if (!rowCount) throw conflict('membership.partner_cap_reached', { wanted: formatDecimal(amount) });
}
