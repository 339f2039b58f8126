import type { ClickHouse, QueryParams } from '../../../../platform/clickhouse/client.ts';
import { canonicalNo } from '../../../../platform/clickhouse/merge-dictionary.ts';
import type { TimeRange } from '../../resolve/resolved.ts';
import type { LineColumn, Needs } from '../needs.ts';
import type { EventFact, LineFact } from '../person-facts.ts';

/** The facts of these customers and of everybody who became part of them, oldest first. */
const theirs = `customer_no in (select arrayJoin({customerNos:Array(UInt32)})
  union all select absorbed_no from merge_pair where ${canonicalNo('absorbed_no')} in {customerNos:Array(UInt32)})`;
const whoAndWhen = `${canonicalNo()} as no, toFloat64(toUnixTimestamp64Milli(occurred_at)) as at`;

/** Years that a moment of ClickHouse can be of. */
const [earliestMs, latestMs] = [Date.UTC(1900, 0, 1), Date.UTC(2299, 11, 31)];

function rangeSql({ fromMs, untilMs }: TimeRange, params: QueryParams): string {
  const text = (ms: number): string => new Date(Math.min(Math.max(ms, earliestMs), latestMs)).toISOString().replace('T', ' ').slice(0, 23);
  if (fromMs !== null) params.from = text(fromMs);
  if (untilMs !== null) params.until = text(untilMs);
  return `${fromMs === null ? '' : "and occurred_at >= {from:DateTime64(3, 'UTC')}"} ${untilMs === null ? '' : "and occurred_at < {until:DateTime64(3, 'UTC')}"}`;
}

/** Decimals as whole ten-thousandths, keys as text: neither fits a number of JSON. */
const lineColumns: Record<LineColumn, string> = {
  orderKey: 'toString(order_key)', product: 'product_id', category: 'category', brand: 'brand', channel: 'channel', region: 'region',
  unitPrice: 'reinterpretAsInt64(unit_price)', quantity: 'reinterpretAsInt64(quantity)', amount: 'reinterpretAsInt64(amount)',
};
const exactColumns = new Set<LineColumn>(['unitPrice', 'quantity', 'amount']);

type LineRow = { no: number; at: number; kind: LineFact['kind'] } & Partial<Record<LineColumn, string>>;

/** Lines by the number they count under. Columns that are not needed are empty. */
export async function readLines(clickhouse: ClickHouse, needs: NonNullable<Needs['lines']>, customerNos: readonly number[]): Promise<Map<number, LineFact[]>> {
  const params: QueryParams = { customerNos };
  const columns = [...needs.columns].map((column) => `, ${lineColumns[column]} as ${column}`).join('');
  const rows = (await clickhouse.rows(
    `select ${whoAndWhen}, kind${columns} from order_line
      prewhere ${theirs} where kind in (${[...needs.kinds].map((kind) => `'${kind}'`).join()}) ${rangeSql(needs.range, params)} order by occurred_at`, params,
  )) as LineRow[];
  const text = (row: LineRow, column: LineColumn): string => row[column] ?? '';
  const exact = [...needs.columns].filter((column) => exactColumns.has(column));
  return byPerson(rows, (row) => {
    const line: LineFact = {
      atMs: row.at, kind: row.kind, orderKey: text(row, 'orderKey'), product: text(row, 'product'), category: text(row, 'category'), brand: text(row, 'brand'),
      channel: text(row, 'channel'), region: text(row, 'region'), unitPrice: 0n, quantity: 0n, amount: 0n,
    };
    for (const column of exact) Object.assign(line, { [column]: BigInt(text(row, column)) });
    return line;
  });
}

type EventRow = { no: number; at: number; name: string } & Record<`p${number}`, string>;

/** Events by the number they count under and their name. */
export async function readEvents(clickhouse: ClickHouse, needs: NonNullable<Needs['events']>, customerNos: readonly number[]): Promise<Map<number, Map<string, EventFact[]>>> {
  const paths = [...needs.properties];
  const params: QueryParams = { customerNos, names: [...needs.names], ...Object.fromEntries(paths.map((path, i) => [`path${i}`, path])) };
  const properties = paths.map((_, i) => `, toString(getSubcolumn(properties, {path${i}:String})) as p${i}`).join('');
  const rows = (await clickhouse.rows(
    `select ${whoAndWhen}, name${properties} from event
      prewhere ${theirs} where name in {names:Array(String)} ${rangeSql(needs.range, params)} order by occurred_at`, params,
  )) as EventRow[];
  const events = byPerson(rows, (row) => {
    const said = paths.flatMap((path, i): [string, string][] => (row[`p${i}`] ? [[path, row[`p${i}`]]] : []));
    return { name: row.name, fact: { atMs: row.at, properties: new Map(said) } };
  });
  return new Map([...events].map(([no, own]) =>
    [no, new Map([...Map.groupBy(own, ({ name }) => name)].map(([name, of]) => [name, of.map(({ fact }) => fact)]))]));
}

function byPerson<R extends { no: number }, F>(rows: readonly R[], factOf: (row: R) => F): Map<number, F[]> {
  const found = new Map<number, F[]>();
  for (const row of rows) {
    const own = found.get(row.no);
    if (own) own.push(factOf(row));
    else found.set(row.no, [factOf(row)]);
  }
  return found;
}
