import { route } from '../../../../platform/http/route.ts';
import type { Rule } from '../../../audiences/contract.ts';
import { readRepurchase } from '../../contract/repurchase.ts';
import type { InsightsDoors, InsightsPart } from '../../part.ts';
import type { PeopleSource } from '../../people/people.ts';
import { repurchaseKind } from './model.ts';

type Asked = Parameters<PeopleSource<'repurchase'>['find']>[0];

/** When a second purchase comes, and who is in the days in which it does. */
export function createRepurchase({ platform, say, audiences, models }: InsightsDoors): InsightsPart {
  const kind = repurchaseKind(platform);
  const inTheWindow: PeopleSource<'repurchase'> = {
    kind: 'repurchase',
    find: (of) => audiences.peopleOf(ruleOfWindow(of)),
    sentence: async ({ category, from, to }, locale) => say(locale, 'insights', category === null ? 'repurchase.said.any' : 'repurchase.said.category', { category: category === '' ? say(locale, 'insights', 'repurchase.noCategory') : category, from, to }),
    // A rule cannot ask for lines without a category.
    ruleOf: (of) => (of.category === '' ? null : ruleOfWindow(of)),
  };
  return {
    routes: [
      route(readRepurchase, async () => {
        const current = await models.current(kind);
        return { windows: current && current.result.windows, leftOut: current?.result.leftOut ?? 0, asOf: current && current.asOf.toISOString() };
      }),
    ],
    models: [kind],
    people: [inTheWindow] as PeopleSource[],
  };
}

/** Bought it on one day in all, and that day was so many days ago. */
function ruleOfWindow({ category, from, to }: Asked): Rule {
  const facts = { fact: 'order' as const, of: 'sale' as const, where: category === null ? [] : [{ field: 'category' as const, test: 'any_of' as const, values: [category] }] };
  return {
    kind: 'group', match: 'all', parts: [
      { kind: 'measure', facts, measure: 'days', period: {}, compare: { is: 'equals', value: '1' } },
      { kind: 'measure', facts, measure: 'days_since_last', period: {}, compare: { is: 'between', from: String(from), to: String(to) } },
    ],
  };
}
