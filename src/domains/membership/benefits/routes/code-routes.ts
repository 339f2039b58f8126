import { conflict, notFound } from '../../../../kernel/problem.ts';
import { route, type Route } from '../../../../platform/http/route.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { recordAudit } from '../../../access/public.ts';
import { addCodes, createCodePool, listCodePools, type ShownPool } from '../../contract/benefits.ts';
import type { MembershipDoors } from '../../part.ts';

/** Pools of coupon codes that benefits give from. */
export function codeRoutes({ platform: { pg: pool, clock } }: MembershipDoors): Route[] {
  return [
    route(listCodePools, async ({ query: { page, pageSize, q } }) => {
      const { rows } = await pool.query<Omit<ShownPool, 'createdAt'> & { createdAt: Date; total: number }>(
        `select p.pool_id as "poolId", p.name, p.kind, p.created_at as "createdAt", count(*) over () as total, case when kind = 'uploaded' then free end as left, issued, used
          from coupon_pool p cross join lateral (select count(*) filter (where state = 'free') as free, count(*) filter (where state <> 'free') as issued, count(*) filter (where state = 'used') as used
            from coupon_code c where c.pool_id = p.pool_id) as c
          where $1::text is null or strpos(lower(p.name), lower($1)) > 0 order by p.pool_id desc limit $2 offset $3`, [q ?? null, pageSize, (page - 1) * pageSize]);
      return { rows: rows.map(({ total: _, createdAt, ...row }) => ({ ...row, createdAt: createdAt.toISOString() })), total: rows[0]?.total ?? 0, computedAt: clock.now().toISOString() };
    }),
    route(createCodePool, ({ body, actor }) => inTransaction(pool, async (client) => {
      const { rows: [made] } = await client.query<{ poolId: number }>(
        'insert into coupon_pool (name, kind, prefix, created_at, created_by) values ($1, $2, $3, $4, $5) on conflict (lower(name)) do nothing returning pool_id as "poolId"',
        [body.name, body.kind, body.kind === 'generated' ? body.prefix : '', clock.now(), actor.name]);
      if (!made) throw conflict('membership.pool_name');
      await recordAudit(client, { actor, action: 'membership.create_pool', subject: `coupon_pool:${made.poolId}`, details: { name: body.name, kind: body.kind } });
      return made;
    })),
    route(addCodes, ({ params: { poolId }, body: { codes }, actor }) => inTransaction(pool, async (client) => {
      const { rows: [of] } = await client.query<{ kind: string }>('select kind from coupon_pool where pool_id = $1', [poolId]);
      if (!of) throw notFound('membership.pool_not_found', { poolId });
      if (of.kind !== 'uploaded') throw conflict('membership.pool_generates');
      const { rowCount } = await client.query("insert into coupon_code (pool_id, code, state) select $1, unnest($2::text[]), 'free' on conflict (pool_id, code) do nothing", [poolId, codes]);
      const added = rowCount ?? 0;
      await recordAudit(client, { actor, action: 'membership.add_codes', subject: `coupon_pool:${poolId}`, details: { added } });
      return { added, known: codes.length - added };
    })),
  ];
}
