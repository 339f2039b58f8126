import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';

const text = z.string().max(200);

/** A key of a query string that may be repeated: absent, one text or several, at most 50. */
export const textList = z
  .union([z.array(text).max(50), text])
  .default([])
  .transform((given) => [given].flat());

/** Days of the brand's calendar, both included; an absent end is open. */
export const optionalPeriod = { from: daySchema.optional(), to: daySchema.optional() };

/** Which order lines count. Several values of one key are alternatives; an empty list is no filter. */
export const lineFilters = {
  channel: textList,
  region: textList,
  category: textList,
  brand: textList,
  /** A product's id. */
  product: z.string().max(200).optional(),
};
export type LineFilters = z.output<z.ZodObject<typeof lineFilters>>;
