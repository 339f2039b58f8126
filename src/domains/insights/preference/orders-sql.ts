import { canonicalNo } from '../../../platform/clickhouse/merge-dictionary.ts';
import { codesOfDimension, dimensions, type Dimension, priceBands, type Values } from './dimensions.ts';

/** Whose orders are read: customers by their numbers from one up to, without, another; or everybody who is merged, put together. */
export type Scope = { from: number; until: number } | 'merged';

/** Numbers of people with several. Hardly anybody has: they are left out of the ranges and read together. */
const mergedNumbers = '(select arrayJoin([absorbed_no, survivor_no]) from merge_pair)';

/** What every question binds. */
export interface OrdersParams {
  model: number;
  zone: string;
  currency: string;
  /** Epoch seconds; later lines are not looked at. */
  asOf: number;
}

export const valueParams = (values: Values): Record<string, readonly string[]> =>
  ({ categories: values.category, brands: values.brand, bands: values.price_band, channels: values.channel, hours: values.hour, weekdays: values.weekday });

/** The values of all dimensions, in the order of their codes. */
export const namesSql = `arrayConcat(${['categories', 'brands', 'bands', 'channels', 'hours', 'weekdays'].map((list) => `{${list}:Array(String)}`).join(', ')})`;

export const scopeParams = (scope: Scope): Record<string, number> => (scope === 'merged' ? {} : scope);

export const personIn = (scope: Scope): { person: string; where: string } =>
  scope === 'merged'
    ? { person: canonicalNo(), where: `customer_no in ${mergedNumbers}` }
    : { person: 'customer_no', where: `customer_no >= {from:UInt32} and customer_no < {until:UInt64} and customer_no not in ${mergedNumbers}` };

export const asOfMoment = "fromUnixTimestamp64Milli(toInt64({asOf:Int64}) * 1000, 'UTC')";
/** Lines in another currency have prices that cannot be compared, and what was given away says nothing of anybody's purse. */
export const isPriced = "currency in ('', {currency:String}) and unit_price > 0 and quantity > 0";

const code = (dimension: Dimension, place: string): string => `${dimensions.indexOf(dimension) * codesOfDimension} + ${place}`;
/** The code of a text; 0 where it is none of those that count. */
const listed = (dimension: Dimension, column: string, list: string): string =>
  `transform(${column}, {${list}:Array(String)}, arrayMap(place -> toUInt32(${code(dimension, 'place')}), arrayEnumerate({${list}:Array(String)})), toUInt32(0))`;

/**
 * The orders of people: when, which values are in them, each once however many lines it has, and how dear what was bought is for
 * its category: items, and their percentiles (and squares) summed. `more` is a condition on lines.
 */
export function ordersSql(scope: Scope, more = '1'): string {
  const { person, where } = personIn(scope);
  const band = `toUInt32(${code('price_band', `1 + least(${priceBands - 1}, toUInt32(floor(percentile * ${priceBands})))`)})`;
  const local = "toTimeZone(at, {zone:String})";
  return `select person, order_key, min(occurred_at) as at, count() as lines, sum(priced) as items, sum(priced * percentile) as power, sum(priced * percentile * percentile) as squares,
      arrayFilter(code -> code > 0, arrayConcat(groupUniqArray(category_code), groupUniqArray(brand_code), groupUniqArray(band_code),
        [any(channel_code), toUInt32(${code('hour', '1')} + toHour(${local})), toUInt32(${code('weekday', `toDayOfWeek(${local})`)})])) as codes
    from (
      select toUInt32(${person}) as person, order_key, occurred_at,
        ${listed('category', 'line.category', 'categories')} as category_code, ${listed('brand', 'brand', 'brands')} as brand_code, ${listed('channel', 'channel', 'channels')} as channel_code,
        if(${isPriced} and price.price > 0, toFloat64(quantity), 0.) as priced, price.percentile as percentile, if(priced > 0, ${band}, toUInt32(0)) as band_code
      from (select customer_no, order_key, occurred_at, category, brand, channel, quantity, unit_price, currency from order_line
          where kind = 'sale' and customer_no > 0 and occurred_at <= ${asOfMoment} and ${where} and ${more}) as line
        asof left join (select category, price, percentile from preference_price where model_id = {model:UInt32}) as price
          on line.category = price.category and line.unit_price >= price.price)
    group by person, order_key`;
}
