import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import type { ClickHouse } from '../../../platform/clickhouse/client.ts';
import { readNamedBitmaps } from '../../../platform/clickhouse/named-bitmaps.ts';
import { totalsRelation } from '../fields/totals-fields.ts';
import { momentsSince } from '../resolve/days-since.ts';
import type { Present } from '../resolve/moments.ts';
import { Bindings } from '../set/bindings.ts';
import type { Dialect } from '../set/facts-sql.ts';
import type { ValueSet } from './value-sets.ts';

/** A cell of people: which of the bands below each is in. */
interface Cell {
  recency: number;
  frequency: number;
  worth: number;
  isNew: boolean;
  people: Bitmap;
}

interface BandedTrait {
  trait: string;
  values: string[];
  /** Which of the values a cell belongs to; the last is whoever never ordered. */
  of(cell: Cell): number;
}

/** Days since the last order, money of all sales: where one band ends and the next begins. */
const recencyDays = [30, 90, 180, 365];
const worths = [100, 300, 1_000, 3_000];
const [atRisk, sleeping] = [2, 3];

/**
 * Recency, frequency and value, and the states of a user's life by fixed limits: new within 30 days of the first
 * order, active within 90 days of the last, then at risk, sleeping, and lost after a year.
 */
const traits: BandedTrait[] = [
  { trait: 'recency', values: ['0-30', '31-90', '91-180', '181-365', '366+', 'never'], of: ({ recency }) => recency },
  { trait: 'frequency', values: ['1', '2', '3-5', '6+', '0'], of: ({ frequency }) => frequency },
  { trait: 'value', values: ['0-100', '100-300', '300-1000', '1000-3000', '3000+', 'none'], of: ({ worth }) => worth },
  {
    trait: 'lifecycle',
    values: ['new', 'active', 'at_risk', 'sleeping', 'lost', 'never'],
    of: ({ isNew, recency }) => (isNew ? 0 : recency < atRisk ? 1 : recency === atRisk ? 2 : recency === sleeping ? 3 : 4),
  },
];

/** The people of every band, out of one reading of the totals. */
export async function readBands(reader: ClickHouse, dialect: Dialect, present: Present, everybody: Bitmap): Promise<{ trait: string; sets: ValueSet[] }[]> {
  const cells = await readCells(reader, dialect, present);
  const never = everybody.andNot(Bitmap.union(cells.map((cell) => cell.people)));
  return traits.map(({ trait, values, of }) => {
    const people = Map.groupBy(cells, of);
    const setOf = (at: number): Bitmap => (at === values.length - 1 ? never : Bitmap.union((people.get(at) ?? []).map((cell) => cell.people)));
    return { trait, sets: values.map((name, at) => ({ name, bitmap: setOf(at) })) };
  });
}

async function readCells(reader: ClickHouse, { hasMerges }: Dialect, present: Present): Promise<Cell[]> {
  const bind = new Bindings();
  const since = recencyDays.map((days) => bind.moment(momentsSince({ is: 'at_most', value: BigInt(days) * 10_000n }, present)[0].fromMs ?? 0));
  const sql = `select concat(toString(recency), ' ', toString(frequency), ' ', toString(worth), ' ', toString(is_new)) as value, groupBitmapState(toUInt32(customer_no)) as people
    from (select customer_no,
        multiIf(${since.map((moment, i) => `last_order_at >= ${moment}, ${i}`).join(', ')}, ${since.length}) as recency,
        multiIf(orders <= 1, 0, orders = 2, 1, orders <= 5, 2, 3) as frequency,
        multiIf(${worths.map((worth, i) => `sales < ${worth}, ${i}`).join(', ')}, ${worths.length}) as worth,
        ifNull(first_order_at >= ${since[0]}, 0) as is_new
      from (${totalsRelation(hasMerges)}) where orders > 0)
    group by recency, frequency, worth, is_new`;
  return (await readNamedBitmaps(reader, sql, bind.params, { timeoutMs: 30_000 })).map(({ name, bitmap }) => {
    const [recency, frequency, worth, isNew] = name.split(' ').map(Number);
    return { recency, frequency, worth, isNew: isNew === 1, people: bitmap };
  });
}
