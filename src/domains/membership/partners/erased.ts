import type pg from 'pg';
import { type HeldDataSource, standingIn } from '../../customers/public.ts';

/** What a person was given of partners. Erased, the benefit stays in the partner's ledger and is nobody's. */
export const heldPartnerBenefits = (pool: pg.Pool): HeldDataSource => ({
  name: 'partner_grant',
  acted: standingIn(pool, 'partner_grant'),
  async count({ customerNos }) {
    const { rows: [{ held }] } = await pool.query<{ held: number }>('select count(*)::int as held from partner_grant where customer_no = any($1::int[])', [customerNos]);
    return held;
  },
  async *export({ customerNos }) {
    for (let after = 0; ;) {
      const { rows } = await pool.query<{ grantNo: number }>(
        `select grant_no as "grantNo", customer_no as "customerNo", name as partner, names as benefit, granted_at as "grantedAt", expires_at as "expiresAt", used_at as "usedAt", reversed_at as "reversedAt"
          from partner_grant join partner_pack using (pack_no) join partner using (partner_id) where customer_no = any($1::int[]) and grant_no > $2 order by grant_no limit 1000`, [customerNos, after]);
      yield* rows;
      if (rows.length < 1000) return;
      after = rows[rows.length - 1].grantNo;
    }
  },
  async erase({ customerNos }) {
    const { rowCount } = await pool.query('update partner_grant set customer_no = null where customer_no = any($1::int[])', [customerNos]);
    return rowCount ?? 0;
  },
});
