import { canonicalNo } from '../../../platform/clickhouse/merge-dictionary.ts';
import type { AudienceField } from '../../audiences/public.ts';
import { dimensions } from './dimensions.ts';

const merged = '(select arrayJoin([absorbed_no, survivor_no]) from merge_pair)';

/**
 * One thing of a run by the number people count under today. Who was merged since has what the one with more orders has: nothing was
 * computed of them together.
 */
const relation = (modelId: number, value: string): string => `select customer_no, ${value} as value from preference where model_id = ${modelId} and customer_no not in ${merged}
  union all select ${canonicalNo('preference.customer_no')} as customer_no, argMax(${value}, (orders, preference.customer_no)) as value from preference where model_id = ${modelId} and preference.customer_no in ${merged} group by 1`;

/** What rules may ask of preferences: the favourite of each dimension, the tier of purchasing power and the percentile it is by. */
export function preferenceFields(currentId: () => number): (() => AudienceField)[] {
  const field = (name: string, value: string, rest: Partial<AudienceField>): (() => AudienceField) => () => {
    const modelId = currentId();
    return { name: `preference.${name}`, label: `insights:preference.field.${name}`, type: 'text', source: 'facts', hasChoices: true, version: String(modelId), relation: relation(modelId, value), ...rest };
  };
  const words = (of: string): Partial<AudienceField> => (isWorded(of) ? { words: `insights:preference.value.${of}` } : {});
  return [
    ...dimensions.map((dimension) => field(dimension, `nullIf(toString(${dimension}), '')`, words(dimension))),
    field('tier', "if(tier = 0, null, concat('tier', toString(tier)))", words('tier')),
    field('power', 'if(tier = 0, null, toDecimal128(power * 100, 4))', { type: 'number', hasChoices: false }),
  ];
}

/** Whether values are words of the product and not of the brand. */
export const isWorded = (of: string): boolean => of === 'price_band' || of === 'hour' || of === 'weekday' || of === 'tier';
