import { z } from 'zod';
import { question } from '../../../platform/clickhouse/query.ts';
import { lineCondition, lineParams, momentsOf, momentText } from '../../commerce/public.ts';
import { type CohortKind, cohortLimits } from '../contract/cohorts.ts';
import type { ColumnWidth } from '../histories/read-people.ts';
import { dayNumber, dayNumberSql, type HistoryRows } from '../histories/question.ts';
import type { CohortPeriods, CohortsAsked } from './asked.ts';
import type { CohortCalendar } from './tally-cohorts.ts';

const columnOf: Record<Exclude<CohortKind, 'time'>, string> = { channel: 'channel', region: 'region', category: 'category', brand: 'brand', product: 'product_id' };

const counted = `customer_no > 0 and ${lineCondition} and ({priced:UInt8} = 0 or unit_price > 0)`;
const limits = { timeoutMs: 60_000 };

/** The lines that count, of all time: who ordered before is no beginner. */
export function bindLines({ channel, region, category, brand, product, priced }: CohortsAsked, timeZone: string) {
  const all = momentsOf({}, timeZone);
  return {
    from: momentText(all.from), until: momentText(all.until), channels: channel, regions: region, categories: category, brands: brand, productId: product ?? '',
    priced: priced ? 1 : 0, zone: timeZone,
  };
}

/** Values that have a row of their own: those of which most people bought. */
export const topValues = (kind: Exclude<CohortKind, 'time'>) => question({
  name: 'values that most people bought',
  sql: `select toString(${columnOf[kind]}) as value, groupBitmap(customer_no) as people from order_line
    where ${counted} and kind = 'sale' group by value order by people desc, value limit ${cohortLimits.values}`,
  params: lineParams.extend({ priced: z.number(), zone: z.string() }),
  row: z.object({ value: z.string() }),
  limits,
});

export const otherCurrency = question({
  name: 'lines in another currency',
  sql: `select count() as lines from order_line where ${counted} and currency not in ('', {currency:String})`,
  params: lineParams.extend({ priced: z.number(), zone: z.string(), currency: z.string() }),
  row: z.object({ lines: z.coerce.number() }),
  limits,
});

const always = `customer_no, ${dayNumberSql('occurred_at')} as day, if(kind = 'refund', 0, order_key) as key, reinterpretAsInt64(amount) as money`;

/** Lines in the order of customers; where the first order is told by a value, with its code, 0 for the rest, and the moment. */
export function printLines(asked: CohortsAsked, values: readonly string[] | null, timeZone: string): HistoryRows & { widths: ColumnWidth[] } {
  const params = { ...bindLines(asked, timeZone), ...(values ? { values, codes: values.map((_, i) => i + 1) } : {}) };
  if (!values || asked.cohort === 'time') return { sql: `select ${always} from order_line where ${counted} order by customer_no`, params, limits, widths: [4, 8, 8] };
  const code = `cast(transform(${columnOf[asked.cohort]}, {values:Array(String)}, {codes:Array(UInt8)}, toUInt8(0)), 'UInt8') as code, toUnixTimestamp64Milli(occurred_at) as at`;
  // Codes before the rows are put in order: merging text of few values row by row costs ten times as much.
  const early = 'settings query_plan_execute_functions_after_sorting = 0';
  return { sql: `select ${always}, ${code} from order_line where ${counted} order by customer_no ${early}`, params, limits, widths: [4, 8, 8, 1, 8] };
}

/** In which period each day lies. */
export function calendarOf({ starts, begins, ages }: CohortPeriods, codes: number): CohortCalendar {
  const numbers = starts.map(dayNumber);
  const end = numbers[numbers.length - 1];
  const periodOfDay = new Int16Array(end - numbers[0]);
  for (let period = 0; period + 1 < numbers.length; period++) periodOfDay.fill(period, numbers[period] - numbers[0], numbers[period + 1] - numbers[0]);
  return { firstDay: numbers[0], periodOfDay, begins, ages, codes };
}

