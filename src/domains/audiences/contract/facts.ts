import { z } from 'zod';
import { comparison, textValue, textValues } from './values.ts';

export const lineTextFields = ['product', 'category', 'brand', 'channel', 'region'] as const;
export const lineNumberFields = ['unit_price', 'quantity', 'amount'] as const;

/** Which order lines are meant. `none_of` holds for lines that say nothing, too; quantities and amounts are compared without their sign. */
export const lineFilter = z.union([
  z.object({ field: z.enum(lineTextFields), test: z.enum(['any_of', 'none_of']), values: textValues }),
  z.object({ field: z.enum(lineNumberFields), test: z.literal('compare'), compare: comparison }),
]);
export type LineFilter = z.output<typeof lineFilter>;

/** The place of a value in an event's properties: `price`, `context.page.path`. */
export const propertyPath = z.string().regex(/^[^\s`'"\\]{1,120}$/u);

/** Which events are meant, by one of their properties. A property that is absent is no value. */
export const propertyFilter = z.discriminatedUnion('test', [
  z.object({ property: propertyPath, test: z.enum(['any_of', 'none_of']), values: textValues }),
  z.object({ property: propertyPath, test: z.enum(['contains', 'starts_with']), value: textValue }),
  z.object({ property: propertyPath, test: z.literal('compare'), compare: comparison }),
  z.object({ property: propertyPath, test: z.enum(['known', 'unknown']) }),
]);
export type PropertyFilter = z.output<typeof propertyFilter>;

/** Order lines of one kind: bought (`sale`), given back (`refund`), or both against each other (`net`). */
export const orderFacts = z.object({
  fact: z.literal('order'),
  of: z.enum(['sale', 'refund', 'net']).default('sale'),
  where: z.array(lineFilter).max(20).default([]),
});
export type OrderFacts = z.output<typeof orderFacts>;

/** Tracked events of one name. */
export const eventFacts = z.object({
  fact: z.literal('event'),
  name: textValue,
  where: z.array(propertyFilter).max(20).default([]),
});
export type EventFacts = z.output<typeof eventFacts>;

export const facts = z.discriminatedUnion('fact', [orderFacts, eventFacts]);
export type Facts = z.output<typeof facts>;

/**
 * What is measured of somebody's order lines, beside `net` only `amount` and `quantity`. Counts and sums are 0 for
 * whoever has no such line; of the others nobody without a line has a value, so that no comparison holds.
 */
export const orderCounts = ['orders', 'lines', 'amount', 'quantity', 'products', 'categories', 'brands', 'channels', 'days'] as const;
export const orderValues = ['average_order', 'largest_order', 'smallest_order', 'days_since_first', 'days_since_last'] as const;
/** The same of events. */
export const eventCounts = ['times', 'days'] as const;
export const eventValues = ['days_since_first', 'days_since_last'] as const;
/** Of a property of events; `sum` and `distinct` are 0 without any. */
export const propertyMeasures = ['sum', 'distinct', 'average', 'minimum', 'maximum'] as const;
