import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestImports, type TestImports } from '../../../../../test/imports-server.ts';
import { salesByDay, extentOf } from './extent.ts';
import { gatherHistories } from './gather.ts';
import { type CellsAsked, readBuyingCells, readLaterCells, readSpendingCells } from './read-cells.ts';

const path = join(import.meta.dirname, '..', '..', '..', '..', '..', '..', 'shared', 'data', 'online_retail', 'online_retail.csv.gz');
const present = existsSync(path);
if (!present) console.warn(`SKIPPED: histories are not put together of Online Retail, for there is no ${path}`);

interface Person {
  days: Set<number>;
  /** Thousandths of money, net of what was given back, by day. */
  spent: Map<number, number>;
}

/** The file read as plainly as can be: on which days somebody bought, and what each day came to. */
function readPlainly(): Person[] {
  const people = new Map<string, Person>();
  for (const text of gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n').slice(1)) {
    const cells = [...text.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|\r?$)/g)].map((match) => match[1]);
    const [order, , , quantity, at, price, customer] = cells;
    if (!customer) continue;
    const person = people.get(customer) ?? { days: new Set(), spent: new Map() };
    people.set(customer, person);
    const day = Date.parse(`${at.slice(0, 10)}T00:00:00Z`) / 86_400_000;
    if (!order.startsWith('C')) person.days.add(day);
    person.spent.set(day, (person.spent.get(day) ?? 0) + Number(quantity) * Math.round(Number(price) * 1000));
  }
  return [...people.values()].filter(({ days }) => days.size > 0);
}

const modelId = 1;
const dayOf = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
const [from, split, until] = ['2010-12-01', '2011-08-31', '2011-12-09'].map(dayOf);
const sorted = (rows: number[][]): number[][] => rows.toSorted((p, q) => p[0] - q[0] || p[1] - q[1] || p[2] - q[2] || p[3] - q[3]);

/** How many people are in each cell. */
function counted(rows: number[][]): number[][] {
  const cells = new Map<string, number[]>();
  for (const row of rows) {
    const cell = cells.get(row.join()) ?? [...row, 0];
    cell[row.length]++;
    cells.set(row.join(), cell);
  }
  return sorted([...cells.values()]);
}

describe.skipIf(!present)('histories of Online Retail, as a plain reading of the file has them', () => {
  let test: TestImports;
  let people: Person[];
  beforeAll(async () => {
    test = await createTestImports();
    await test.bringIn('online_retail.csv.gz', readFileSync(path));
    people = readPlainly();
    await gatherHistories(test.platform.clickhouse, {
      modelId, zone: 'Asia/Shanghai', currency: 'CNY', split,
      fromAt: '2010-11-30T16:00:00.000Z', untilAt: '2011-12-09T16:00:00.000Z',
    }, () => Promise.resolve());
  });
  afterAll(() => test.close());

  const history = ({ days }: Person, last: number): [repeats: number, recency: number, age: number] | null => {
    const before = [...days].filter((day) => day <= last).toSorted((p, q) => p - q);
    return before.length === 0 ? null : [before.length - 1, before[before.length - 1] - before[0], last - before[0]];
  };
  const histories = (last: number): number[][] => people.flatMap((person) => {
    const own = history(person, last);
    return own ? [own] : [];
  });
  const asked = (over: Partial<CellsAsked> = {}): CellsAsked => ({ modelId, until, grain: 1, ...over });

  it('the days with sales are those of the file', async () => {
    const extent = extentOf(await salesByDay(test.platform.clickhouse, { name: '', timeZone: 'Asia/Shanghai', currency: 'CNY' }), until + 100);
    expect(extent).toMatchObject({ from, until, misdated: 0, otherCurrency: 0 });
    expect(people).toHaveLength(4_339);
  });

  it.each([['all of it', until], ['until the end of August', split]])('repeats, recency and age: %s', async (_name, last) => {
    const { keys, cells } = await readBuyingCells(test.platform.clickhouse, asked({ until: last }));
    const read = [...keys.repeats].map((repeats, i) => [repeats, keys.recency[i], keys.age[i], cells.people[i]]);
    expect(sorted(read)).toEqual(counted(histories(last)));
    expect([...cells.recency].every((days, i) => days === keys.recency[i])).toBe(true);
  });

  it('grouped by weeks: as many people, each time in the middle of its week', async () => {
    const { keys, cells } = await readBuyingCells(test.platform.clickhouse, asked({ grain: 7 }));
    const weeks = histories(until).map(([repeats, recency, age]) => [repeats, Math.floor(recency / 7), Math.floor(age / 7)]);
    expect(sorted([...keys.repeats].map((repeats, i) => [repeats, keys.recency[i], keys.age[i], cells.people[i]]))).toEqual(counted(weeks));
    cells.age.forEach((age, i) => expect(age).toBe(keys.age[i] * 7 + 3));
    cells.recency.forEach((recency, i) => expect(recency).toBe(keys.repeats[i] === 0 ? 0 : keys.recency[i] * 7 + 3));
  });

  const net = ({ spent }: Person, last: number): number => [...spent].reduce((sum, [day, value]) => sum + (day <= last ? value : 0), 0) / 1000;

  it.each([['all of it', until], ['until the end of August', split]])('what was spent, net of what was given back: %s', async (_name, last) => {
    const cells = await readSpendingCells(test.platform.clickhouse, { modelId, until: last, end: until });
    const known = people.filter((person) => history(person, last) !== null);
    const spenders = known.filter((person) => net(person, last) > 0);
    expect(cells.people.reduce((sum, count) => sum + count, 0)).toBe(spenders.length);
    expect(known.length).toBeGreaterThan(spenders.length);
    const logs = spenders.reduce((sum, person) => sum + Math.log(net(person, last) / ((history(person, last)?.[0] ?? 0) + 1)), 0);
    expect(cells.people.reduce((sum, count, i) => sum + count * cells.logAverage[i], 0)).toBeCloseTo(logs, 4);
  });

  it('what they did later, and what it brought', async () => {
    const cells = await readLaterCells(test.platform.clickhouse, { ...asked({ until: split }), end: until }, [1e-9, 2, 5e9]);
    const known = people.filter((person) => history(person, split) !== null);
    const later = (person: Person): number => [...person.days].filter((day) => day > split).length;
    const read = [...cells.repeats].map((repeats, i) => [repeats, cells.recency[i], cells.age[i], cells.later[i], cells.people[i]]);
    expect(sorted(read)).toEqual(counted(known.map((person) => [...(history(person, split) ?? []), later(person)])));
    const value = known.reduce((sum, person) => sum + net(person, until) - net(person, split), 0);
    expect(cells.laterValue.reduce((sum, one) => sum + one, 0)).toBeCloseTo(value, 2);
    // Where all weight is on the mean, everybody's order is worth it.
    expect(cells.spend.reduce((sum, one) => sum + one, 0) / known.length).toBeCloseTo(5, 4);
  });
});
