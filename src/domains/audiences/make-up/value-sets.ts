import { decodeNamedBitmaps } from '../../../kernel/bitmap/group-bitmap.ts';
import type { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import type { ClickHouse } from '../../../platform/clickhouse/client.ts';
import type { FieldRegistry } from '../fields/registry.ts';
import { Bindings } from '../set/bindings.ts';
import { type Dialect, lineColumns, numberOf } from '../set/facts-sql.ts';

/** The people of each value of a trait. */
export interface ValueSet {
  name: string;
  bitmap: Bitmap;
}

/** Where the values of a trait come from: a query of `no` and `value`. */
export interface ValueSource {
  trait: string;
  /** Message with its namespace. */
  label: string;
  changesWith: 'facts' | 'customers';
  print(dialect: Dialect, bind: Bindings): string;
}

const mostValues = 40;

/** The people of the most frequent values, the most frequent first. */
export async function readValueSets(reader: ClickHouse, source: ValueSource, dialect: Dialect): Promise<ValueSet[]> {
  const bind = new Bindings();
  const sql = `select value, groupBitmapState(toUInt32(no)) as people from (${source.print(dialect, bind)}) where value != ''
    group by value order by bitmapCardinality(people) desc, value limit ${mostValues}`;
  const chunks = await Array.fromAsync(reader.bytes(sql, 'RowBinary', bind.params, { timeoutMs: 30_000 }));
  return decodeNamedBitmaps(Buffer.concat(chunks));
}

/** Everything of which each value is somebody's or not: fields with choices, what was bought and where, what was done, tags. */
export function valueSources(fields: FieldRegistry): ValueSource[] {
  const ofFields = fields.all().filter((field) => field.hasChoices && field.type === 'text').map((field): ValueSource => ({
    trait: `field:${field.name}`, label: field.label, changesWith: field.source,
    print: () => `select customer_no as no, ifNull(value, '') as value from (${field.relation})`,
  }));
  const ofLines = (['category', 'brand', 'channel', 'region'] as const).map((column): ValueSource => ({
    trait: `line:${column}`, label: `audiences:makeUp.bought.${column}`, changesWith: 'facts',
    print: (dialect) => `select ${numberOf(dialect)} as no, toString(${lineColumns[column]}) as value from order_line where customer_no > 0 and kind = 'sale'`,
  }));
  return [
    ...ofFields,
    ...ofLines,
    { trait: 'event', label: 'audiences:makeUp.did', changesWith: 'facts', print: (dialect) => `select ${numberOf(dialect)} as no, toString(name) as value from event where customer_no > 0` },
    { trait: 'tag', label: 'audiences:makeUp.tag', changesWith: 'customers', print: () => "select customer_no as no, toString(arrayJoin(tags)) as value from customer final where status = 'active'" },
    { trait: 'consent', label: 'audiences:makeUp.consent', changesWith: 'customers', print: () => "select customer_no as no, toString(arrayJoin(consents)) as value from customer final where status = 'active'" },
  ];
}
