import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { formatDecimal, parseDecimal } from '../../../kernel/decimal.ts';

/** Text as it stands in the data; compared character by character, of which none is half a surrogate pair. */
export const textValue = z.string().min(1).max(200).refine((text) => text.isWellFormed(), { error: 'half a character' });
export const textValues = z.array(textValue).min(1).max(500);

/**
 * An exact number with at most four decimals, as text or as a JSON number. A JSON number beyond
 * 2^53 has lost digits on its way and is refused; as text it is exact up to 18 digits.
 */
export const exactNumber = z
  .union([z.number(), z.string().max(40)])
  .refine((given) => typeof given === 'string' || (Number.isFinite(given) && Math.abs(given) <= Number.MAX_SAFE_INTEGER), { error: 'a number beyond 2^53 must be given as text' })
  .transform((given, context) => {
    const exact = parseDecimal(String(given));
    if (exact !== null) return formatDecimal(exact);
    context.addIssue({ code: 'custom', message: 'not a number with at most four decimals and 18 digits' });
    return z.NEVER;
  });

/** How a number is compared. `between` includes both ends. */
export const comparison = z.discriminatedUnion('is', [
  z.object({ is: z.enum(['at_least', 'at_most', 'more_than', 'less_than', 'equals', 'not_equals']), value: exactNumber }),
  z.object({ is: z.literal('between'), from: exactNumber, to: exactNumber }),
]);
export type Comparison = z.output<typeof comparison>;

export const timeUnits = ['hour', 'day', 'week', 'month', 'year'] as const;
export type TimeUnit = (typeof timeUnits)[number];

/** Parts of the calendar; a week begins on Monday. */
export const calendarUnits = ['week', 'month', 'year'] as const;
export type CalendarUnit = (typeof calendarUnits)[number];

/**
 * A place in time: a day of the brand's calendar, or so long before today (`ago`) or after it
 * (`ahead`). Hours are counted from the present minute; longer units reach whole days: as the
 * beginning of a period the day's first moment, as its end the day's last. A part of the calendar is the
 * present one or one so many before: its first day as the beginning, its last as the end.
 */
export const point = z.union([
  daySchema,
  z.object({ ago: z.number().int().min(0).max(36_500), unit: z.enum(timeUnits) }),
  z.object({ calendar: z.enum(calendarUnits), ago: z.number().int().min(0).max(1_200) }),
  z.object({ ahead: z.number().int().min(0).max(36_500), unit: z.enum(timeUnits) }),
]);
export type Point = z.output<typeof point>;

/** From one place in time to another, both included; an absent end is open. */
export const period = z.object({ from: point.optional(), to: point.optional() });
export type Period = z.output<typeof period>;
