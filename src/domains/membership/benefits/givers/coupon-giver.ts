import type { Say } from '../../../../platform/i18n.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { issueCode, voidCode } from './coupon-codes.ts';
import type { BenefitGiver } from './giver.ts';

/** Codes of coupons, out of pools. */
export const couponGiver = ({ pg: pool }: Platform, say: Say): BenefitGiver => ({
  kind: 'coupon',
  isSpentOnArrival: false,
  name: (locale) => say(locale, 'membership', 'benefits.giver.coupon'),
  async choices() {
    const { rows } = await pool.query<{ poolId: number; name: string; left: number | null }>(
      `select pool_id as "poolId", name, case when kind = 'uploaded' then (select count(*) from coupon_code c where c.pool_id = p.pool_id and state = 'free') end as left from coupon_pool p order by lower(name)`);
    return rows.map(({ poolId, name, left }) => ({ of: String(poolId), name, left }));
  },
  async describe({ of, amount }, locale) {
    const { rows } = await pool.query<{ name: string }>('select name from coupon_pool where pool_id = $1', [Number(of) || 0]);
    return say(locale, 'membership', 'benefits.gift.coupon', { count: amount, name: rows[0]?.name ?? of });
  },
  async grant({ key, customerNo, gift: { of, amount }, at, expiresAt }) {
    const codes: string[] = [];
    const issue = { poolId: Number(of) || 0, customerNo, at: new Date(at), expiresAt: expiresAt === null ? null : new Date(expiresAt) };
    for (let i = 0; i < amount; i++) codes.push(await issueCode(pool, { ...issue, key: `${key} ${i}` }));
    return { codes };
  },
  async takeBack({ key, gift: { amount } }) {
    for (let i = 0; i < amount; i++) await voidCode(pool, `${key} ${i}`);
  },
});
