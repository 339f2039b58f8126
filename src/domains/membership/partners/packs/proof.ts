import type pg from 'pg';

/**
 * Proves a partner's ledger, or that of all: of every pack what it counts is what its lines come to, and never more than it holds was given;
 * every benefit has its lines and no other; every code that is out is somebody's; counter-entries are as large as what they take back.
 * Answers with what does not add up.
 */
export async function provePartnerLedger(connection: pg.Pool | pg.PoolClient, partnerId: number | null = null): Promise<string[]> {
  const { rows } = await connection.query<{ fault: string }>(
    `with line as (select * from partner_entry where $1::int is null or partner_id = $1),
      pack as (select * from partner_pack where $1::int is null or partner_id = $1),
      told as (select pack_no, sum(units) filter (where kind = 'bought') as bought, count(*) filter (where kind = 'granted') as granted, count(*) filter (where kind = 'used') as used,
        count(*) filter (where kind = 'reversed') as reversed, coalesce(sum(units) filter (where kind = 'reversed'), 0) as returned, sum(units) as remaining from line group by 1)
    select 'pack ' || pack_no || ': its counts are not what its lines come to' as fault from pack left join told using (pack_no)
      where (pack.bought, pack.granted, pack.used, pack.reversed, pack.returned) <> (coalesce(told.bought, 0), coalesce(told.granted, 0), coalesce(told.used, 0), coalesce(told.reversed, 0), coalesce(told.returned, 0))
        or (is_limited and pack.bought - pack.granted + pack.returned <> coalesce(told.remaining, 0))
    union all select 'pack ' || pack_no || ': more was given than it holds' from pack where is_limited and bought - granted + returned < 0
    union all select 'benefit ' || grant_no || ': its lines do not tell what it is' from partner_grant g join pack using (pack_no)
        left join lateral (select count(*) filter (where kind = 'granted') as granted, count(*) filter (where kind = 'used') as used, count(*) filter (where kind = 'reversed') as reversed from line where line.grant_no = g.grant_no) l on true
      where (l.granted, l.used, l.reversed) <> (1, (used_at is not null)::int, (reversed_at is not null)::int)
    union all select 'benefit ' || g.grant_no || ': it has no code' from partner_grant g join pack using (pack_no) left join partner_code c on c.grant_no = g.grant_no where codes <> 'none' and c.grant_no is null
    union all select 'line ' || r.entry_no || ': it does not take back line ' || e.entry_no || ' exactly' from line r join partner_entry e on e.entry_no = r.reverses
      where r.amount <> -e.amount or r.grant_no is distinct from e.grant_no or r.currency <> e.currency limit 100`, [partnerId]);
  return rows.map(({ fault }) => fault);
}
