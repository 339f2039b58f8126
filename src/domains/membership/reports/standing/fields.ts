import { canonicalNo } from '../../../../platform/clickhouse/merge-dictionary.ts';
import type { AudienceField } from '../../../audiences/public.ts';

const merged = '(select arrayJoin([absorbed_no, survivor_no]) from merge_pair)';

/** A value of each person: of a number that stands alone, and of all numbers of one that was merged. */
const relation = (own: string, together: string, condition: string): string =>
  `select each.customer_no as customer_no, ${own} as value from member_standing as each where ${condition} and each.customer_no not in ${merged}
    union all select ${canonicalNo('each.customer_no')} as customer_no, ${together} as value from member_standing as each where ${condition} and each.customer_no in ${merged} group by 1`;

const isMember = 'each.tier_rank > 0';
const number = (sql: string): string => `toNullable(toDecimal128(${sql}, 4))`;
/** The highest tier that somebody has under their numbers brings its own clock. */
const ofHighest = (column: string): string => `argMax(tuple(${column}), each.tier_rank).1`;

/** What rules of audiences may ask of members and their points, as it was copied last. */
export const standingFields: AudienceField[] = [
  {
    name: 'membership.tier', label: 'membership:field.tier', type: 'text', source: 'customers', hasChoices: true,
    relation: relation('toNullable(toString(each.tier))', `toNullable(toString(${ofHighest('each.tier')}))`, isMember),
  },
  {
    name: 'membership.joined', label: 'membership:field.joined', type: 'moment', source: 'customers',
    relation: relation('each.joined_at', 'min(each.joined_at)', isMember),
  },
  {
    name: 'membership.review_days', label: 'membership:field.review_days', type: 'number', unit: 'days', source: 'customers',
    relation: relation('toDecimal128(each.review_days, 4)', `toDecimal128(${ofHighest('each.review_days')}, 4)`, isMember),
  },
  {
    name: 'membership.points', label: 'membership:field.points', type: 'number', unit: 'number', source: 'customers',
    relation: relation(number('each.points'), number('sum(each.points)'), '1'),
  },
  {
    name: 'membership.points_ending', label: 'membership:field.points_ending', type: 'number', unit: 'number', source: 'customers',
    relation: relation(number('each.points_ending'), number('sum(each.points_ending)'), '1'),
  },
];

/** How each of them joined, the first time of one that was merged. */
export const wayRelation = relation('toNullable(toString(each.joined_by))', 'toNullable(argMin(toString(each.joined_by), each.joined_at))', isMember);

/** The query of a field by its short name. */
export const relationOf = (name: string): string => standingFields.find((field) => field.name === `membership.${name}`)?.relation ?? '';
