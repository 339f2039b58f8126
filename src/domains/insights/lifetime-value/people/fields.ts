import { canonicalNo } from '../../../../platform/clickhouse/merge-dictionary.ts';
import type { AudienceField } from '../../../audiences/public.ts';

const merged = '(select arrayJoin([absorbed_no, survivor_no]) from merge_pair)';

/** A column of the run that is shown. Who was merged since counts as one: what is expected of the two is added, of the rest the higher counts. */
function relation(modelId: number, own: string, together: string): string {
  const ofRun = `from lifetime_value as each where each.model_id = ${Math.trunc(modelId)} and each.customer_no`;
  return `select each.customer_no as customer_no, ${own} as value ${ofRun} not in ${merged}
    union all select ${canonicalNo('each.customer_no')} as customer_no, ${together} as value ${ofRun} in ${merged} group by 1`;
}

interface Described {
  name: string;
  unit?: AudienceField['unit'];
  /** How what is known of two becomes one. */
  together: 'sum' | 'max';
  column: string;
}

const described: Described[] = [
  { name: 'alive', unit: 'number', together: 'max', column: 'each.alive * 100' },
  { name: 'orders_30', unit: 'number', together: 'sum', column: 'each.orders_30' },
  { name: 'orders_90', unit: 'number', together: 'sum', column: 'each.orders_90' },
  { name: 'orders_365', unit: 'number', together: 'sum', column: 'each.orders_365' },
  { name: 'value_30', unit: 'money', together: 'sum', column: 'each.value_30' },
  { name: 'value_90', unit: 'money', together: 'sum', column: 'each.value_90' },
  { name: 'value_365', unit: 'money', together: 'sum', column: 'each.value_365' },
  { name: 'value_ever', unit: 'money', together: 'sum', column: 'each.value_ever' },
  { name: 'tenth', unit: 'number', together: 'max', column: 'each.tenth' },
  { name: 'days_bought', unit: 'number', together: 'sum', column: 'each.orders' },
];

/** What rules of audiences may ask of lifetime value, by the run that is shown. */
export const lifetimeFields = (modelId: () => number): (() => AudienceField)[] => [
  ...described.map(({ name, unit, together, column }) => (): AudienceField => {
    const value = (inner: string): string => `toNullable(toDecimal128(toFloat64(${inner}), 4))`;
    return {
      name: `lifetime.${name}`, label: `insights:lifetime.field.${name}`, type: 'number', unit, source: 'facts', version: String(modelId()),
      relation: relation(modelId(), value(column), value(`${together}(${column})`)),
    };
  }),
  (): AudienceField => ({
    name: 'lifetime.channel', label: 'insights:lifetime.field.channel', type: 'text', source: 'facts', version: String(modelId()), hasChoices: true,
    relation: relation(modelId(), "nullIf(toString(each.channel), '')", "nullIf(toString(argMin(each.channel, each.first_day)), '')"),
  }),
  (): AudienceField => ({
    name: 'lifetime.first_day', label: 'insights:lifetime.field.first_day', type: 'day', source: 'facts', version: String(modelId()),
    relation: relation(modelId(), 'toNullable(toDate32(each.first_day))', 'toNullable(toDate32(min(each.first_day)))'),
  }),
];
