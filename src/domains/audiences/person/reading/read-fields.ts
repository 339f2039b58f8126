import type { ClickHouse } from '../../../../platform/clickhouse/client.ts';
import type { AudienceField, FieldType } from '../../fields/field.ts';
import type { FieldValue } from '../person-facts.ts';

/** Fields asked for in one statement. */
const fieldsAtOnce = 10;

/** Every type's value as a text that says it exactly. */
const texts: Record<FieldType, string> = {
  text: 'toString(value)',
  number: 'toString(toInt128(value * 10000))',
  moment: 'toString(toUnixTimestamp64Milli(value))',
  day: 'toString(value)',
};
const values: Record<FieldType, (text: string) => FieldValue> = { text: String, number: BigInt, moment: Number, day: String };

/** The values these customers have of fields, by number and name; who has none of a field is absent. */
export async function readFields(clickhouse: ClickHouse, fields: readonly AudienceField[], customerNos: readonly number[]): Promise<Map<number, Map<string, FieldValue>>> {
  const found = new Map<number, Map<string, FieldValue>>();
  for (let from = 0; from < fields.length; from += fieldsAtOnce) {
    const some = fields.slice(from, from + fieldsAtOnce);
    const params = Object.fromEntries(some.map((field, i) => [`attribute${i}`, field.attribute ?? '']));
    const rows = (await clickhouse.rows(some.map(valuesSql).join(' union all '), { ...params, customerNos })) as { field: number; no: number; text: string }[];
    for (const { field, no, text } of rows) {
      const own = found.get(no) ?? new Map<string, FieldValue>();
      found.set(no, own);
      own.set(some[field].name, values[some[field].type](text));
    }
  }
  return found;
}

/** A field's own relation, of these customers only. Its place in the list stands for it. */
function valuesSql({ relation, type }: AudienceField, index: number): string {
  const own = relation.replaceAll('{attribute:String}', `{attribute${index}:String}`);
  return `select toUInt8(${index}) as field, customer_no as no, assumeNotNull(${texts[type]}) as text from (${own})
    where customer_no in {customerNos:Array(UInt32)} and value is not null`;
}
