import { randomInt } from 'node:crypto';
import type pg from 'pg';
import { conflict, notFound } from '../../../../kernel/problem.ts';

/** Without letters and digits that are taken for one another. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const generatedLength = 10;

const generated = (prefix: string): string => prefix + Array.from({ length: generatedLength }, () => alphabet[randomInt(alphabet.length)]).join('');

interface Issue {
  key: string;
  poolId: number;
  customerNo: number;
  at: Date;
  expiresAt: Date | null;
}

/** The code of a pool that goes with a key: the one it was issued, or one more. 409 where none is left. */
export async function issueCode(pool: pg.Pool, { key, poolId, customerNo, at, expiresAt }: Issue): Promise<string> {
  const known = async (): Promise<string | undefined> => (await pool.query<{ code: string }>('select code from coupon_code where issue_key = $1', [key])).rows[0]?.code;
  const before = await known();
  if (before !== undefined) return before;
  const { rows: [of] } = await pool.query<{ kind: string; prefix: string }>('select kind, prefix from coupon_pool where pool_id = $1', [poolId]);
  if (!of) throw notFound('membership.pool_not_found', { poolId });
  try {
    // Who comes at the same moment takes another code, and waits for nobody.
    const { rows } = of.kind === 'generated'
      ? await pool.query<{ code: string }>("insert into coupon_code (pool_id, code, state, issue_key, customer_no, issued_at, expires_at) values ($1, $2, 'issued', $3, $4, $5, $6) returning code",
        [poolId, generated(of.prefix), key, customerNo, at, expiresAt])
      : await pool.query<{ code: string }>(`update coupon_code set state = 'issued', issue_key = $2, customer_no = $3, issued_at = $4, expires_at = $5
          where code_no = (select code_no from coupon_code where pool_id = $1 and state = 'free' order by code_no limit 1 for update skip locked) returning code`,
        [poolId, key, customerNo, at, expiresAt]);
    if (rows.length === 0) throw conflict('membership.pool_empty', { poolId });
    return rows[0].code;
  } catch (error) {
    // Somebody else gave under this key meanwhile, or a code was made twice, which another attempt will not.
    const overtaken = (error as { code?: string }).code === '23505' ? await known() : undefined;
    if (overtaken !== undefined) return overtaken;
    throw error;
  }
}

/** Makes a code worthless that was issued under a key and not used. */
export async function voidCode(pool: pg.Pool, key: string): Promise<void> {
  await pool.query("update coupon_code set state = 'void' where issue_key = $1 and state = 'issued'", [key]);
}
