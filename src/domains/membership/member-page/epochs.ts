import type pg from 'pg';

/** Which links of a number are still good: those made in its epoch. */
export async function readEpoch(client: pg.Pool | pg.PoolClient, customerNo: number): Promise<number> {
  const { rows } = await client.query<{ epoch: number }>({ name: 'membership.page-epoch', text: 'select epoch from member_page_epoch where customer_no = $1', values: [customerNo] });
  return rows[0]?.epoch ?? 0;
}

/** Ends whatever was made for these numbers until now. */
export async function raiseEpochs(client: pg.PoolClient, customerNos: readonly number[], now: Date): Promise<void> {
  await client.query(
    `insert into member_page_epoch as known (customer_no, epoch, raised_at) select no, 1, $2 from unnest($1::int[]) as no order by no
      on conflict (customer_no) do update set epoch = known.epoch + 1, raised_at = $2`, [customerNos, now]);
}
