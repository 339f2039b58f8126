import type { Actor } from '../../../../kernel/actor.ts';
import { conflict, notFound } from '../../../../kernel/problem.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { recordAudit } from '../../../access/public.ts';
import type { Members } from '../../members/members.ts';
import { readBenefit } from '../store/benefits.ts';
import { demandEntitled, fingerprint, lockPerson, ownKey } from '../uses/use-benefit.ts';
import { type GrantDerivation, insertGrants } from './insert-grants.ts';

export interface HandAsked {
  key: string;
  customerNo: number;
  benefitId: number;
  /** Of staff; a member who claims something says none. */
  reason?: string;
}

/**
 * Gives a benefit because staff say so, or because a member claims what their tier brings; once a key, and at once. Returns the grant's number
 * and whether it had been given before.
 */
export async function giveByHand(platform: Pick<Platform, 'pg' | 'clock'>, members: Members, give: () => Promise<void>, actor: Actor, { key: sent, customerNo, benefitId, reason }: HandAsked): Promise<{ grantNo: number; isReplay: boolean }> {
  const key = `${reason === undefined ? 'claim' : 'hand'} ${ownKey(actor, sent)}`;
  const hash = fingerprint([customerNo, benefitId, reason ?? null]);
  const done = await inTransaction(platform.pg, async (client) => {
    const standing = await lockPerson(client, members, customerNo);
    const find = async () => (await client.query<{ grantNo: number; hash: Buffer }>('select grant_no as "grantNo", input_hash as hash from benefit_grant where key = $1', [key])).rows[0];
    const before = await find();
    if (before && !before.hash.equals(hash)) throw conflict('membership.key_used', { key: sent });
    if (before) return { grantNo: before.grantNo, isReplay: true };
    const benefit = await readBenefit(client, benefitId);
    if (!('gifts' in benefit.definition.promise)) throw conflict('membership.benefit_no_gift');
    if (reason === undefined) {
      if (benefit.kind !== 'partner') throw conflict('membership.benefit_not_claimable');
      // How many there are in all is counted when it is written.
      await demandEntitled(client, { ...benefit, leftInAll: null }, standing, platform.clock.now(), (await readBrand(client)).timeZone);
      if (benefit.leftInAll === 0) throw conflict('membership.benefit_gone');
    }
    const derivation: GrantDerivation = reason === undefined ? { occasion: 'claim', by: actor.name } : { occasion: 'hand', by: actor.name, reason };
    await insertGrants(client, [{ key, inputHash: hash, benefit, customerNo: standing.accounts[0], tier: standing.tier, cycleStart: null, occurredAt: platform.clock.now().getTime(), derivation }], platform.clock.now());
    const made = await find();
    if (!made) throw conflict('membership.key_used', { key: sent });
    if (reason !== undefined) await recordAudit(client, { actor, action: 'membership.grant_benefit', subject: `customer:${customerNo}`, details: { benefitId, reason } });
    return { grantNo: made.grantNo, isReplay: false };
  });
  await give();
  return done;
}

/** Tries again to give what could not be given. */
export async function retryGrant(platform: Pick<Platform, 'pg'>, give: () => Promise<void>, actor: Actor, grantNo: number): Promise<void> {
  await inTransaction(platform.pg, async (client) => {
    const { rows: [grant] } = await client.query<{ isShort: boolean; customerNo: number }>(
      `select customer_no as "customerNo", taken_back_at is null and jsonb_path_exists(given, '$[*].refusal ? (@ != null)') as "isShort" from benefit_grant where grant_no = $1 for update`, [grantNo]);
    if (!grant) throw notFound('membership.grant_not_found', { grantNo });
    if (!grant.isShort) throw conflict('membership.grant_complete');
    await client.query("update benefit_grant set state = 'waiting' where grant_no = $1", [grantNo]);
    await recordAudit(client, { actor, action: 'membership.retry_grant', subject: `customer:${grant.customerNo}`, details: { grantNo } });
  });
  await give();
}

/** Takes back what was given and not used. */
export async function takeGrantBack({ pg: pool, clock }: Pick<Platform, 'pg' | 'clock'>, actor: Actor, grantNo: number, reason: string): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rows: [grant] } = await client.query<{ customerNo: number; state: string; usedAt: Date | null; takenBackAt: Date | null }>(
      'select customer_no as "customerNo", state, used_at as "usedAt", taken_back_at as "takenBackAt" from benefit_grant where grant_no = $1 for update', [grantNo]);
    if (!grant) throw notFound('membership.grant_not_found', { grantNo });
    if (grant.usedAt !== null) throw conflict('membership.benefit_used');
    if (grant.takenBackAt !== null || grant.state !== 'given') throw conflict('membership.grant_not_given');
    await client.query("update benefit_grant set taken_back_at = $2, is_return_due = true, derivation = derivation || jsonb_build_object('takenBack', $3::jsonb) where grant_no = $1",
      [grantNo, clock.now(), JSON.stringify({ reason, by: actor.name })]);
    await recordAudit(client, { actor, action: 'membership.take_grant_back', subject: `customer:${grant.customerNo}`, details: { grantNo, reason } });
  });
}
