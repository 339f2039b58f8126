import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { daysBetween, type Day } from '../src/kernel/day.ts';

export const cdnowPath = join(import.meta.dirname, '..', '..', 'shared', 'data', 'cdnow_sample', 'CDNOW_sample.txt');
export const cdnowIsThere = existsSync(cdnowPath);

/** A customer of the sample: what they spent on each day they bought, in the order of days. */
export interface CdnowCustomer {
  id: number;
  days: { day: Day; dollars: number }[];
}

/** The tenth of CDNOW's customers who first bought early in 1997, with all they bought until June 1998; purchases of one day are one. */
export function readCdnow(): CdnowCustomer[] {
  const customers = new Map<number, Map<Day, number>>();
  for (const line of readFileSync(cdnowPath, 'utf8').trim().split('\n')) {
    const [, id, date, , dollars] = line.trim().split(/\s+/);
    const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
    const days = customers.get(Number(id)) ?? new Map<Day, number>();
    customers.set(Number(id), days.set(day, (days.get(day) ?? 0) + Number(dollars)));
  }
  return [...customers].map(([id, days]) => ({ id, days: [...days].sort().map(([day, dollars]) => ({ day, dollars })) }));
}

/** A customer's history up to a day, in weeks, and how often they bought after it. */
export function cdnowHistory({ days }: CdnowCustomer, until: Day) {
  const before = days.filter(({ day }) => day <= until);
  const weeks = (day: Day): number => daysBetween(before[0].day, day) / 7;
  const again = before.slice(1);
  return {
    repeats: again.length,
    recency: weeks(before[before.length - 1].day),
    age: weeks(until),
    later: days.length - before.length,
    average: again.reduce((sum, { dollars }) => sum + dollars, 0) / again.length,
  };
}
