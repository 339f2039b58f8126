import type pg from 'pg';
import { formatDecimal } from '../../../../kernel/decimal.ts';
import { conflict, notFound } from '../../../../kernel/problem.ts';
import { readIssuedCode } from '../codes/issued-code.ts';
import { grantsNamed } from '../codes/keep-codes.ts';
import { commitToCap } from './commit-cap.ts';
import type { PackCommand, PackDoors } from './doors.ts';
import { writeEntry } from './entries.ts';
import { exact } from './exact.ts';
import { demandPast } from './grant.ts';
import { once } from './once.ts';
import { lockPack, readTerms } from './pack-row.ts';

interface GrantRow {
  grantNo: number;
  grantedAt: Date;
  expiresAt: Date | null;
  usedAt: Date | null;
  reversedAt: Date | null;
}

async function lockGrant(client: pg.PoolClient, grantNo: number): Promise<GrantRow> {
  const { rows: [row] } = await client.query<GrantRow>(
    'select grant_no as "grantNo", granted_at as "grantedAt", expires_at as "expiresAt", used_at as "usedAt", reversed_at as "reversedAt" from partner_grant where grant_no = $1 for update', [grantNo]);
  if (!row) throw notFound('membership.partner_grant_not_found', { grantNo });
  return row;
}

async function packOf(client: pg.PoolClient, grantNo: number): Promise<number> {
  const { rows: [row] } = await client.query<{ packNo: number }>('select pack_no as "packNo" from partner_grant where grant_no = $1', [grantNo]);
  if (!row) throw notFound('membership.partner_grant_not_found', { grantNo });
  return row.packNo;
}

/**
 * Notes that a benefit was used, by its code or its reference. It counts when it was used, and not when that was told: a use before
 * the benefit's end may come in after it.
 */
export async function useBenefit({ platform: { pg: pool, clock }, book }: PackDoors, { key, by, at, audit }: PackCommand, { packNo, named, usedAt }: { packNo: number; named: string; usedAt?: string | undefined }): Promise<{ grantNo: number; isReplay: boolean }> {
  const when = usedAt === undefined ? at : new Date(usedAt);
  demandPast(when, clock.now());
  return once(pool, { key, input: { command: 'use', packNo, named: book.hashOf(named).toString('hex'), usedAt: usedAt ?? null }, at, audit }, async (client) => {
    const pack = await lockPack(client, packNo);
    const meant = (await grantsNamed(client, book, pack.partnerId, [named])).get(named);
    if (meant?.packNo !== packNo) throw notFound(pack.codes === 'issued' && readIssuedCode(named) === null ? 'membership.partner_code_mistyped' : 'membership.partner_code_unknown');
    await noteUse(client, { grantNo: meant.grantNo, by, usedAt: when, recordedAt: clock.now() });
    return { grantNo: meant.grantNo };
  });
}

/** The same within somebody else's transaction. */
export async function noteUse(client: pg.PoolClient, { grantNo, by, usedAt, recordedAt }: { grantNo: number; by: string; usedAt: Date; recordedAt: Date }): Promise<void> {
  // Always the pack before its benefits: so two never wait for each other.
  const pack = await lockPack(client, await packOf(client, grantNo));
  const grant = await lockGrant(client, grantNo);
  if (grant.reversedAt) throw conflict('membership.partner_grant_reversed');
  if (grant.usedAt) throw conflict('membership.partner_grant_used');
  if (grant.expiresAt && usedAt >= grant.expiresAt) throw conflict('membership.partner_grant_expired');
  if (usedAt < grant.grantedAt) throw conflict('membership.partner_used_before_given');
  const terms = await readTerms(client, pack.contractId);
  await client.query('update partner_grant set used_at = $2 where grant_no = $1', [grantNo, usedAt]);
  await client.query('update partner_pack set used = used + 1 where pack_no = $1', [pack.packNo]);
  const costs = terms.settlement === 'billed' && terms.billedOn === 'use';
  await writeEntry(client, {
    partnerId: pack.partnerId, packNo: pack.packNo, grantNo, kind: 'used', units: 0, amount: costs ? exact(pack.priceEach) : 0n, currency: terms.currency, occurredAt: usedAt, recordedAt, by,
  });
}

/**
 * Takes a benefit back by a counter-entry to the line that cost something: what was owed for it is not owed any more, and where the
 * partner gives it back (`returns`) the pack holds one more. Done once, whether or not it was used; a code is never given again.
 */
export async function reverseGrant({ platform: { pg: pool, clock } }: PackDoors, { key, by, at, audit }: PackCommand, { grantNo, reason, returns }: { grantNo: number; reason: string; returns: boolean }): Promise<{ grantNo: number; amount: string; isReplay: boolean }> {
  return once(pool, { key, input: { command: 'reverse', grantNo, reason, returns }, at, audit }, async (client) => {
    const pack = await lockPack(client, await packOf(client, grantNo));
    const grant = await lockGrant(client, grantNo);
    if (grant.reversedAt) throw conflict('membership.partner_grant_reversed');
    const terms = await readTerms(client, pack.contractId);
    const { rows: [entry] } = await client.query<{ entryNo: number; amount: string }>(
      `select entry_no as "entryNo", amount from partner_entry where grant_no = $1 and kind in ('granted', 'used') order by abs(amount) desc, entry_no limit 1`, [grantNo]);
    if (!entry) throw notFound('membership.partner_grant_not_found', { grantNo });
    await client.query('update partner_grant set reversed_at = $2 where grant_no = $1', [grantNo, at]);
    await client.query('update partner_pack set reversed = reversed + 1, returned = returned + $2 where pack_no = $1', [pack.packNo, returns ? 1 : 0]);
    if (terms.settlement === 'billed') await commitToCap(client, pack.contractId, -exact(pack.priceEach));
    const amount = -exact(entry.amount);
    await writeEntry(client, {
      partnerId: pack.partnerId, packNo: pack.packNo, grantNo, kind: 'reversed', units: returns ? 1 : 0, amount, currency: terms.currency, occurredAt: at, recordedAt: clock.now(), by, reason, reverses: entry.entryNo,
    });
    return { grantNo, amount: formatDecimal(amount) };
  });
}
