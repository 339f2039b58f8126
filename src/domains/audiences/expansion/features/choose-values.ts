import type { ClickHouse } from '../../../../platform/clickhouse/client.ts';
import type { AudienceField } from '../../fields/field.ts';
import type { FieldRegistry } from '../../fields/registry.ts';
import { Bindings } from '../../set/bindings.ts';
import { attributeColumn, lineFamilies, profileColumns } from './sources.ts';

/** How many values of a family are features of their own; of every other, so many. */
const most: Record<string, number> = { category: 20, brand: 10, channel: 8, region: 10, event: 10, gender: 3, province: 10, city: 8, country: 4, language: 4, tag: 10 };
const mostOfOthers = 6;
const attributeKeys = 6;
/** An attribute of more values than this is a text of its own, not a kind of people. */
const attributeValues = 12;
const limits = { timeoutMs: 60_000 };

/** Some members and some others, whose values are looked through. */
export interface Examples {
  members: readonly number[];
  others: readonly number[];
}

/** The values that make features: those most frequent among members and among others, both counting alike. */
export async function chooseValues(reader: ClickHouse, fields: FieldRegistry, registered: readonly AudienceField[], examples: Examples): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  const choose = async (from: string, columns: readonly [family: string, values: string][], bind = new Bindings()): Promise<void> => {
    const [members, others] = [bind.add('Array(UInt32)', examples.members), bind.add('Array(UInt32)', examples.others)];
    const pairs = columns.map(([family, values]) => `arrayMap(value -> (${bind.text(family)}, toString(value)), ${values})`).join(', ');
    const share = (count: string): string => `${count} / greatest(sum(${count}) over (partition by family), 1)`;
    const sql = `select family, value from (
        select pair.1 as family, pair.2 as value, countIf(customer_no in ${members}) as ours, countIf(customer_no in ${others}) as theirs
        from (select customer_no, arrayJoin(arrayConcat(${pairs})) as pair from ${from} and (customer_no in ${members} or customer_no in ${others}))
        where pair.2 != '' group by family, value)
      order by ${share('ours')} + ${share('theirs')} desc, value limit 20 by family`;
    for (const { family, value } of (await reader.rows(sql, bind.params, limits)) as { family: string; value: string }[]) (found[family] ??= []).push(value);
  };
  const single = (family: string, column: string): [string, string] => [family, `[${column}]`];
  const attributes = new Bindings();
  const names = await attributesOf(reader, fields, examples);
  await choose("order_line where kind = 'sale'", lineFamilies.map((family) => single(family, family)));
  await choose('event where 1', [single('event', 'name')]);
  await choose("customer final where status = 'active'", [
    ...Object.entries(profileColumns).map(([family, column]) => single(family, column)), ['consent', 'consents'], ['tag', 'tags'],
    ...names.map((family) => single(family, attributeColumn(family, attributes))),
  ], attributes);
  for (const { name, type, hasChoices, relation } of registered) {
    if (type === 'text' && hasChoices) await choose(`(${relation}) where 1`, [single(name, "ifNull(value, '')")]);
  }
  for (const [family, values] of Object.entries(found)) {
    if (!family.startsWith('attribute.')) found[family] = values.slice(0, most[family] ?? mostOfOthers);
    else if (values.length > attributeValues) delete found[family];
  }
  return found;
}

/** Attributes that people have most often, by the names of their fields. */
async function attributesOf(reader: ClickHouse, fields: FieldRegistry, { members, others }: Examples): Promise<string[]> {
  const sql = `select arrayJoin(JSONAllPaths(attributes)) as key from customer final where customer_no in {members:Array(UInt32)} or customer_no in {others:Array(UInt32)}`;
  const rows = (await reader.rows(`select key from (${sql}) group by key order by count() desc, key limit 50`, { members, others }, limits)) as { key: string }[];
  return rows.map(({ key }) => `attribute.${key}`).filter((name) => fields.find(name)).slice(0, attributeKeys);
}
