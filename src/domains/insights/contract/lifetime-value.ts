import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';

/** Models of who buys when, and who stays away for ever. */
export const buyingModels = ['bg_nbd', 'pareto_nbd'] as const;
export type BuyingModelName = (typeof buyingModels)[number];

/** So many days ahead are looked, and for the value of a whole life so many years, discounted by so much a year. */
export const horizons = [30, 90, 365] as const;
export const lifeYears = 3;
export const discountPerYear = 0.1;

/** Purchases and days since the last one from which each row and column of the map begins. */
export const orderBands = [1, 2, 3, 4, 5, 8, 15] as const;
export const restBands = [0, 31, 61, 91, 181, 366, 731] as const;

/** Above it, how often somebody buys tells what they spend: the model says they have nothing to do with each other. */
export const tellingCorrelation = 0.3;

export const lifetimeParams = z.object({
  model: z.enum(buyingModels).default('bg_nbd'),
  /** Days at the end that the model is tried on; null: a third of the history, at most half a year. */
  holdoutDays: z.number().int().min(7).max(1_100).nullable().default(null),
});

const parameter = z.object({ name: z.string(), value: z.number(), standardError: z.number().nullable() });
const fit = z.object({
  parameters: z.array(parameter),
  logLikelihood: z.number(),
  /** Parameters that ran to zero or to infinity: what they stand for hardly happens. */
  atBorder: z.array(z.string()),
});
const amounts = z.object({ orders30: z.number(), orders90: z.number(), orders365: z.number(), value30: z.number(), value90: z.number(), value365: z.number(), valueEver: z.number() });
const group = amounts.extend({ people: z.number().int(), alive: z.number(), spent: z.number() });
export type LifetimeGroup = z.output<typeof group>;

const forecastError = z.object({ expected: z.number(), meanError: z.number(), rootMeanSquare: z.number() });

/** How the model did on a period that it had not seen. */
const trial = z.object({
  /** The last day it had seen; it is tried on the days after, to the last day of all. */
  learntUntil: daySchema,
  days: z.number().int(),
  people: z.number().int(),
  actual: z.number(),
  model: forecastError,
  /** Everybody goes on as before; everybody is like all. */
  sameRate: forecastError,
  mean: forecastError,
  value: z.object({ actual: z.number(), expected: z.number() }),
  byFrequency: z.array(z.object({ repeats: z.number().int(), people: z.number().int(), actual: z.number(), expected: z.number() })),
  /** Repeat purchases of those people since the first day, summed up week by week. */
  weeks: z.array(z.object({ until: daySchema, actual: z.number(), expected: z.number() })),
});
export type LifetimeTrial = z.output<typeof trial>;

export const lifetimeResult = z.object({
  model: z.enum(buyingModels),
  from: daySchema,
  /** The day of the last order: observation ends there, and what is to come begins after it. */
  until: daySchema,
  currency: z.string(),
  /** Days that were put together where the history is long: recency and age are exact to so many. */
  grain: z.number().int(),
  buyers: z.number().int(),
  repeaters: z.number().int(),
  leftOut: z.object({ misdated: z.number().int(), nobodys: z.number().int(), otherCurrency: z.number().int() }),
  buying: fit,
  /** A living customer buys every so many days; of those alive, so many have gone after a year. */
  typical: z.object({ daysBetween: z.number(), goneInYear: z.number() }),
  /** What purchases are worth; null where the model could not be fitted and everybody counts with the mean. */
  spending: fit.nullable(),
  spend: z.object({ mean: z.number(), withoutValue: z.number().int(), correlation: z.number().nullable() }),
  total: group,
  tenths: z.array(group.extend({ tenth: z.number().int(), from: z.number(), to: z.number() })),
  cohorts: z.array(group.extend({ month: z.string().regex(/^\d{4}-\d{2}$/) })),
  channels: z.array(group.extend({ channel: z.string() })),
  map: z.array(z.object({ orders: z.number().int(), rest: z.number().int(), people: z.number().int(), alive: z.number() })),
  /** How many are expected to bring so much, or more and less than the next, in a year. */
  spread: z.array(z.object({ from: z.number(), people: z.number().int() })),
  trial: trial.nullable(),
});
export type LifetimeResult = z.output<typeof lifetimeResult>;

export const readLifetimeValue = endpoint({
  method: 'GET',
  path: '/api/insights/lifetime-value',
  summary: 'What customers will still buy: the model’s parameters, its quality, and who is expected to bring what',
  access: 'insights.read',
  reply: z.object({ current: z.object({ modelId: z.number().int(), asOf: z.iso.datetime(), result: lifetimeResult }).nullable() }),
});

const monthOf = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

/** Whom a number of the page stands for. Several limits hold together. */
export const peopleOfLifetime = z.object({
  kind: z.literal('lifetime_value'),
  tenths: z.array(z.number().int().min(1).max(10)).min(1).max(10).optional(),
  cohort: monthOf.optional(),
  channel: z.string().max(200).optional(),
  /** Between so many purchases, and the last one so many days before the end of the observation; both ends count. */
  orders: z.object({ from: z.number().int().min(1), to: z.number().int().nullable() }).optional(),
  rest: z.object({ from: z.number().int().min(0), to: z.number().int().nullable() }).optional(),
  /** The probability of being alive, and the value of the year to come: from the first up to, without, the second. */
  alive: z.object({ from: z.number().min(0).max(1), to: z.number().nullable() }).optional(),
  value365: z.object({ from: z.number().min(0), to: z.number().nullable() }).optional(),
});
export type PeopleOfLifetime = z.output<typeof peopleOfLifetime>;
