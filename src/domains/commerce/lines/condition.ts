import { z } from 'zod';
import type { Platform } from '../../../platform/platform.ts';
import { type Day, addDays, startOfDay } from '../../../kernel/day.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { LineFilters } from '../contract.ts';

/** Which order lines count, as bound values. An empty list or text is no filter. */
export const lineParams = z.object({
  from: z.string(),
  until: z.string(),
  channels: z.array(z.string()),
  regions: z.array(z.string()),
  categories: z.array(z.string()),
  brands: z.array(z.string()),
  productId: z.string(),
});
export type LineParams = z.output<typeof lineParams>;

/**
 * The condition on `order_line` that `lineParams` fill. It is one text for all questions: a filter
 * that is not used is folded away before anything is read, its column included.
 */
export const lineCondition = `occurred_at >= {from:DateTime64(3, 'UTC')} and occurred_at < {until:DateTime64(3, 'UTC')}
  and (empty({channels:Array(String)}) or channel in {channels:Array(String)})
  and (empty({regions:Array(String)}) or region in {regions:Array(String)})
  and (empty({categories:Array(String)}) or category in {categories:Array(String)})
  and (empty({brands:Array(String)}) or brand in {brands:Array(String)})
  and (empty({productId:String}) or product_id = {productId:String})`;

/** Days of the brand's calendar, both included; an absent end is open. */
export interface OpenPeriod {
  from?: Day | undefined;
  to?: Day | undefined;
}

/** As far as ClickHouse's times reach. */
const earliest = new Date('1900-01-01T00:00:00Z');
const latest = new Date('2299-12-31T00:00:00Z');

/** A moment as ClickHouse reads it in a parameter of type `DateTime64(3, 'UTC')`. */
export const momentText = (moment: Date): string => moment.toISOString().replace('T', ' ').slice(0, 23);

/** The moments at which a period of days begins and ends (the end is no part of it) in a time zone. */
export const momentsOf = ({ from, to }: OpenPeriod, timeZone: string): { from: Date; until: Date } => ({
  from: from ? startOfDay(from, timeZone) : earliest,
  until: to ? startOfDay(addDays(to, 1), timeZone) : latest,
});

/** Binds a period in the brand's time zone and filters. */
export async function bindLines({ pg }: Platform, asked: OpenPeriod & Partial<LineFilters>): Promise<LineParams> {
  const { from, until } = momentsOf(asked, (await readBrand(pg)).timeZone);
  return {
    from: momentText(from),
    until: momentText(until),
    channels: asked.channel ?? [],
    regions: asked.region ?? [],
    categories: asked.category ?? [],
    brands: asked.brand ?? [],
    productId: asked.product ?? '',
  };
}
