import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Actor } from '../../../../kernel/actor.ts';
import { conflict, notFound, Problem } from '../../../../kernel/problem.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { giftKinds } from '../../contract/benefits.ts';
import type { Members } from '../../members/members.ts';
import type { Standing } from '../../members/rules/standing.ts';
import { type Benefit, isRunning, readBenefit } from '../store/benefits.ts';
import { periodAt } from './limits.ts';

export interface UseAsked {
  key: string;
  customerNo: number;
  benefitId: number;
  grantNo?: number | undefined;
  document: string;
}

export interface Used {
  useNo: number;
  grantNo: number | null;
  cost: string;
  /** How often it can still be used in this period; null without a limit. */
  left: number | null;
  isReplay: boolean;
}

/** Keys are their sender's own: two shops may number their checkouts alike. */
export const ownKey = ({ kind, id }: Actor, key: string): string => `${kind} ${id} ${key}`;
export const fingerprint = (input: unknown): Buffer => createHash('sha256').update(JSON.stringify(input)).digest();

/**
 * Uses a benefit once a key: a gift that was given, or what a tier brings, within its limits. Members take turns by their rows, so that of two
 * hundred at once no more get through than may. Refused with a reason; what is refused leaves nothing behind.
 */
export function useBenefit({ pg: pool, clock }: Pick<Platform, 'pg' | 'clock'>, members: Members, actor: Actor, asked: UseAsked): Promise<Used> {
  const key = ownKey(actor, asked.key);
  const hash = fingerprint([asked.customerNo, asked.benefitId, asked.grantNo ?? null, asked.document]);
  return inTransaction(pool, async (client) => {
    const standing = await lockPerson(client, members, asked.customerNo);
    const before = await replay(client, key, hash);
    const benefit = await readBenefit(client, asked.benefitId);
    const now = clock.now();
    const { timeZone } = await readBrand(client);
    if (before) return { ...before, left: await usesLeft(client, benefit, standing.accounts, now, timeZone), isReplay: true };
    const isGift = giftKinds.some((kind) => kind === benefit.kind) || benefit.kind === 'partner';
    const grantNo = isGift ? await takeGrant(client, standing, asked, now) : null;
    if (!isGift) await demandEntitled(client, benefit, standing, now, timeZone);
    const { rows: [{ useNo, cost }] } = await client.query<{ useNo: number; cost: string }>(
      `insert into benefit_use (key, input_hash, benefit_id, customer_no, grant_no, document, cost, used_at, used_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning use_no as "useNo", cost::text`,
      [key, hash, benefit.benefitId, standing.accounts[0], grantNo, asked.document, isGift ? '0' : benefit.definition.cost, now, actor.name]);
    return { useNo, grantNo, cost, left: await usesLeft(client, benefit, standing.accounts, now, timeZone), isReplay: false };
  }).catch(keyTaken(asked.key));
}

/** Two people under one key at the same moment: whoever came later is told. */
const keyTaken = (key: string) => (error: unknown): never => {
  throw (error as { code?: string }).code === '23505' ? conflict('membership.key_used', { key }) : error;
};

/** The member, with all rows of theirs locked until the transaction ends. */
export async function lockPerson(client: pg.PoolClient, members: Members, customerNo: number): Promise<Standing> {
  const standing = (await members.standings([customerNo], client)).get(customerNo);
  if (!standing) throw conflict('membership.no_member');
  await client.query('select from member where customer_no = any($1::int[]) order by customer_no for update', [standing.accounts]);
  return standing;
}

async function replay(client: pg.PoolClient, key: string, hash: Buffer): Promise<Omit<Used, 'left' | 'isReplay'> | null> {
  const { rows: [row] } = await client.query<{ useNo: number; grantNo: number | null; cost: string; hash: Buffer }>(
    'select use_no as "useNo", grant_no as "grantNo", cost::text, input_hash as hash from benefit_use where key = $1', [key]);
  if (!row) return null;
  if (!row.hash.equals(hash)) throw conflict('membership.key_used', { key });
  return { useNo: row.useNo, grantNo: row.grantNo, cost: row.cost };
}

