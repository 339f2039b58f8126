import type { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import type { ClickHouse, QueryParams } from '../../../platform/clickhouse/client.ts';
import { inTurns } from '../../../kernel/in-turns.ts';
import { readNamedBitmaps } from '../../../platform/clickhouse/named-bitmaps.ts';
import type { Platform } from '../../../platform/platform.ts';
import { attributesKnown } from '../fields/choices.ts';
import type { FieldRegistry } from '../fields/registry.ts';
import { lineColumns } from '../set/facts-sql.ts';
import type { ByMerges } from '../set/merged-numbers.ts';

/** The people of each value of a trait. */
export interface ValueSet {
  name: string;
  bitmap: Bitmap;
}

/** Where the values of a trait come from. */
export interface ValueSource {
  trait: string;
  /** Message with its namespace, or of a custom attribute its own name. */
  label: string | { name: string };
  changesWith: 'facts' | 'customers';
  /** Whether numbers are those that facts carry: of merged people they may be any of theirs. */
  isOfFacts: boolean;
  /** A query of `value` and `people`. */
  sql: string;
  params?: QueryParams;
}

const mostValues = 40;
/** Attributes that are looked at, and how many of them are looked at to see whether there are few values. */
const [mostAttributes, sampled] = [30, 100_000];
const limits = { timeoutMs: 30_000 };

/** The people of the most frequent values, the most frequent first. */
export async function readValueSets(reader: ClickHouse, { sql, params, isOfFacts }: ValueSource, byMerges: ByMerges): Promise<ValueSet[]> {
  const sets = await readNamedBitmaps(reader, `select value, people from (${sql}) where value != ''
    order by bitmapCardinality(people) desc, value limit ${mostValues}`, params, limits);
  return isOfFacts ? sets.map(({ name, bitmap }) => ({ name, bitmap: byMerges(bitmap) })) : sets;
}

const grouped = (relation: string, value: string): string => `select ${value} as value, groupBitmapState(customer_no) as people from ${relation} group by value`;
const customers = "customer final where status = 'active'";

/** Everything of which each value is somebody's or not: fields with choices, what was bought and where, what was done, tags. */
export function valueSources(fields: FieldRegistry): ValueSource[] {
  const ofFields = fields.all().filter((field) => field.hasChoices && field.type === 'text').map((field): ValueSource => ({
    trait: `field:${field.name}`, label: field.label, changesWith: field.source, isOfFacts: false,
    sql: grouped(`(${field.relation})`, "ifNull(value, '')"),
  }));
  // Projections hold these sets ready-made, under the very expressions that are asked for.
  const ofLines = (['category', 'brand', 'channel', 'region'] as const).map((name): ValueSource => ({
    trait: `line:${name}`, label: `audiences:makeUp.bought.${name}`, changesWith: 'facts', isOfFacts: true,
    sql: `select toString(${lineColumns[name]}) as value, groupBitmapState(customer_no) as people from order_line where kind = 'sale' group by ${lineColumns[name]}`,
  }));
  return [
    ...ofFields,
    ...ofLines,
    { trait: 'event', label: 'audiences:makeUp.did', changesWith: 'facts', isOfFacts: true, sql: 'select toString(name) as value, groupBitmapState(customer_no) as people from event group by name' },
    { trait: 'tag', label: 'audiences:makeUp.tag', changesWith: 'customers', isOfFacts: false, sql: grouped(customers, 'toString(arrayJoin(tags))') },
    { trait: 'consent', label: 'audiences:makeUp.consent', changesWith: 'customers', isOfFacts: false, sql: grouped(customers, 'toString(arrayJoin(consents))') },
  ];
}

/** Custom attributes of few values, as a sample says. */
export async function attributeSources(platform: Platform, fields: FieldRegistry): Promise<ValueSource[]> {
  const keys = (await attributesKnown(platform)).slice(0, mostAttributes);
  const found = await inTurns(2, keys, async (key): Promise<ValueSource | null> => {
    const field = fields.find(`attribute.${key}`);
    if (!field) return null;
    const params = { attribute: key };
    const [{ values }] = (await platform.reader.rows(`select toUInt32(uniqExact(value)) as values from (select value from (${field.relation}) limit ${sampled})`, params, limits)) as { values: number }[];
    if (values > mostValues) return null;
    return { trait: `field:${field.name}`, label: { name: key }, changesWith: 'customers', isOfFacts: false, params, sql: grouped(`(${field.relation})`, "ifNull(value, '')") };
  });
  return keys.flatMap((key) => found.get(key) ?? []);
}
