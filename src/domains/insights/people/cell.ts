import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { Problem } from '../../../kernel/problem.ts';
import { readNamedBitmaps } from '../../../platform/clickhouse/named-bitmaps.ts';
import type { Platform } from '../../../platform/platform.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { Say } from '../../../platform/i18n.ts';
import { lineTextFields, rule, type Rule } from '../../audiences/contract.ts';
import type { CellOf, QuestionFilter, QuestionPeriod } from '../contract.ts';
import { type Asked, isTime, readAsked } from '../question/asked.ts';
import { bound } from '../question/bound.ts';
import { aggregatesOf } from '../question/plan.ts';
import { namesOf, wordsOf } from '../question/replies.ts';
import { rowsSql } from '../question/rows-sql.ts';
import type { Registry } from '../registry/registry.ts';
import type { PeopleSource } from './people.ts';

/** The people behind a number of an answer. */
export function cellPeople(platform: Platform, registry: Registry, say: Say): PeopleSource<'cell'> {
  const askedOf = async ({ question, metric, at }: CellOf): Promise<Asked> => {
    const dimensions = at.map(({ dimension }) => dimension).filter(isTime);
    const filters = [...question.filters, ...at.map(({ dimension, key }) => ({ dimension, test: 'in' as const, values: [key] }))];
    return readAsked(registry, { ...question, metrics: [metric], dimensions, filters, compare: 'none', sort: null }, null, await readBrand(platform.pg), platform.clock.now());
  };
  return {
    kind: 'cell',
    async find(of) {
      const asked = await askedOf(of);
      const metric = registry.metric(of.metric);
      if (!metric.people) throw new Problem('insights.nobody_behind', { status: 400, params: { metric: metric.words } });
      const needsFirstOrder = [...aggregatesOf(registry, metric).map(({ reckoned }) => reckoned.kind === 'aggregate' && reckoned.needsFirstOrder),
        ...asked.filters.map(({ dimension }) => registry.dimension(dimension).needsFirstOrder)].some(Boolean);
      const rows = rowsSql(registry, asked, { table: registry.table(metric.table), isStanding: metric.isStanding ?? false, counted: [], needsFirstOrder });
      const inRow = asked.dimensions.map((name, i) => `${registry.dimension(name).ofTime?.('first_at')} = k${i}`);
      const sql = `select '' as name, groupBitmapState(toUInt32(person)) as people from ${rows} where person > 0 and ${metric.people(['isFirstWithin', ...inRow].join(' and '))}`;
      const [found] = await readNamedBitmaps(platform.reader, sql, bound(asked), { timeoutMs: 30_000 });
      return found?.bitmap ?? Bitmap.empty;
    },
    async sentence(of, locale) {
      const { period, filters } = await askedOf(of);
      const parts = await Promise.all(filters.map(async (filter) => {
        const dimension = registry.dimension(filter.dimension);
        const values = filter.test === 'contains' ? [filter.value] : filter.values;
        const names = await namesOf(dimension, values, locale);
        const shown = values.slice(0, 5).map((value) => (value === '' ? say(locale, 'insights', 'breakdown.unknown') : names.get(value) ?? value));
        const list = new Intl.ListFormat(locale, { type: 'disjunction' }).format(values.length > shown.length ? [...shown, '…'] : shown);
        return say(locale, 'insights', `cell.${filter.test}`, { dimension: wordsOf(say, locale, dimension.words).label, values: list });
      }));
      const { isStanding, words } = registry.metric(of.metric);
      const head = say(locale, 'insights', isStanding ? 'cell.standing' : 'cell.within', { metric: wordsOf(say, locale, words).label, ...period });
      return [head, ...parts].join(say(locale, 'insights', 'cell.comma'));
    },
    ruleOf: (of) => ruleOf(registry, of),
  };
}

/** Whoever bought what the filters say within the period: a rule of audiences means the same, and goes on meaning whom it fits. */
function ruleOf(registry: Registry, { question, metric, at }: CellOf): Rule | null {
  const filters: QuestionFilter[] = [...question.filters, ...at.map(({ dimension, key }) => ({ dimension, test: 'in' as const, values: [key] }))];
  const period = pointsOf(question.period);
  if (!registry.metric(metric).isOfBuyers || period === null) return null;
  const where = filters.map((filter) => (filter.test === 'contains' || !lineTextFields.some((field) => field === filter.dimension)
    ? null : { field: filter.dimension, test: filter.test === 'in' ? 'any_of' : 'none_of', values: filter.values }));
  if (where.includes(null)) return null;
  const parsed = rule.safeParse({ kind: 'measure', facts: { fact: 'order', of: 'sale', where }, measure: 'orders', period, compare: { is: 'at_least', value: 1 } });
  return parsed.success ? parsed.data : null;
}

/** A period in the words of rules; null for quarters, which they do not have. */
function pointsOf(period: QuestionPeriod): object | null {
  if (!('relative' in period)) return period;
  const { relative } = period;
  const today = { ago: 0, unit: 'day' };
  if (relative === 'today') return { from: today, to: today };
  if (relative === 'yesterday') return { from: { ago: 1, unit: 'day' }, to: { ago: 1, unit: 'day' } };
  const unit = { Week: 'week', Month: 'month', Year: 'year' }[relative.slice(4)];
  if (unit) return relative.startsWith('this') ? { from: { calendar: unit, ago: 0 }, to: today } : { from: { calendar: unit, ago: 1 }, to: { calendar: unit, ago: 1 } };
  const days = Number(relative.slice(4));
  return Number.isInteger(days) ? { from: { ago: days, unit: 'day' }, to: { ago: 1, unit: 'day' } } : null;
}
