import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { consentChannels, consentPurposes, identifierKind } from '../../customers/contract.ts';
import { eventCounts, eventValues, facts, orderCounts, orderValues, propertyMeasures, propertyPath } from './facts.ts';
import { comparison, period, textValue, textValues } from './values.ts';

const id = z.number().int().min(1).max(2_147_483_647);
const match = z.enum(['any', 'all', 'none']).default('any');

/** What is asked of a field. `none_of` holds for whoever has no value, too; every other test needs one. */
export const fieldTest = z.discriminatedUnion('test', [
  z.object({ test: z.enum(['any_of', 'none_of']), values: textValues }),
  z.object({ test: z.enum(['contains', 'starts_with']), value: textValue }),
  z.object({ test: z.literal('compare'), compare: comparison }),
  z.object({ test: z.literal('within'), period }),
  /** The day comes round, every year, so many days from today: 0 to 7 is today and the week that follows. 29 February is kept on the 28th in other years. */
  z.object({ test: z.literal('anniversary'), from: z.number().int().min(-180).max(180), to: z.number().int().min(-180).max(180) }),
  z.object({ test: z.enum(['known', 'unknown']) }),
]);
export type FieldTest = z.output<typeof fieldTest>;

/** A field of a customer out of the registry: `gender`, `attribute.plan`, or one that another domain brought. */
export const fieldCondition = z.object({ kind: z.literal('field'), field: z.string().min(1).max(120), test: fieldTest });

/** Tags of the library by id. */
export const tagCondition = z.object({ kind: z.literal('tag'), tags: z.array(id).min(1).max(200), match });

/** What somebody last said about being reached. `unasked` is who never said anything. */
export const consentCondition = z.object({
  kind: z.literal('consent'),
  channel: z.enum(consentChannels),
  purpose: z.enum(consentPurposes),
  state: z.enum(['granted', 'withdrawn', 'unasked']),
});

/** By which kinds of identifier somebody is known. */
export const identifierCondition = z.object({ kind: z.literal('identifier'), identifiers: z.array(identifierKind).min(1), match });

const measuresOf = {
  order: [...orderCounts, ...orderValues],
  event: [...eventCounts, ...eventValues, ...propertyMeasures],
} as const;
const netMeasures: readonly string[] = ['amount', 'quantity'];
const ofProperty: readonly string[] = propertyMeasures;

/** A measure of somebody's orders or events in a period: "at least 2 orders in the last 90 days". */
export const measureCondition = z
  .object({
    kind: z.literal('measure'),
    facts,
    measure: z.enum([...measuresOf.order, ...eventCounts, ...propertyMeasures]),
    /** Of which property of the events, for the measures of a property. */
    property: propertyPath.optional(),
    period: period.default({}),
    compare: comparison,
  })
  .superRefine((given, context) => {
    const allowed: readonly string[] = given.facts.fact === 'order' && given.facts.of === 'net' ? netMeasures : measuresOf[given.facts.fact];
    if (!allowed.includes(given.measure)) context.addIssue({ code: 'custom', path: ['measure'], message: `one of ${allowed.join(', ')}` });
    if (ofProperty.includes(given.measure) !== (given.property !== undefined)) context.addIssue({ code: 'custom', path: ['property'], message: 'belongs to measures of a property, and to no other' });
  });

/** The first or the last of somebody's facts, of all time or within `period`, happened in `when`. */
export const momentCondition = z.object({
  kind: z.literal('moment'),
  facts,
  which: z.enum(['first', 'last']),
  period: period.default({}),
  when: period,
});

/** Exact durations: a day is 24 hours. */
const duration = z.object({ amount: z.number().int().min(1).max(10_000), unit: z.enum(['minute', 'hour', 'day']) });

/**
 * One fact after another: each step is later than the one before it, by `within` at most. With
 * `did_not` the last step is one that did not follow, and its time has run out.
 */
export const sequenceCondition = z.object({
  kind: z.literal('sequence'),
  first: facts,
  then: z.array(z.object({ facts, within: duration })).min(1).max(4),
  ends: z.enum(['did', 'did_not']).default('did'),
  /** When the first step happened. */
  period: period.default({}),
});

/** Something that is done again and again: in at least `times` of the last `of` days, weeks (from Monday) or months, the present one included. */
export const recurringCondition = z
  .object({ kind: z.literal('recurring'), facts, every: z.enum(['day', 'week', 'month']), times: z.number().int().min(1).max(400), of: z.number().int().min(1).max(400) })
  .refine(({ times, of }) => times <= of, { path: ['times'], params: { said: 'more_than_periods' } });

/** Members of another audience: now, or as it stood at the end of a past day. */
export const audienceCondition = z.object({ kind: z.literal('audience'), audienceId: id, on: daySchema.optional() });

/** A share of all customers, always the same people for the same salt. */
export const sampleCondition = z.object({ kind: z.literal('sample'), percent: z.number().gt(0).max(100), salt: z.string().min(1).max(60) });

/** People of an uploaded list. */
export const listCondition = z.object({ kind: z.literal('list'), listId: id });
