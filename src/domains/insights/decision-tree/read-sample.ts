import type { ClickHouse, QueryLimits } from '../../../platform/clickhouse/client.ts';
import { canonicalNo } from '../../../platform/clickhouse/merge-dictionary.ts';
import { readNativeBlocks } from '../../../platform/clickhouse/native-blocks.ts';
import { addDays, type Day, startOfDay } from '../../../kernel/day.ts';
import { periodDays, type TreeFeature, type TreeValues } from './features.ts';

/** The days that are learnt from: known is what happened by the end of `cutoff`, and told what came after it, to the end of `until`. */
export interface Window {
  cutoff: Day;
  until: Day;
  timeZone: string;
}

const limits: QueryLimits = { timeoutMs: 120_000 };
/** So many numbers are bound in one statement. */
const numbersAtOnce = 10_000;
const most = { category: 8, brand: 5, channel: 5, event: 6, gender: 3, province: 8, first_channel: 5 } as const;

const moment = (at: Date): string => at.toISOString().replace('T', ' ').slice(0, 23);
const endOf = (day: Day, timeZone: string): Date => startOfDay(addDays(day, 1), timeZone);

/** The values that most people have, of what was known by the cut-off. */
export async function readTreeValues(reader: ClickHouse, { cutoff, timeZone }: Window): Promise<TreeValues> {
  const top = async (columns: readonly [family: keyof TreeValues, column: string][], from: string): Promise<[keyof TreeValues, string[]][]> => {
    const pairs = columns.map(([family, column]) => `('${family}', toString(${column}))`).join(', ');
    const rows = (await reader.rows(`select pair.1 as family, pair.2 as value from (select arrayJoin([${pairs}]) as pair, count() as times from ${from} group by pair) where value != ''
      order by times desc, value limit 8 by family`, { until: moment(endOf(cutoff, timeZone)) }, limits)) as { family: string; value: string }[];
    return columns.map(([family]) => [family, rows.filter((row) => row.family === family).map(({ value }) => value).slice(0, most[family])]);
  };
  const before = "occurred_at < {until:DateTime64(3, 'UTC')}";
  return Object.fromEntries([
    ...await top([['category', 'category'], ['brand', 'brand'], ['channel', 'channel']], `order_line where kind = 'sale' and ${before}`),
    ...await top([['event', 'name']], `event where ${before}`),
    ...await top([['gender', 'gender'], ['province', 'province'], ['first_channel', 'channel']], "customer final where status = 'active'"),
  ]) as unknown as TreeValues;
}

const tables = {
  lines: { from: "order_line where occurred_at < {until:DateTime64(3, 'UTC')}", isGrouped: true },
  events: { from: "event where occurred_at < {until:DateTime64(3, 'UTC')}", isGrouped: true },
  profile: { from: "customer final where status = 'active'", isGrouped: false },
} as const;

/** What was known of people, whose numbers ascend, by the cut-off: a column a feature, a row a person. */
export async function readSample(reader: ClickHouse, features: readonly TreeFeature[], people: Uint32Array, { cutoff, timeZone }: Window, tell: (share: number) => Promise<void>): Promise<Float64Array[]> {
  const columns = features.map(({ isUnknownWithout }) => new Float64Array(people.length).fill(isUnknownWithout ? Number.NaN : 0));
  const since = Object.fromEntries(periodDays.map((days) => [`since${days}`, moment(startOfDay(addDays(cutoff, -days), timeZone))]));
  const bound = { ...since, zone: timeZone, day: cutoff, until: moment(endOf(cutoff, timeZone)), ...Object.assign({}, ...features.map(({ params }) => params)) };
  for await (const { numbers, rowOf, done } of inPieces(reader, people)) {
    await tell(done);
    for (const source of ['lines', 'events', 'profile'] as const) {
      const own = features.flatMap((feature, at) => (feature.source === source ? [{ feature, at }] : []));
      if (own.length === 0) continue;
      const { from, isGrouped } = tables[source];
      const sql = `select toUInt32(${isGrouped ? canonicalNo() : 'customer_no'}) as person, ${own.map(({ feature }, i) => `cast(${feature.sql}, 'Float64') as f${i}`).join(', ')}
        from ${from} and customer_no in {numbers:Array(UInt32)} ${isGrouped ? 'group by person' : ''}`;
      await eachRow(reader, sql, { ...bound, numbers }, rowOf, (row, values) => own.forEach(({ at }, i) => (columns[at][row] = values[i])));
    }
  }
  return columns;
}

/** What people did between the cut-off and the end: how much they spent, and the category of the first thing they bought. */
export interface Outcomes {
  spend: Float64Array;
  /** Empty text where nothing was bought, or nothing with a category. */
  category: string[];
  bought: Uint8Array;
}

export async function readOutcomes(reader: ClickHouse, people: Uint32Array, { cutoff, until, timeZone }: Window): Promise<Outcomes> {
  const outcomes: Outcomes = { spend: new Float64Array(people.length), category: new Array<string>(people.length).fill(''), bought: new Uint8Array(people.length) };
  // Of what was bought at one moment, the dearest.
  const sql = `select toUInt32(${canonicalNo()}) as person, toFloat64(sum(amount)) as spend, argMinIf(toString(category), (occurred_at, -amount, toString(category)), category != '') as first
    from order_line where kind = 'sale' and occurred_at >= {from:DateTime64(3, 'UTC')} and occurred_at < {until:DateTime64(3, 'UTC')} and customer_no in {numbers:Array(UInt32)} group by person`;
  for await (const { numbers, rowOf } of inPieces(reader, people)) {
    const rows = (await reader.rows(sql, { numbers, from: moment(endOf(cutoff, timeZone)), until: moment(endOf(until, timeZone)) }, limits)) as { person: number; spend: number; first: string }[];
    for (const { person, spend, first } of rows) {
      const row = rowOf.get(person);
      if (row === undefined) continue;
      [outcomes.spend[row], outcomes.category[row], outcomes.bought[row]] = [spend, first, 1];
    }
  }
  return outcomes;
}

/** Some people at a time, with every number that counts under theirs. */
async function* inPieces(reader: ClickHouse, people: Uint32Array): AsyncGenerator<{ numbers: number[]; rowOf: Map<number, number>; done: number }> {
  for (let first = 0; first < people.length; first += numbersAtOnce) {
    const piece = [...people.subarray(first, first + numbersAtOnce)];
    const absorbed = (await reader.rows(`select absorbed_no as no from merge_pair group by absorbed_no having argMax(survivor_no, version) in {piece:Array(UInt32)}`, { piece }, limits)) as { no: number }[];
    yield { numbers: [...new Set([...piece, ...absorbed.map(({ no }) => no)])], rowOf: new Map(piece.map((no, i) => [no, first + i])), done: first / people.length };
  }
}

async function eachRow(reader: ClickHouse, sql: string, params: Record<string, unknown>, rowOf: ReadonlyMap<number, number>, take: (row: number, values: number[]) => void): Promise<void> {
  for await (const { columns: [person, ...columns] } of readNativeBlocks(reader.bytes(sql, 'Native', params, limits))) {
    const numbers = columns.map((column) => new Float64Array(column.buffer));
    new Uint32Array(person.buffer).forEach((no, i) => {
      const row = rowOf.get(no);
      if (row !== undefined) take(row, numbers.map((column) => column[i]));
    });
  }
}
