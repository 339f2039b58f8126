import type pg from 'pg';
import { addDays, type Day, dayIn, startOfDay } from '../../../../kernel/day.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { entryKinds, PartnerEntry, PartnerStatement } from '../../contract/partner-statements.ts';
import { referenceOf } from '../codes/keep-codes.ts';
import { plain } from '../packs/exact.ts';
import { demandPartner } from '../pipeline/read-partners.ts';

type World = Pick<Platform, 'pg' | 'clock'>;

/** Lines of a ledger, the latest first. */
export async function readEntries({ pg: pool, clock }: World, partnerId: number, { kind = null, limit, offset }: { kind?: (typeof entryKinds)[number] | null | undefined; limit: number; offset: number }) {
  await demandPartner(pool, partnerId);
  const { rows } = await pool.query<Omit<PartnerEntry, 'occurredAt' | 'recordedAt'> & { occurredAt: Date; recordedAt: Date; total: number }>(
    `select entry_no as "entryNo", kind, pack_no as "packNo", grant_no as "grantNo", units, amount, currency, occurred_at as "occurredAt", recorded_at as "recordedAt", to_char(month, 'YYYY-MM') as month, reverses,
        by_name as by, reason, count(*) over ()::int as total
      from partner_entry where partner_id = $1 and ($2::text is null or kind = $2) order by entry_no desc limit $3 offset $4`, [partnerId, kind, limit, offset]);
  return {
    rows: rows.map(({ total: _total, amount, occurredAt, recordedAt, ...row }) => ({ ...row, amount: plain(amount), occurredAt: occurredAt.toISOString(), recordedAt: recordedAt.toISOString() })),
    total: rows[0]?.total ?? 0, computedAt: clock.now().toISOString(),
  };
}

export interface AskedPeriod {
  from?: Day | undefined;
  to?: Day | undefined;
}

/** The period that is meant: thirty days up to today, or up to the day that was said. */
export function periodOf({ from, to }: AskedPeriod, today: Day): { from: Day; to: Day } {
  const end = to ?? (from === undefined || from <= today ? today : from);
  return { from: from ?? addDays(end, -29), to: end };
}

/** What happened on each day, by pack. A day is one of the brand's time zone, and a line counts on the day that it happened. */
export async function readStatement({ pg: pool, clock }: World, partnerId: number, asked: AskedPeriod): Promise<PartnerStatement> {
  await demandPartner(pool, partnerId);
  const { timeZone } = await readBrand(pool);
  const { from, to } = periodOf(asked, dayIn(timeZone, clock.now()));
  const { rows } = await pool.query<PartnerStatement['days'][number]>(
    `select (occurred_at at time zone $4)::date::text as day, pack_no as "packNo", coalesce(sum(units) filter (where kind = 'bought'), 0)::int as bought, count(*) filter (where kind = 'granted')::int as granted, count(*) filter (where kind = 'used')::int as used,
        count(*) filter (where kind = 'reversed')::int as reversed, sum(amount) as amount, currency
      from partner_entry where partner_id = $1 and occurred_at >= $2 and occurred_at < $3 and kind <> 'settled' group by 1, 2, currency order by 1 desc, 2`,
    [partnerId, ...momentsOf({ from, to }, timeZone), timeZone]);
  return { from, to, days: rows.map((row) => ({ ...row, amount: plain(row.amount) })), timeZone, computedAt: clock.now().toISOString() };
}

/** From the first moment of a period to the first one after it. */
export const momentsOf = ({ from, to }: { from: Day; to: Day }, timeZone: string): [Date, Date] => [startOfDay(from, timeZone), startOfDay(addDays(to, 1), timeZone)];

/** A line of a statement as the partner gets it. */
export interface StatementLine {
  line: number;
  day: string;
  at: string;
  kind: string;
  pack: number | null;
  reference: string;
  codeEnd: string;
  units: number;
  amount: string;
  currency: string;
}

const pageSize = 2_000;

/** The lines of a statement in the order they were written; of customers it says nothing. */
export async function* statementLines(pool: pg.Pool, partnerId: number, period: { from: Day; to: Day }): AsyncGenerator<StatementLine> {
  const { timeZone } = await readBrand(pool);
  const [start, end] = momentsOf(period, timeZone);
  for (let after = 0; ;) {
    const { rows } = await pool.query<{ line: number; day: string; at: Date; kind: string; pack: number | null; grantNo: number | null; codeEnd: string | null; units: number; amount: string; currency: string }>(
      `select entry_no as line, (occurred_at at time zone $5)::date::text as day, occurred_at as at, kind, e.pack_no as pack, e.grant_no as "grantNo", hint as "codeEnd", units, amount, currency
        from partner_entry e left join partner_code c on c.grant_no = e.grant_no
        where e.partner_id = $1 and occurred_at >= $2 and occurred_at < $3 and kind <> 'settled' and entry_no > $4 order by entry_no limit ${pageSize}`,
      [partnerId, start, end, after, timeZone]);
    for (const { grantNo, codeEnd, at, amount, ...row } of rows) {
      yield { ...row, at: at.toISOString(), reference: grantNo === null ? '' : referenceOf(grantNo), codeEnd: codeEnd ?? '', amount: plain(amount) };
    }
    if (rows.length < pageSize) return;
    after = rows[rows.length - 1].line;
  }
}
