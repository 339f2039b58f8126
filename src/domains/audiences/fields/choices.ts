import { z } from 'zod';
import { notFound } from '../../../kernel/problem.ts';
import { question, ask } from '../../../platform/clickhouse/query.ts';
import type { Platform } from '../../../platform/platform.ts';
import { lineTextFields } from '../contract/facts.ts';
import { Bindings } from '../set/bindings.ts';
import { lineColumns, propertySql } from '../set/facts-sql.ts';
import type { FieldRegistry } from './registry.ts';

export interface Choice {
  value: string;
  label: string;
  count: number;
}

const mostChoices = 50;
const row = z.object({ value: z.string(), shown: z.string(), times: z.coerce.number() }).transform(({ value, shown, times }) => ({ value, label: shown, count: times }));
const params = z.record(z.string(), z.unknown());
const limits = { timeoutMs: 10_000 };

/** The most frequent values that contain a text: of `field:province`, `line:category` or `event:Product Viewed:category`. */
export async function choicesOf({ reader }: Platform, fields: FieldRegistry, of: string, search: string): Promise<Choice[]> {
  const bind = new Bindings();
  const from = sourceOf(fields, of, bind);
  const found = search === '' ? '' : `and (positionCaseInsensitiveUTF8(value, ${bind.text(search)}) > 0 or positionCaseInsensitiveUTF8(label, ${bind.text(search)}) > 0)`;
  const sql = `select value, any(label) as shown, count() as times from (${from}) where value != '' ${found} group by value order by times desc, value limit ${mostChoices}`;
  return ask(reader, question({ name: 'choices', sql, params, row, limits }), bind.params);
}

function sourceOf(fields: FieldRegistry, of: string, bind: Bindings): string {
  const [kind, name = '', ...rest] = of.split(':');
  if (kind === 'field') {
    const field = fields.find(name);
    if (!field?.hasChoices) throw notFound('audiences.no_choices');
    if (field.attribute !== undefined) bind.params.attribute = field.attribute;
    return `select ifNull(value, '') as value, value as label from (${field.relation})`;
  }
  if (kind === 'line') {
    const column = lineTextFields.find((each) => each === name);
    if (!column) throw notFound('audiences.no_choices');
    return `select toString(${lineColumns[column]}) as value, ${column === 'product' ? 'product_name' : 'value'} as label from order_line`;
  }
  const property = rest.join(':');
  if (kind !== 'event' || property === '') throw notFound('audiences.no_choices');
  return `select ${propertySql(property, bind)} as value, value as label from event where name = ${bind.text(name)}`;
}

const names = question({
  name: 'names of events',
  sql: 'select name, count() as events from event group by name order by events desc limit 500',
  params: z.object({}),
  row: z.object({ name: z.string(), events: z.coerce.number() }),
  limits,
});
const attributeKeys = question({
  name: 'keys of attributes',
  sql: `select distinct arrayJoin(JSONAllPaths(attributes)) as key from customer order by key limit 500`,
  params: z.object({}),
  row: z.object({ key: z.string() }),
  limits,
});
const properties = question({
  name: 'properties of an event',
  sql: `select path as property, toUInt8(countIf(type in ('Int64', 'Float64')) > 0) as isNumber
    from (select (arrayJoin(JSONAllPathsWithTypes(properties)) as pair).1 as path, pair.2 as type
      from (select properties from event where name = {event:String} limit 20000))
    group by path order by path limit 500`,
  params: z.object({ event: z.string() }),
  row: z.object({ property: z.string(), isNumber: z.number() }),
  limits,
});

export const eventNames = ({ reader }: Platform) => ask(reader, names, {});
export const attributesKnown = async ({ reader }: Platform): Promise<string[]> => (await ask(reader, attributeKeys, {})).map(({ key }) => key);
export const propertiesOf = async ({ reader }: Platform, event: string) =>
  (await ask(reader, properties, { event })).map(({ property, isNumber }) => ({ property, isNumber: isNumber === 1 }));
