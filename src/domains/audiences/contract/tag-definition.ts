import { z } from 'zod';
import { parseDecimal } from '../../../kernel/decimal.ts';
import { eventCounts, eventValues, facts, orderCounts, orderValues, propertyMeasures, propertyPath } from './facts.ts';
import { rule } from './rule.ts';
import { exactNumber, period } from './values.ts';

/** How somebody comes to have a tag: given by hand, named in a file, meant by a rule, or in one of the tiers of a value. */
export const tagKinds = ['hand', 'file', 'rule', 'tiers'] as const;
export type TagKind = (typeof tagKinds)[number];

export const tierLabel = z.string().trim().min(1).max(20);
const labels = z.array(tierLabel).min(2).max(20);

const field = z.object({ kind: z.literal('field'), field: z.string().min(1).max(120) });
const measure = z.object({
  kind: z.literal('measure'),
  facts,
  measure: z.enum([...orderCounts, ...orderValues, ...eventCounts, ...eventValues, ...propertyMeasures]),
  property: propertyPath.optional(),
  period: period.default({}),
});

/** A number of a customer: a field of the registry, or a measure of orders or events. */
export const tieredValue = z.discriminatedUnion('kind', [field, measure]);
export type TieredValue = z.output<typeof tieredValue>;

const ascending = (limits: readonly string[]): boolean => limits.every((limit, i) => i === 0 || (parseDecimal(limits[i - 1]) ?? 0n) < (parseDecimal(limit) ?? 0n));
const distinct = (given: readonly string[]): boolean => new Set(given.map((label) => label.toLowerCase())).size === given.length;
const whole = 100;

/**
 * Tiers of which a person is in one at most. By rules, the first whose rule holds. By the limits of a value, the
 * lowest tier first, each from its limit up to, and without, the next. By shares, limits are chosen every day so
 * that the tiers hold about so many percent of those who have a value. `over` leaves out who has no more than that.
 */
export const tiers = z.discriminatedUnion('by', [
  z.object({ by: z.literal('rules'), tiers: z.array(z.object({ label: tierLabel, rule })).min(2).max(20).refine((given) => distinct(given.map(({ label }) => label)), { params: { said: 'twice' } }) }),
  z.object({ by: z.literal('limits'), of: tieredValue, over: exactNumber.nullable(), labels: labels.refine(distinct, { params: { said: 'twice' } }), limits: z.array(exactNumber).min(1).max(19).refine(ascending, { params: { said: 'not_rising' } }) })
    .refine(({ labels: named, limits }) => limits.length === named.length - 1, { path: ['limits'], error: 'one less than there are labels' }),
  z.object({ by: z.literal('shares'), of: field, over: exactNumber.nullable(), labels: labels.refine(distinct, { params: { said: 'twice' } }), shares: z.array(z.number().int().min(1).max(99)).min(2).max(20) })
    .refine(({ labels: named, shares }) => shares.length === named.length, { path: ['shares'], error: 'as many as there are labels' })
    .refine(({ shares }) => shares.reduce((sum, share) => sum + share, 0) === whole, { path: ['shares'], params: { said: 'not_a_whole' } }),
]);
export type Tiers = z.output<typeof tiers>;

/** What decides who has a tag. */
export const tagDefinition = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hand') }),
  z.object({ kind: z.literal('file') }),
  z.object({ kind: z.literal('rule'), rule }),
  z.object({ kind: z.literal('tiers'), tiers }),
]);
export type TagDefinition = z.output<typeof tagDefinition>;

/** The labels of tiers, in their order. */
export const labelsOf = (given: Tiers): string[] => (given.by === 'rules' ? given.tiers.map(({ label }) => label) : given.labels);
