import { z } from 'zod';
import { ask, question } from '../../../platform/clickhouse/query.ts';
import type { ClickHouse } from '../../../platform/clickhouse/client.ts';
import { dimensions } from './dimensions.ts';
import { asOfMoment, personIn, type Scope, scopeParams } from './orders-sql.ts';
import { readLimits } from './read-values.ts';

export const ages = ['0-17', '18-24', '25-29', '30-34', '35-39', '40-49', '50+'] as const;
const traits = ['channel', 'province', 'age'] as const;
export type Trait = (typeof traits)[number];

const ofModel = z.object({ model: z.number() });
const count = z.coerce.number();

const valuesQuestion = question({
  name: 'people by what they prefer',
  sql: `select pair.1 as dimension, pair.2 as value, count() as people from (
      select arrayJoin([${dimensions.map((dimension) => `('${dimension}', toString(${dimension}))`).join(', ')}]) as pair from preference where model_id = {model:UInt32})
    where value != '' group by dimension, value order by people desc, value`,
  params: ofModel,
  row: z.object({ dimension: z.enum(dimensions), value: z.string(), people: count }),
  limits: readLimits,
});

const weekQuestion = question({
  name: 'people by hour and weekday',
  sql: "select toUInt8(substring(hour, 5)) as hour_of, toUInt8(substring(weekday, 4)) as weekday_of, count() as people from preference where model_id = {model:UInt32} and hour != '' and weekday != '' group by hour_of, weekday_of order by weekday_of, hour_of",
  params: ofModel,
  row: z.object({ hour_of: count, weekday_of: count, people: count }).transform(({ hour_of: hour, weekday_of: weekday, people }) => ({ hour, weekday, people })),
  limits: readLimits,
});

/** People by each value they prefer. */
export const readPeopleByValue = (reader: ClickHouse, model: number) => ask(reader, valuesQuestion, { model });
export const readWeek = (reader: ClickHouse, model: number) => ask(reader, weekQuestion, { model });

const tiersQuestion = question({
  name: 'people by tier',
  sql: 'select tier, count() as people from preference where model_id = {model:UInt32} group by tier order by tier',
  params: ofModel,
  row: z.object({ tier: count, people: count }),
  limits: readLimits,
});

/** People by tier; 0 is who bought nothing that has a price. */
export const readTiers = (reader: ClickHouse, model: number) => ask(reader, tiersQuestion, { model });

const spentRow = z.object({ tier: count, value: z.string() });

/** What a scope's people spent, less what they got back, by tier. */
export async function readSpent(reader: ClickHouse, { model, asOf }: { model: number; asOf: number }, scope: Scope): Promise<z.output<typeof spentRow>[]> {
  const { person, where } = personIn(scope);
  const sql = `select tier, toString(sum(amount)) as value
    from (select toUInt32(${person}) as person, amount from order_line where customer_no > 0 and occurred_at <= ${asOfMoment} and ${where}) as line
    join (select customer_no, tier from preference where model_id = {model:UInt32} and ${rangeOf(scope)}) as one on line.person = one.customer_no group by tier`;
  return (await reader.rows(sql, { model, asOf, ...scopeParams(scope) }, readLimits)).map((row) => spentRow.parse(row));
}

/** Rows of the model that a scope's people may have. */
const rangeOf = (scope: Scope): string => (scope === 'merged' ? 'customer_no in (select arrayJoin([absorbed_no, survivor_no]) from merge_pair)' : 'customer_no >= {from:UInt32} and customer_no < {until:UInt64}');

const traitRow = z.object({ category: z.string(), trait: z.enum(traits), value: z.string(), people: count });

/** Who prefers which category, by the channel they prefer, and by province and age as their profiles say. */
export async function readPreferrers(reader: ClickHouse, model: number, scope: { from: number; until: number }, today: string): Promise<z.output<typeof traitRow>[]> {
  const sql = `select category, pair.1 as trait, pair.2 as value, count() as people from (
      select category, arrayJoin([('channel', toString(channel)), ('province', toString(province)), ('age', age_band)]) as pair
      from (select customer_no, category, channel from preference where model_id = {model:UInt32} and ${rangeOf(scope)}) as one
      join (select customer_no, province, age('year', birth_date, toDate32({today:String})) as years,
          multiIf(years is null or years < 0, '', years < 18, '0-17', years < 25, '18-24', years < 30, '25-29', years < 35, '30-34', years < 40, '35-39', years < 50, '40-49', '50+') as age_band
        from customer final where status = 'active' and ${rangeOf(scope)}) as profile using (customer_no))
    where value != '' group by category, trait, value`;
  return (await reader.rows(sql, { model, today, ...scopeParams(scope) }, readLimits)).map((row) => traitRow.parse(row));
}

/** The most frequent lines of a list of figures, so that what is kept has a bound. */
export const mostOf = <T extends { people: number }>(rows: readonly T[], most: number): T[] => rows.toSorted((a, b) => b.people - a.people).slice(0, most);