/** The gift that is used: the one named, or of those that can be the one that ends first. */
async function takeGrant(client: pg.PoolClient, { accounts }: Standing, { benefitId, grantNo }: UseAsked, now: Date): Promise<number> {
  const { rows: [grant] } = await client.query<{ grantNo: number; state: string; usedAt: Date | null; takenBackAt: Date | null; isSpent: boolean; isOver: boolean }>(
    `select grant_no as "grantNo", state, used_at as "usedAt", taken_back_at as "takenBackAt", is_spent as "isSpent", coalesce(expires_at <= $3, false) as "isOver" from benefit_grant
      where customer_no = any($1::int[]) and benefit_id = $2 and ($4::bigint is null or grant_no = $4) and state <> 'refused'
      order by (used_at is null and taken_back_at is null and not is_spent and coalesce(expires_at > $3, true)) desc, expires_at nulls last, grant_no limit 1 for update`, [accounts, benefitId, now, grantNo ?? null]);
  if (!grant) throw conflict('membership.benefit_not_granted');
  if (grant.usedAt !== null || grant.isSpent) throw conflict('membership.benefit_used');
  if (grant.takenBackAt !== null) throw conflict('membership.benefit_taken_back');
  if (grant.isOver) throw conflict('membership.benefit_expired');
  if (grant.state === 'waiting') throw new Problem('membership.benefit_waiting', { status: 409, retryAfterSeconds: 5 });
  await client.query('update benefit_grant set used_at = $2 where grant_no = $1', [grant.grantNo, now]);
  await client.query("update coupon_code set state = 'used' where issue_key like $1 and state = 'issued'", [`benefit ${grant.grantNo} %`]);
  return grant.grantNo;
}

/** What a tier brings: only while it runs, for the tiers it belongs to, and within its limits. */
export async function demandEntitled(client: pg.PoolClient, benefit: Benefit, { accounts, tier }: Standing, now: Date, timeZone: string): Promise<void> {
  if (!isRunning(benefit, now.getTime())) throw conflict('membership.benefit_not_running');
  if (!benefit.tiers.includes(tier)) throw conflict('membership.benefit_not_of_tier');
  const left = await usesLeft(client, benefit, accounts, now, timeZone);
  if (left === 0) throw conflict('membership.benefit_limit', { times: benefit.definition.limits.perMember?.times ?? 0 });
  if (benefit.leftInAll === null) return;
  const { rowCount } = await client.query('update benefit set left_in_all = left_in_all - 1 where benefit_id = $1 and left_in_all > 0', [benefit.benefitId]);
  if (rowCount === 0) throw conflict('membership.benefit_gone');
}

/** How often a person can still use it, or claim it, in the period that is now; null without a limit. */
export async function usesLeft(connection: pg.Pool | pg.PoolClient, benefit: Benefit, accounts: readonly number[], now: Date, timeZone: string): Promise<number | null> {
  const limit = benefit.definition.limits.perMember;
  if (limit === null) return null;
  const period = periodAt(limit.period, now.getTime(), timeZone);
  const { rows: [{ times }] } = await connection.query<{ times: number }>(benefit.kind === 'partner'
    ? "select count(*) as times from benefit_grant where customer_no = any($1::int[]) and benefit_id = $2 and state <> 'refused' and taken_back_at is null and occurred_at >= $3 and derivation ->> 'occasion' = 'claim'"
    : 'select count(*) as times from benefit_use where customer_no = any($1::int[]) and benefit_id = $2 and undone_at is null and used_at >= $3',
  [accounts, benefit.benefitId, period?.from ?? new Date(0)]);
  return Math.max(0, limit.times - times);
}

/** Takes a use back, once a key: the gift can be used again, and counts against no limit. */
export function undoUse({ pg: pool, clock }: Pick<Platform, 'pg' | 'clock'>, actor: Actor, asked: { key: string; of: string }): Promise<{ useNo: number; isReplay: boolean }> {
  const key = ownKey(actor, asked.key);
  return inTransaction(pool, async (client) => {
    const { rows: [use] } = await client.query<{ useNo: number; grantNo: number | null; benefitId: number; undoneKey: string | null }>(
      'select use_no as "useNo", grant_no as "grantNo", benefit_id as "benefitId", undone_key as "undoneKey" from benefit_use where key = $1 for update', [ownKey(actor, asked.of)]);
    if (!use) throw notFound('membership.use_not_found');
    if (use.undoneKey !== null) {
      if (use.undoneKey !== key) throw conflict('membership.use_undone');
      return { useNo: use.useNo, isReplay: true };
    }
    await client.query('update benefit_use set undone_at = $2, undone_key = $3 where use_no = $1', [use.useNo, clock.now(), key]);
    if (use.grantNo === null) await client.query('update benefit set left_in_all = left_in_all + 1 where benefit_id = $1 and left_in_all is not null', [use.benefitId]);
    await client.query('update benefit_grant set used_at = null where grant_no = $1', [use.grantNo]);
    await client.query("update coupon_code set state = 'issued' where issue_key like $1 and state = 'used'", [`benefit ${use.grantNo ?? 0} %`]);
    return { useNo: use.useNo, isReplay: false };
  }).catch(keyTaken(asked.key));
}
