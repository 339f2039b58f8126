import { z } from 'zod';
import { ask, question } from '../../../../platform/clickhouse/query.ts';
import type { ClickHouse } from '../../../../platform/clickhouse/client.ts';
import type { Brand } from '../../../../platform/settings.ts';

/** Days as whole numbers since 1970. */
export interface SalesOfDay {
  day: number;
  lines: number;
  nobodys: number;
  otherCurrency: number;
}

const days = question({
  name: 'sales by day',
  sql: `select toInt32(toDate32(toTimeZone(occurred_at, {zone:String}))) as day, toUInt32(countIf(customer_no != 0)) as lines,
      toUInt32(countIf(customer_no = 0)) as nobodys, toUInt32(countIf(customer_no != 0 and currency not in ('', {currency:String}))) as otherCurrency
    from order_line where kind = 'sale' group by day order by day`,
  params: z.object({ zone: z.string(), currency: z.string() }),
  row: z.object({ day: z.number(), lines: z.number(), nobodys: z.number(), otherCurrency: z.number() }),
  limits: { timeoutMs: 120_000 },
});

export const salesByDay = (reader: ClickHouse, { timeZone, currency }: Brand): Promise<SalesOfDay[]> => ask(reader, days, { zone: timeZone, currency });

/** Which days a model may learn from, and what is left out of them. */
export interface Extent {
  from: number;
  until: number;
  misdated: number;
  nobodys: number;
  otherCurrency: number;
}

/** No brand that is open sells nothing for two years: what lies beyond such a gap has a wrong date. */
const longestGapDays = 730;

/**
 * The stretch of days with most sales, between gaps of years: an order dated 1970 would else make one customer half a century old.
 * It ends with the last day anything was sold, so that data that came long ago do not make everybody look lost. Null where nothing was sold.
 */
export function extentOf(sales: readonly SalesOfDay[], today: number): Extent | null {
  const stretches: SalesOfDay[][] = [];
  for (const each of sales.filter(({ day, lines }) => lines > 0 && day >= 0 && day <= today)) {
    const current = stretches.at(-1);
    if (current && each.day - current[current.length - 1].day <= longestGapDays) current.push(each);
    else stretches.push([each]);
  }
  const linesOf = (some: readonly SalesOfDay[]): number => some.reduce((sum, { lines }) => sum + lines, 0);
  const main = stretches.toSorted((p, q) => linesOf(q) - linesOf(p))[0];
  if (!main) return null;
  const [from, until] = [main[0].day, main[main.length - 1].day];
  const within = sales.filter(({ day }) => day >= from && day <= until);
  return {
    from,
    until,
    misdated: linesOf(sales) - linesOf(main),
    nobodys: within.reduce((sum, { nobodys }) => sum + nobodys, 0),
    otherCurrency: within.reduce((sum, { otherCurrency }) => sum + otherCurrency, 0),
  };
}
