import { canonicalNo } from '../../../../platform/clickhouse/merge-dictionary.ts';
import type { AudienceField } from '../../fields/field.ts';
import { Bindings } from '../../set/bindings.ts';
import { type Feature, type FeaturePlan, isLeftOut, type Source, type Tells } from './feature.ts';

/** Orders of so many days are lately. */
const recentDays = 90;
const dayMs = 86_400_000;

/** Fields of a profile whose values are features, by their column. */
export const profileColumns = { gender: 'gender', country: 'country', province: 'province', city: 'city', language: 'language', first_channel: 'channel' } as const;
export const lineFamilies = ['category', 'brand', 'channel', 'region'] as const;
export const attributeColumn = (family: string, bind: Bindings): string => `toString(getSubcolumn(attributes, ${bind.text(family.slice('attribute.'.length))}))`;

/** Every number that is part of somebody with several. */
export const mergedNumbers = '(select arrayJoin([absorbed_no, survivor_no]) from merge_pair)';

const one = (key: string, tells: Tells, sql: string, zeroWithoutRows = false): Feature => ({ key, tells, sql, zeroWithoutRows });
const number = (sql: string): string => `toFloat64(${sql})`;

/** A source, its values bound in the statement that is being made. */
export type SourceOf = (bind: Bindings) => Source;

/** Where features come from. Other domains' fields are features of their own. */
export function sourcesOf(plan: FeaturePlan, fields: readonly AudienceField[]): SourceOf[] {
  const all = [totals, lines, events, profile, ...fields.map((field) => (given: FeaturePlan, bind: Bindings) => registered(field, given, bind))];
  return all.map((of): SourceOf => (bind) => {
    const source = of(plan, bind);
    return { ...source, features: source.features.filter(({ key }) => !isLeftOut(key, plan.leftOut)) };
  }).filter((of) => of(new Bindings()).features.length > 0);
}

const daysSince = (moment: string, { asOf }: FeaturePlan, bind: Bindings): string =>
  `ifNull(toFloat64(dateDiff('second', ${moment}, ${bind.moment(asOf.getTime())})) / 86400, nan)`;

const totals = (plan: FeaturePlan, bind: Bindings): Source => ({
  from: 'customer_summary final', where: '1', isGrouped: false,
  together: `select ${canonicalNo()} as no, sum(orders) as orders, sum(sales) as sales, sum(refunds) as refunds, sum(refunded) as refunded,
    max(last_order_at) as last_order_at, min(first_order_at) as first_order_at from customer_summary final where customer_no in ${mergedNumbers} group by no`,
  features: [
    one('has_ordered', 'has', 'orders > 0', true),
    one('orders', 'times', 'orders', true),
    one('spend', 'money', 'sales', true),
    one('average_order', 'money', `${number('sales')} / orders`),
    one('last_order', 'days', daysSince('last_order_at', plan, bind)),
    one('first_order', 'days', daysSince('first_order_at', plan, bind)),
    one('refunds', 'times', 'refunds', true),
    one('refunded', 'share', `${number('refunded')} / ${number('sales')}`),
  ],
});

function lines({ asOf, timeZone, values }: FeaturePlan, bind: Bindings): Source {
  const recent = `occurred_at >= ${bind.moment(asOf.getTime() - recentDays * dayMs)}`;
  const local = `toTimeZone(occurred_at, ${bind.text(timeZone)})`;
  const hours = (from: number, to: number): string => `countIf(toHour(${local}) between ${from} and ${to}) / count()`;
  return {
    from: 'order_line', where: "kind = 'sale'", isGrouped: true,
    features: [
      one('recent_lines', 'times', `countIf(${recent})`, true),
      one('recent_spend', 'money', `sumIf(amount, ${recent})`, true),
      one('unit_price', 'money', `${number('sum(amount)')} / ${number('sum(quantity)')}`),
      one('weekend', 'share', `countIf(toDayOfWeek(${local}) >= 6) / count()`),
      one('night', 'share', hours(0, 5)),
      one('morning', 'share', hours(6, 11)),
      one('evening', 'share', hours(18, 23)),
      ...lineFamilies.flatMap((family) => (values[family] ?? []).map((value): Feature => ({
        ...one(`${family}:${value}`, 'share', `countIf(${family} = ${bind.text(value)}) / count()`), lookup: { column: family, value },
      }))),
    ],
  };
}

function events(plan: FeaturePlan, bind: Bindings): Source {
  const names = plan.values.event ?? [];
  if (names.length === 0) return { from: 'event', where: '1', isGrouped: true, features: [] };
  return {
    from: 'event', where: '1', isGrouped: true,
    features: [
      one('event_days', 'times', `uniqExact(toDate32(toTimeZone(occurred_at, ${bind.text(plan.timeZone)})))`, true),
      one('last_event', 'days', daysSince('max(occurred_at)', plan, bind)),
      ...names.map((name) => one(`event:${name}`, 'times', `countIf(name = ${bind.text(name)})`, true)),
    ],
  };
}

/** A survivor's row holds what the whole lineage says. */
function profile(plan: FeaturePlan, bind: Bindings): Source {
  const byValue = (family: string, column: string): Feature[] => (plan.values[family] ?? []).map((value) => ({
    ...one(`${family}:${value}`, 'has', `${column} = ${bind.text(value)}`, true), lookup: { column, value },
  }));
  return {
    from: 'customer final', where: "status = 'active'", isGrouped: false,
    features: [
      one('first_seen', 'days', daysSince('created_at', plan, bind)),
      one('birth_date', 'years', `ifNull(toFloat64(dateDiff('day', birth_date, toDate32(${bind.moment(plan.asOf.getTime())}))) / 365.25, nan)`),
      ...Object.entries(profileColumns).flatMap(([family, column]) => byValue(family, column)),
      ...Object.keys(plan.values).filter((family) => family.startsWith('attribute.')).flatMap((family) => byValue(family, attributeColumn(family, bind))),
      ...(plan.values.consent ?? []).map((said) => one(`consent:${said}`, 'has', `has(consents, ${bind.text(said)})`, true)),
      ...(plan.values.tag ?? []).map((tag) => one(`tag:${tag}`, 'has', `has(tags, ${bind.add('UInt32', tag)})`, true)),
    ],
  };
}

function registered(field: AudienceField, plan: FeaturePlan, bind: Bindings): Source {
  const values = plan.values[field.name] ?? [];
  const known = (sql: string): string => `ifNull(${sql}, nan)`;
  const features: Record<AudienceField['type'], () => Feature[]> = {
    number: () => [one(field.name, field.unit === 'money' ? 'money' : 'times', known('toFloat64(value)'))],
    moment: () => [one(field.name, 'days', daysSince('value', plan, bind))],
    day: () => [one(field.name, 'days', daysSince("toDateTime64(value, 3, 'UTC')", plan, bind))],
    text: () => values.map((value) => ({ ...one(`${field.name}:${value}`, 'has', `ifNull(value = ${bind.text(value)}, 0)`, true), lookup: { column: "ifNull(value, '')", value } })),
  };
  return { from: `(${field.relation})`, where: '1', isGrouped: false, features: features[field.type]() };
}
