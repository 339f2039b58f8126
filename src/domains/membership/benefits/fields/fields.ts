import { canonicalNo } from '../../../../platform/clickhouse/merge-dictionary.ts';
import type { AudienceField } from '../../../audiences/public.ts';

/** A value of each person, over all numbers of one that was merged. */
const relation = (value: string): string => `select ${canonicalNo('each.customer_no')} as customer_no, ${value} as value from member_benefit as each group by 1`;
const number = (column: string): Pick<AudienceField, 'type' | 'unit' | 'source' | 'relation'> =>
  ({ type: 'number', unit: 'number', source: 'customers', relation: relation(`toNullable(toDecimal128(sum(each.${column}), 4))`) });

/** What rules of audiences may ask of benefits, as it was copied last. */
export const benefitFields: AudienceField[] = [
  { name: 'membership.benefits_given', label: 'membership:benefits.fields.given', ...number('granted') },
  { name: 'membership.benefits_used', label: 'membership:benefits.fields.used', ...number('used') },
  { name: 'membership.benefits_unused', label: 'membership:benefits.fields.unused', ...number('unused') },
  { name: 'membership.benefit_used_at', label: 'membership:benefits.fields.usedAt', type: 'moment', source: 'customers', relation: relation('max(each.last_used_at)') },
];
