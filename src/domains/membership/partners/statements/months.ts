import { addMonths, type Day, dayIn, startOfDay } from '../../../../kernel/day.ts';
import { formatDecimal } from '../../../../kernel/decimal.ts';
import { conflict } from '../../../../kernel/problem.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { PartnerLedger } from '../../contract/partner-statements.ts';
import type { PackCommand, PackDoors } from '../packs/doors.ts';
import { writeEntry } from '../packs/entries.ts';
import { exact, plain } from '../packs/exact.ts';
import { once } from '../packs/once.ts';
import { provePartnerLedger } from '../packs/proof.ts';
import { lockPartner } from '../pipeline/keep-partners.ts';
import { demandPartner } from '../pipeline/read-partners.ts';

type World = PackDoors['platform'];

interface MonthRow {
  month: string;
  currency: string;
  due: string;
  settled: string;
}

const monthsSql = `select to_char(coalesce(month::timestamp, occurred_at at time zone $2), 'YYYY-MM') as month, currency,
    coalesce(sum(amount) filter (where kind <> 'settled'), 0) as due, -coalesce(sum(amount) filter (where kind = 'settled'), 0) as settled
  from partner_entry where partner_id = $1 group by 1, 2`;

/** What is owed to a partner, by month of the brand's time zone, the latest first; what comes late counts in the month it is of. */
export async function readLedger({ pg: pool, clock }: World, partnerId: number): Promise<PartnerLedger> {
  await demandPartner(pool, partnerId);
  const { timeZone } = await readBrand(pool);
  const thisMonth = dayIn(timeZone, clock.now()).slice(0, 7);
  const { rows } = await pool.query<MonthRow>(`${monthsSql} having sum(abs(amount)) > 0 order by 1 desc, 2`, [partnerId, timeZone]);
  const months = rows.map(({ month, currency, due, settled }) => ({ month, currency, due: plain(due), settled: plain(settled), open: formatDecimal(exact(due) - exact(settled)), isOver: month < thisMonth }));
  const owed = new Map<string, bigint>();
  for (const { currency, open } of months) owed.set(currency, (owed.get(currency) ?? 0n) + exact(open));
  return {
    balances: [...owed].map(([currency, amount]) => ({ currency, owed: formatDecimal(amount) })),
    months, faults: await provePartnerLedger(pool, partnerId), computedAt: clock.now().toISOString(),
  };
}

/** Notes that a month that is over was paid. The amount is said again, so that nothing is settled that nobody saw. */
export async function settleMonth({ platform: { pg: pool, clock } }: PackDoors, { key, by, at, audit }: PackCommand, partnerId: number, { month, currency, amount }: { month: string; currency: string; amount: string }): Promise<{ entryNo: number; isReplay: boolean }> {
  const { timeZone } = await readBrand(pool);
  const firstDay: Day = `${month}-01`;
  return once(pool, { key, input: { command: 'settle', partnerId, month, currency, amount: plain(amount) }, at, audit }, async (client) => {
    await lockPartner(client, partnerId);
    if (at < startOfDay(addMonths(firstDay, 1), timeZone)) throw conflict('membership.partner_month_not_over', { month });
    const { rows } = await client.query<MonthRow>(monthsSql, [partnerId, timeZone]);
    const found = rows.find((row) => row.month === month && row.currency === currency);
    const open = found ? exact(found.due) - exact(found.settled) : 0n;
    if (open === 0n) throw conflict('membership.partner_month_settled', { month });
    if (open !== exact(amount)) throw conflict('membership.partner_month_changed', { month, open: formatDecimal(open), currency });
    return { entryNo: await writeEntry(client, { partnerId, kind: 'settled', units: 0, amount: -open, currency, occurredAt: at, recordedAt: clock.now(), by, month: firstDay }) };
  });
}
