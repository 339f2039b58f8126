import type pg from 'pg';
import { addDays, type Day, dayIn, startOfDay } from '../../../../kernel/day.ts';
import { conflict, notFound, Problem } from '../../../../kernel/problem.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { lineagesOf } from '../../../customers/public.ts';
import { nameIn } from '../../contract/programme.ts';
import { type CodeBook, handOutCode, referenceOf } from '../codes/keep-codes.ts';
import { commitToCap } from './commit-cap.ts';
import type { PackCommand, PackDoors } from './doors.ts';
import { writeEntry } from './entries.ts';
import { exact } from './exact.ts';
import { once } from './once.ts';
import { lockPack, type PackRow, readTerms } from './pack-row.ts';
import { refusalOf } from './refusal.ts';

/** What somebody was given. */
export interface Given {
  grantNo: number;
  /** By this the partner knows it. */
  reference: string;
  packNo: number;
  code: string | null;
  expiresAt: string | null;
  isReplay: boolean;
}

/**
 * Gives somebody a benefit of a pack, once for each key. Refused, with its reason, where the pack is empty or has no codes, where the
 * partner or its contract is not in force, or where the person has had enough; the last of a pack goes to one alone.
 */
export async function grantBenefit(doors: PackDoors, { key, by, at }: PackCommand, packNo: number, customerNo: number): Promise<Given> {
  const { platform: { pg: pool, clock }, book } = doors;
  demandPast(at, clock.now());
  const { timeZone } = await readBrand(pool);
  const outcome = await once(pool, { key, input: { command: 'grant', packNo, customerNo }, at }, async (client) => {
    const pack = await lockPack(client, packNo);
    const terms = await readTerms(client, pack.contractId);
    const day = dayIn(timeZone, at);
    const lineage = await demandCustomer(client, customerNo);
    const refusal = refusalOf({ stage: terms.stage, contract: terms, pack, ...(await countsOf(client, pack, lineage)) }, day);
    if (refusal) throw conflict(`membership.${refusal}`, { pack: nameIn(pack.names, 'zh-CN'), partner: terms.name, bought: pack.bought });
    const price = exact(pack.priceEach);
    if (terms.settlement === 'billed') await commitToCap(client, pack.contractId, price);
    await client.query({ name: 'partners.count-grant', text: 'update partner_pack set granted = granted + 1 where pack_no = $1', values: [packNo] });
    const expiresAt = endOf(pack, day, timeZone);
    const { rows: [{ grantNo }] } = await client.query<{ grantNo: number }>({
      name: 'partners.write-grant', text: 'insert into partner_grant (pack_no, customer_no, granted_at, expires_at) values ($1, $2, $3, $4) returning grant_no as "grantNo"', values: [packNo, customerNo, at, expiresAt],
    });
    await writeEntry(client, {
      partnerId: pack.partnerId, packNo, grantNo, kind: 'granted', units: -1, amount: terms.settlement === 'billed' && terms.billedOn === 'grant' ? price : 0n,
      currency: terms.currency, occurredAt: at, recordedAt: clock.now(), by,
    });
    await handOutCode(client, book, pack, grantNo);
    return { grantNo, packNo, partnerId: pack.partnerId, expiresAt: expiresAt.toISOString() };
  });
  // The code is not kept with the outcome: it is readable in its own place alone.
  const { partnerId, ...given } = outcome;
  return { ...given, reference: referenceOf(outcome.grantNo), code: await codeOf(pool, book, partnerId, outcome.grantNo) };
}

/** What is said to have happened after now is refused. */
export function demandPast(at: Date, now: Date): void {
  if (at > now) throw new Problem('membership.partner_in_the_future');
}

async function demandCustomer(client: pg.PoolClient, customerNo: number): Promise<readonly number[]> {
  const lineage = (await lineagesOf(client, [customerNo])).get(customerNo);
  const { rowCount } = await client.query('select from customer where customer_no = $1 and status = 0', [lineage?.[0] ?? 0]);
  if (!lineage || !rowCount) throw notFound('membership.nobody', { customerNo });
  return lineage;
}

async function countsOf(client: pg.PoolClient, { packNo, codes, perPerson }: PackRow, lineage: readonly number[]): Promise<{ freeCodes: number | null; held: number }> {
  const free = codes === 'uploaded' ? await client.query('select from partner_code where pack_no = $1 and grant_no is null limit 1', [packNo]) : null;
  const had = perPerson === null ? null : await client.query('select from partner_grant where pack_no = $1 and customer_no = any($2::int[]) and reversed_at is null', [packNo, lineage]);
  return { freeCodes: free && (free.rowCount ?? 0), held: had?.rowCount ?? 0 };
}

/** Until the end of a day of the brand's time zone. */
const endOf = ({ validDays, endsOn }: PackRow, day: Day, timeZone: string): Date => startOfDay(addDays(validDays === null ? endsOn : addDays(day, validDays), 1), timeZone);

async function codeOf(pool: pg.Pool, book: CodeBook, partnerId: number, grantNo: number): Promise<string | null> {
  const { rows: [row] } = await pool.query<{ sealed: Buffer }>('select sealed from partner_code where grant_no = $1', [grantNo]);
  return row ? book.open(partnerId, row.sealed) : null;
}

/** A benefit as whoever has it sees it. */
export interface HeldBenefit {
  grantNo: number;
  reference: string;
  packNo: number;
  partner: string;
  names: PackRow['names'];
  code: string | null;
  state: 'given' | 'used' | 'expired';
  grantedAt: string;
  expiresAt: string | null;
}

const mostHeld = 200;

/** What a person has of partners, with its codes, the latest first; what was taken back is not theirs any more. */
export async function benefitsOf({ platform: { pg: pool }, book }: PackDoors, customerNos: readonly number[], at: Date): Promise<HeldBenefit[]> {
  const { rows } = await pool.query<{ grantNo: number; packNo: number; partnerId: number; partner: string; names: PackRow['names']; sealed: Buffer | null; grantedAt: Date; expiresAt: Date | null; usedAt: Date | null }>(
    `select g.grant_no as "grantNo", g.pack_no as "packNo", p.partner_id as "partnerId", p.name as partner, names, sealed, granted_at as "grantedAt", expires_at as "expiresAt", used_at as "usedAt"
      from partner_grant g join partner_pack k using (pack_no) join partner p using (partner_id) left join partner_code c on c.grant_no = g.grant_no
      where customer_no = any($1::int[]) and reversed_at is null order by g.grant_no desc limit ${mostHeld}`, [customerNos]);
  return rows.map(({ partnerId, sealed, grantedAt, expiresAt, usedAt, ...row }) => ({
    ...row, reference: referenceOf(row.grantNo), code: sealed && book.open(partnerId, sealed),
    state: usedAt ? 'used' as const : expiresAt && expiresAt <= at ? 'expired' as const : 'given' as const,
    grantedAt: grantedAt.toISOString(), expiresAt: expiresAt?.toISOString() ?? null,
  }));
}
