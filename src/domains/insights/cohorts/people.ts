import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import type { Locale } from '../../../kernel/locale.ts';
import type { Say } from '../../../platform/i18n.ts';
import type { Facts, Rule } from '../../audiences/contract.ts';
import type { Commerce } from '../../commerce/public.ts';
import type { CohortCellPeople } from '../contract/cohorts.ts';
import type { PeopleSource } from '../people/people.ts';
import type { CohortAnswers, CohortsAnswered } from './answer.ts';
import { endOfPeriod, periodsOf } from './asked.ts';
import type { WantedCell } from './tally-cohorts.ts';

/** Which people of the figures a cell means; null where there is no such row. */
function wantedOf({ row, age, part }: CohortCellPeople, { periods, values }: Pick<CohortsAnswered, 'periods' | 'values'>): WantedCell | null {
  const all = { begin: null, code: null, age, part, lastBegin: periods.lastWhole - age };
  if (row === 'all') return all;
  if (!values) {
    const begin = periods.starts.slice(0, periods.begins).indexOf(row.key ?? '');
    return begin < 0 ? null : { ...all, begin, lastBegin: begin };
  }
  const code = row.key === null ? 0 : values.indexOf(row.key) + 1;
  return row.key !== null && code === 0 ? null : { ...all, code };
}

/** The same people as a rule: where people are put together by time, audiences can say it. */
function ruleOf(of: CohortCellPeople): Rule | null {
  const { row, age, part, unit } = of;
  if (of.cohort !== 'time' || row === 'all' || row.key === null) return null;
  const { starts } = periodsOf({ ...of, from: row.key, to: row.key, periods: age + 1 }, null, row.key);
  const [begin, then] = [starts[0], starts[age]];
  const facts = factsOf(of);
  const first: Rule = { kind: 'moment', facts, which: 'first', period: {}, when: { from: begin, to: endOfPeriod(begin, unit) } };
  const until = endOfPeriod(then, unit);
  const orders = (from: string, compare: { is: 'at_least' | 'at_most'; value: string }): Rule => ({ kind: 'measure', facts, measure: 'orders', period: { from, to: until }, compare });
  const group = (second: Rule): Rule => ({ kind: 'group', match: 'all', parts: [first, second] });
  switch (part) {
    case 'all': return first;
    case 'active': return group(orders(then, { is: 'at_least', value: '1' }));
    case 'inactive': return group(orders(then, { is: 'at_most', value: '0' }));
    case 'repurchased': return group(orders(begin, { is: 'at_least', value: '2' }));
    case 'not_repurchased': return group(orders(begin, { is: 'at_most', value: '1' }));
  }
}

function factsOf({ channel, region, category, brand, product, priced }: CohortCellPeople): Facts {
  const texts = { channel, region, category, brand, product: product ? [product] : [] };
  const any = Object.entries(texts).filter(([, values]) => values.length > 0)
    .map(([field, values]) => ({ field: field as keyof typeof texts, test: 'any_of' as const, values }));
  const price = { field: 'unit_price' as const, test: 'compare' as const, compare: { is: 'more_than' as const, value: '0' } };
  return { fact: 'order', of: 'sale', where: [...any, ...(priced ? [price] : [])] };
}

/** The people behind a cell: who came back, or did not. */
export function cohortPeople(answers: CohortAnswers, { products }: Commerce, say: Say): PeopleSource<'cohort_cell'> {
  const nameOf = async ({ cohort, row, unit, from, to }: CohortCellPeople, locale: Locale): Promise<string> => {
    const text = (key: string, values = {}): string => say(locale, 'insights', `cohorts.people.${key}`, { from, to, ...values });
    if (row === 'all') return text('everybody');
    if (row.key === null) return text('rest', { what: say(locale, 'insights', `dimension.${cohort}.label`) });
    if (cohort === 'time') return text(unit, { start: unit === 'month' ? row.key.slice(0, 7) : row.key });
    const name = cohort === 'product' ? ((await products.namesOf([row.key])).get(row.key) ?? row.key) : row.key;
    return text('value', { what: say(locale, 'insights', `dimension.${cohort}.label`), value: name === '' ? text('unsaid') : name });
  };
  return {
    kind: 'cohort_cell',
    find: async (of) => Bitmap.of(await answers.people({ ...of }, (answered) => wantedOf(of, answered))),
    sentence: async (of, locale) => say(locale, 'insights', `cohorts.people.${of.part}`, {
      who: await nameOf(of, locale), age: of.age, unit: say(locale, 'insights', `cohorts.people.unit_${of.unit}`),
    }),
    ruleOf,
  };
}
