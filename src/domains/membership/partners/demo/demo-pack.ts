import type pg from 'pg';
import { addDays, type Day, dayIn, startOfDay } from '../../../../kernel/day.ts';
import { seededRandom } from '../../../../kernel/seeded-random.ts';
import { issueCode } from '../codes/issued-code.ts';
import { type CodeBook, endOf } from '../codes/keep-codes.ts';
import { exact } from '../packs/exact.ts';
import { writeEntry } from '../packs/entries.ts';
import type { DemoPartner } from './brands.ts';

export interface DemoWorld {
  client: pg.PoolClient;
  book: CodeBook;
  timeZone: string;
  /** The history ends here. */
  endMs: number;
}

const dayMs = 86_400_000;
export const ago = ({ endMs }: DemoWorld, days: number): Date => new Date(endMs - days * dayMs);
export const dayAgo = (world: DemoWorld, days: number): Day => addDays(dayIn(world.timeZone, new Date(world.endMs)), -days);

interface Given {
  customerNo: number;
  at: Date;
  expiresAt: Date;
  usedAt: Date | null;
  reversedAt: Date | null;
  code: string;
}

/** Who was given what when, and what became of it; more was given of late than at first. */
function givenOf(world: DemoWorld, { given, overDays, usedShare, validDays }: NonNullable<DemoPartner['pack']>, people: readonly number[]): Given[] {
  const random = seededRandom(given);
  const moments = Array.from({ length: given }, () => overDays * (1 - Math.sqrt(random()))).sort((a, b) => b - a);
  return moments.map((daysAgo, n) => {
    const at = ago(world, daysAgo);
    const usedAt = new Date(at.getTime() + random() * 14 * dayMs);
    const isUsed = random() < usedShare && usedAt.getTime() < world.endMs;
    const isReversed = !isUsed && random() < 0.03;
    return {
      customerNo: people[n % people.length] ?? 0, at, expiresAt: startOfDay(addDays(dayIn(world.timeZone, at), validDays + 1), world.timeZone),
      usedAt: isUsed ? usedAt : null, reversedAt: isReversed ? new Date(Math.min(world.endMs, at.getTime() + 2 * dayMs)) : null, code: issueCode(),
    };
  });
}

/** A pack with what was bought, given, used and taken back of it, written as the ledger would have. */
export async function addDemoPack(world: DemoWorld, ids: { partnerId: number; contractId: number }, partner: DemoPartner, people: readonly number[]): Promise<void> {
  const { client, book } = world;
  const { pack, contract } = partner;
  if (!pack || !contract) return;
  const { rows: [{ packNo }] } = await client.query<{ packNo: number }>(
    `insert into partner_pack (partner_id, contract_id, names, codes, price_each, starts_on, ends_on, valid_days, per_person, alert_level, state, is_limited, created_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'active', true, $11) returning pack_no as "packNo"`,
    [ids.partnerId, ids.contractId, pack.names, pack.codes, contract.priceEach, dayAgo(world, contract.startsDaysAgo), dayAgo(world, contract.startsDaysAgo - contract.days), pack.validDays, pack.perPerson, pack.alertLevel, ago(world, contract.startsDaysAgo)]);
  const price = exact(contract.priceEach);
  for (const { units, daysAgo } of pack.bought) {
    const at = ago(world, daysAgo);
    await writeEntry(client, { ...ids, packNo, kind: 'bought', units, amount: contract.settlement === 'prepaid' ? price * BigInt(units) : 0n, currency: 'CNY', occurredAt: at, recordedAt: at, by: 'system' });
  }
  const given = givenOf(world, pack, people);
  const { rows } = await client.query<{ grantNo: number }>(
    `insert into partner_grant (pack_no, customer_no, granted_at, expires_at, used_at, reversed_at)
      select $1, g.customer_no, g.at, g.expires_at, g.used_at, g.reversed_at from unnest($2::int[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[]) with ordinality as g (customer_no, at, expires_at, used_at, reversed_at, place)
      order by place returning grant_no as "grantNo"`, [packNo, given.map((g) => g.customerNo), given.map((g) => g.at), given.map((g) => g.expiresAt), given.map((g) => g.usedAt), given.map((g) => g.reversedAt)]);
  // Numbers are given in the order of the rows.
  const numbers = rows.map(({ grantNo }) => grantNo).sort((a, b) => a - b);
  const codes = [...given.map(({ code }) => code), ...Array.from({ length: pack.freeCodes }, () => issueCode())];
  await client.query(
    'insert into partner_code (partner_id, pack_no, hash, sealed, hint, grant_no) select $1, $2, c.* from unnest($3::bytea[], $4::bytea[], $5::text[], $6::bigint[]) as c (hash, sealed, hint, grant_no)',
    [ids.partnerId, packNo, codes.map(book.hashOf), codes.map((code) => book.seal(ids.partnerId, code)), codes.map(endOf), codes.map((_, n) => numbers[n] ?? null)]);
  const billed = contract.settlement === 'billed';
  await writeLines(client, packNo, billed && contract.billedOn === 'grant' ? contract.priceEach : '0', billed && contract.billedOn === 'use' ? contract.priceEach : '0');
  await count(client, packNo, ids.contractId, billed);
}

/** The lines of what was given, used and taken back, in the order in which it happened. */
async function writeLines(client: pg.PoolClient, packNo: number, ofGrant: string, ofUse: string): Promise<void> {
  const columns = 'partner_id, pack_no, grant_no, kind, units, amount, currency, occurred_at, recorded_at, by_name, reason, reverses';
  await client.query(
    `insert into partner_entry (${columns}) select * from (
        select partner_id, pack_no, grant_no, 'granted', -1, $2::numeric, 'CNY', granted_at, granted_at, 'system', '', null::bigint from partner_grant join partner_pack using (pack_no) where pack_no = $1
        union all select partner_id, pack_no, grant_no, 'used', 0, $3::numeric, 'CNY', used_at, used_at, 'system', '', null from partner_grant join partner_pack using (pack_no) where pack_no = $1 and used_at is not null
      ) line order by 8`, [packNo, ofGrant, ofUse]);
  await client.query(
    `insert into partner_entry (${columns}) select e.partner_id, e.pack_no, grant_no, 'reversed', 1, -e.amount, 'CNY', reversed_at, reversed_at, 'system', '门店停业，改发其他权益', e.entry_no
      from partner_grant g join partner_entry e using (grant_no) where g.pack_no = $1 and reversed_at is not null and e.kind = 'granted' order by reversed_at`, [packNo]);
}

async function count(client: pg.PoolClient, packNo: number, contractId: number, billed: boolean): Promise<void> {
  await client.query(
    `update partner_pack set bought = c.bought, granted = c.granted, used = c.used, reversed = c.reversed, returned = c.reversed from (
        select coalesce(sum(units) filter (where kind = 'bought'), 0) as bought, count(*) filter (where kind = 'granted') as granted, count(*) filter (where kind = 'used') as used, count(*) filter (where kind = 'reversed') as reversed
        from partner_entry where pack_no = $1) c where pack_no = $1`, [packNo]);
  await client.query(
    'update partner_contract set committed = (select price_each * case when $3 then granted - reversed else bought end from partner_pack where pack_no = $1) where contract_id = $2', [packNo, contractId, billed]);
}
