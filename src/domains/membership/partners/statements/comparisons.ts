import type pg from 'pg';
import type { Actor } from '../../../../kernel/actor.ts';
import type { Day } from '../../../../kernel/day.ts';
import { formatDecimal } from '../../../../kernel/decimal.ts';
import { conflict } from '../../../../kernel/problem.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { PartnerComparison } from '../../contract/partner-statements.ts';
import { endOf, grantsNamed, referenceOf } from '../codes/keep-codes.ts';
import type { PackDoors } from '../packs/doors.ts';
import { exact, plain } from '../packs/exact.ts';
import { recordHappening } from '../pipeline/history.ts';
import { lockPartner } from '../pipeline/keep-partners.ts';
import { demandPartner } from '../pipeline/read-partners.ts';
import { compareLines, type Difference, type OurLine } from './compare.ts';
import { readTheirFile } from './read-their-file.ts';
import { momentsOf } from './statement.ts';

export interface Asked {
  from: Day;
  to: Day;
  /** Whether what was given counts, or what was used. */
  basis: 'granted' | 'used';
  text: string;
}

/** Compares a partner's statement with the ledger, and keeps what differs to be talked about. Of the file itself nothing is kept. */
export async function compareStatement({ platform: { pg: pool, clock }, book }: PackDoors, partnerId: number, { text, ...asked }: Asked, actor: Actor): Promise<number> {
  await demandPartner(pool, partnerId);
  const { lines, bad, badCount } = readTheirFile(text, asked);
  const { timeZone } = await readBrand(pool);
  return inTransaction(pool, async (client) => {
    await lockPartner(client, partnerId);
    const { rowCount } = await client.query('select from partner_contract where partner_id = $1 limit 1', [partnerId]);
    if (!rowCount) throw conflict('membership.partner_without_contract');
    const named = await grantsNamed(client, book, partnerId, [...new Set(lines.map((line) => line.text))]);
    const { matched, matchedAmount, differences } = compareLines(await readOurs(client, partnerId, asked, timeZone), lines.map((line) => ({ ...line, grantNo: named.get(line.text)?.grantNo ?? null })));
    const at = clock.now();
    const { rows: [{ comparisonId }] } = await client.query<{ comparisonId: number }>(
      `insert into partner_comparison (partner_id, from_on, to_on, basis, lines, matched, matched_amount, bad, bad_count, made_at, made_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning comparison_id as "comparisonId"`,
      [partnerId, asked.from, asked.to, asked.basis, lines.length + badCount, matched, formatDecimal(matchedAmount), JSON.stringify(bad), badCount, at, actor.name]);
    await writeDifferences(client, comparisonId, differences);
    const told = { comparisonId, from: asked.from, to: asked.to, matched, differences: differences.length };
    await recordHappening(client, { partnerId, kind: 'statement_compared', actor, at, details: told, audit: told });
    return comparisonId;
  });
}

/** What counts in a period and was not taken back by its end. */
export async function readOurs(client: pg.PoolClient, partnerId: number, { from, to, basis }: Omit<Asked, 'text'>, timeZone: string): Promise<OurLine[]> {
  const [start, end] = momentsOf({ from, to }, timeZone);
  const { rows } = await client.query<{ grantNo: number; amount: string; on: string }>(
    `select e.grant_no as "grantNo", price_each as amount, (occurred_at at time zone $5)::date::text as on
      from partner_entry e join partner_grant g using (grant_no) join partner_pack k on k.pack_no = e.pack_no
      where e.partner_id = $1 and kind = $2 and occurred_at >= $3 and occurred_at < $4 and (reversed_at is null or reversed_at >= $4) order by e.grant_no`, [partnerId, basis, start, end, timeZone]);
  return rows.map(({ amount, ...row }) => ({ ...row, amount: exact(amount) }));
}

/** Keeps what differs; what the partner calls something is never kept whole. */
export async function writeDifferences(client: pg.PoolClient, comparisonId: number, differences: readonly Difference[]): Promise<void> {
  const text = (amount: bigint | null): string | null => (amount === null ? null : formatDecimal(amount));
  await client.query(
    `insert into partner_difference (comparison_id, kind, grant_no, reference, our_amount, their_amount, our_on, their_on)
      select $1, d.* from unnest($2::text[], $3::bigint[], $4::text[], $5::numeric[], $6::numeric[], $7::date[], $8::date[]) as d (kind, grant_no, reference, our_amount, their_amount, our_on, their_on)`,
    [comparisonId, differences.map((d) => d.kind), differences.map((d) => d.grantNo), differences.map(saidAs), differences.map((d) => text(d.ourAmount)), differences.map((d) => text(d.theirAmount)), differences.map((d) => d.ourOn), differences.map((d) => d.theirOn)]);
}

/** A benefit goes by our reference; what we do not know by the end of what they call it, for it may be somebody's code. */
const saidAs = ({ grantNo, text }: Difference): string => (grantNo === null ? endOf(text) : referenceOf(grantNo));

/** Comparisons, the latest first. */
export async function readComparisons({ pg: pool }: PackDoors['platform'], { partnerId = null, comparisonId = null, limit, offset }: { partnerId?: number | null; comparisonId?: number | null; limit: number; offset: number }): Promise<{ rows: PartnerComparison[]; total: number }> {
  const counted = (condition: string): string => `(select count(*)::int from partner_difference d where d.comparison_id = c.comparison_id and ${condition})`;
  const { rows } = await pool.query<Omit<PartnerComparison, 'madeAt'> & { madeAt: Date; total: number }>(
    `select comparison_id as "comparisonId", from_on::text as from, to_on::text as to, basis, lines, matched, matched_amount as "matchedAmount", bad, bad_count as "badCount", made_at as "madeAt", made_by as "madeBy",
        ${counted("kind = 'only_ours'")} as "onlyOurs", ${counted("kind = 'only_theirs'")} as "onlyTheirs", ${counted("kind = 'amounts_differ'")} as "amountsDiffer", ${counted("state <> 'settled'")} as open, count(*) over ()::int as total
      from partner_comparison c where ($1::int is null or partner_id = $1) and ($2::int is null or comparison_id = $2) order by comparison_id desc limit $3 offset $4`, [partnerId, comparisonId, limit, offset]);
  return { rows: rows.map(({ total: _total, madeAt, ...row }) => ({ ...row, matchedAmount: plain(row.matchedAmount), madeAt: madeAt.toISOString() })), total: rows[0]?.total ?? 0 };
}
