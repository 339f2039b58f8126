import { addDays, addMonths, dayIn } from '../src/kernel/day.ts';
import { formatDecimal } from '../src/kernel/decimal.ts';
import type { TestLine } from './order-lines.ts';
import type { PlainFacts } from './plain-figures.ts';

/** One cell as the product answers it. */
export interface PlainCell {
  age: number;
  of: number;
  active: number;
  repurchased: number;
  orders: number;
  sales: string;
  net: string;
}

const monday = (day: string): string =>
  addDays(day, 1 - (new Date(`${day}T12:00:00Z`).getUTCDay() || 7));

/** Months or weeks, counted one by one. */
export const plainPeriods = {
  month: {
    startOf: (day: string) => `${day.slice(0, 7)}-01`,
    next: (start: string) => addMonths(start, 1),
  },
  week: { startOf: monday, next: (start: string) => addDays(start, 7) },
};
export type PlainUnit = keyof typeof plainPeriods;

interface PlainOrder {
  day: string;
  at: string;
  key: string;
}
export interface PlainPerson {
  no: number;
  lines: TestLine[];
  orders: PlainOrder[];
  start: string;
}

/** People with the lines that count, their orders by day, and the period of the first. */
export function plainPeople(
  { lines, merges, timeZone }: PlainFacts,
  unit: PlainUnit,
  counts: (line: TestLine) => boolean,
): PlainPerson[] {
  const who = (line: TestLine): number => merges.get(line.customerNo) ?? line.customerNo;
  const byPerson = Map.groupBy(
    lines.filter((line) => line.customerNo > 0 && counts(line)),
    who,
  );
  return [...byPerson].flatMap(([no, own]) => {
    const orders = [
      ...Map.groupBy(
        own.filter(({ kind }) => kind === 'sale'),
        (line) => `${line.source} ${line.order}`,
      ),
    ]
      .map(([key, some]) => {
        const at = some.map((line) => line.at).sort()[0];
        return { at, key, day: dayIn(timeZone, new Date(at)) };
      })
      .sort((a, b) => (a.at < b.at ? -1 : 1));
    return orders.length === 0
      ? []
      : [{ no, lines: own, orders, start: plainPeriods[unit].startOf(orders[0].day) }];
  });
}

/** Which period of a person a day lies in; what lies before the first counts with it. */
function ageOf(start: string, day: string, unit: PlainUnit): number {
  let age = 0;
  for (let next = plainPeriods[unit].next(start); next <= day; next = plainPeriods[unit].next(next))
    age++;
  return age;
}

const exact = (value: number): bigint => BigInt(Math.round(value * 10_000));

/** The cell of some people, `age` periods after the first of each. */
export function plainCell(
  facts: PlainFacts,
  people: PlainPerson[],
  unit: PlainUnit,
  age: number,
): PlainCell {
  const cell = { age, of: people.length, active: 0, repurchased: 0, orders: 0 };
  let [sales, net] = [0n, 0n];
  for (const { lines, orders, start } of people) {
    const dayOf = (line: TestLine): string => dayIn(facts.timeZone, new Date(line.at));
    const until = lines.filter((line) => ageOf(start, dayOf(line), unit) <= age);
    const sold = until.filter(({ kind }) => kind === 'sale');
    if (lines.some((line) => line.kind === 'sale' && ageOf(start, dayOf(line), unit) === age))
      cell.active++;
    const placed = orders.filter(({ day }) => ageOf(start, day, unit) <= age).length;
    if (placed >= 2) cell.repurchased++;
    cell.orders += placed;
    sales += sold.reduce((sum, line) => sum + exact(line.amount), 0n);
    net += until.reduce(
      (sum, line) => sum + exact(line.kind === 'refund' ? -line.amount : line.amount),
      0n,
    );
  }
  return { ...cell, sales: formatDecimal(sales), net: formatDecimal(net) };
}
