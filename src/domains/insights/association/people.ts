import type { Locale } from '../../../kernel/locale.ts';
import type { Rule } from '../../audiences/contract.ts';
import type { AssociationPeople } from '../contract.ts';
import type { InsightsDoors } from '../part.ts';
import type { PeopleSource } from '../people/people.ts';

/** Whoever bought everything before the arrow within some days, and what is behind it or not: an audience rule says it. */
export function ruleOf({ level, antecedent, consequent, bought, days }: AssociationPeople): Rule {
  const ofItem = (item: string, isBought: boolean): Rule => ({
    kind: 'measure', facts: { fact: 'order', of: 'sale', where: [{ field: level, test: 'any_of', values: [item] }] }, measure: 'orders',
    period: { from: { ago: days, unit: 'day' } }, compare: isBought ? { is: 'at_least', value: '1' } : { is: 'equals', value: '0' },
  });
  return { kind: 'group', match: 'all', parts: [...antecedent.map((item) => ofItem(item, true)), ofItem(consequent, bought)] };
}

/** The people behind a rule, found as the audience rule finds them. */
export function associationPeopleSource({ audiences, commerce, say }: InsightsDoors): PeopleSource {
  const sentence = async (of: AssociationPeople, locale: Locale): Promise<string> => {
    const names = of.level === 'product' ? await commerce.products.namesOf([...of.antecedent, of.consequent]) : new Map<string, string>();
    const nameOf = (id: string): string => names.get(id) ?? id;
    const and = new Intl.ListFormat(locale, { type: 'conjunction' });
    return say(locale, 'insights', of.bought ? 'association.people.both' : 'association.people.without', { first: and.format(of.antecedent.map(nameOf)), second: nameOf(of.consequent), days: of.days });
  };
  const source: PeopleSource<'association'> = { kind: 'association', find: (of) => audiences.peopleOf(ruleOf(of)), sentence, ruleOf };
  return source as PeopleSource;
}
