import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { lineFilters } from '../../commerce/contract.ts';

/** What puts people together: the month or week of their first order, or what that order says of itself. */
export const cohortKinds = ['time', 'channel', 'region', 'category', 'brand', 'product'] as const;
export type CohortKind = (typeof cohortKinds)[number];

/** In what time goes: months, or weeks from Monday. */
export const cohortUnits = ['month', 'week'] as const;
export type CohortUnit = (typeof cohortUnits)[number];

/** Limits of one question: people who began in so many periods, looked at for so many. */
export const cohortLimits = { begins: 60, periods: 60, values: 12 } as const;

const flag = z.enum(['0', '1']).default('0').transform((value) => value === '1');

const asked = {
  cohort: z.enum(cohortKinds).default('time'),
  unit: z.enum(cohortUnits).default('month'),
  /** When people first ordered, days of the brand's calendar, both included; the whole months or weeks that these touch count. */
  from: daySchema,
  to: daySchema,
  /** How many periods of each person are looked at, the one of the first order included. */
  periods: z.coerce.number().int().min(1).max(cohortLimits.periods).default(13),
  /** Which lines are orders at all: first orders too are the first among these. */
  ...lineFilters,
  /** 1: lines without a price, such as presents, are no orders. */
  priced: flag,
};

/** One cohort, so many periods after its first. What is cumulative counts from the beginning to the end of that period. */
export const cohortCell = z.object({
  age: z.number().int(),
  /** People who have been looked at for so long. */
  of: z.number().int(),
  /** Ordered in this very period. */
  active: z.number().int(),
  /** Had ordered at least twice by the end of the period. */
  repurchased: z.number().int(),
  /** Orders of all of them until then. */
  orders: z.number().int(),
  sales: z.string(),
  /** Sales less what was given back. */
  net: z.string(),
  /** False while the period is not over, or the data does not reach to its end. */
  isComplete: z.boolean(),
});
export type CohortCell = z.output<typeof cohortCell>;

const cohortRow = z.object({
  /** The first day of the period, or the value; null for the values that have no row of their own. */
  key: z.string().nullable(),
  /** A product's name, or the key. */
  label: z.string(),
  size: z.number().int(),
  cells: z.array(cohortCell),
});
export type CohortRow = z.output<typeof cohortRow>;

export const readCohorts = endpoint({
  method: 'GET',
  path: '/api/insights/cohorts',
  summary: 'Who of those that first ordered in a period came back when, repeated, and what they brought',
  access: 'insights.read',
  query: z.object({ ...asked, fresh: flag }),
  reply: z.object({
    rows: z.array(cohortRow),
    /** All together, of whole periods only. */
    average: z.array(cohortCell),
    /** People whose first order lies before or after the time asked for. */
    before: z.number().int(),
    after: z.number().int(),
    /** The day up to which the data reaches; null while there is none. */
    until: daySchema.nullable(),
    linesInOtherCurrency: z.number().int(),
    currency: z.string(),
    dataVersion: z.number().int(),
    computedAt: z.iso.datetime(),
  }),
});

export const exportCohorts = endpoint({
  method: 'GET',
  path: '/api/insights/cohorts/export',
  summary: 'The same cohorts as a CSV file, a row for each cell',
  access: 'insights.export',
  query: z.object(asked),
  reply: z.string(),
  raw: true,
});

const texts = z.array(z.string().max(200)).max(50).default([]);

/** Which people of a cohort, `age` periods after its first: of that very period, or by its end. */
export const cohortPart = z.enum(['active', 'inactive', 'repurchased', 'not_repurchased', 'all']);
export type CohortPart = z.output<typeof cohortPart>;

/** People of one cell of the same question. */
export const cohortCellPeople = z.object({
  kind: z.literal('cohort_cell'),
  cohort: z.enum(cohortKinds).default('time'),
  unit: z.enum(cohortUnits).default('month'),
  from: daySchema,
  to: daySchema,
  periods: z.number().int().min(1).max(cohortLimits.periods).default(13),
  channel: texts,
  region: texts,
  category: texts,
  brand: texts,
  product: z.string().max(200).optional(),
  priced: z.boolean().default(false),
  /** The row: as it was answered, or `all` for all of them together. */
  row: z.union([z.object({ key: z.string().max(200).nullable() }), z.literal('all')]),
  age: z.number().int().min(0).max(cohortLimits.periods - 1),
  part: cohortPart,
});
export type CohortCellPeople = z.output<typeof cohortCellPeople>;
