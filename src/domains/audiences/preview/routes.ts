import type { Actor } from '../../../kernel/actor.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import type { Say } from '../../../platform/i18n.ts';
import type { Vault } from '../../customers/public.ts';
import { explainPerson, listEventProperties, listFields, listFieldValues, previewPeople, previewRule } from '../contract/preview.ts';
import { attributesKnown, choicesOf, eventNames, propertiesOf } from '../fields/choices.ts';
import type { ValueNames } from '../fields/value-names.ts';
import type { SetEvaluator } from '../set/evaluator.ts';
import { type ExplainParts, explainOf } from './explain.ts';
import { somePeople } from './people.ts';
import { previewOf } from './preview.ts';

export interface PreviewParts extends ExplainParts {
  vault: Vault;
  evaluator: SetEvaluator;
  say: Say;
  valueNames: ValueNames;
  tags(): Promise<{ tagId: number; name: string }[]>;
}

/** What an editor of rules asks for. */
export function previewRoutes(parts: PreviewParts): Route[] {
  const { platform, vault, fields, evaluator, sentences, say, tags, valueNames } = parts;
  const label = ({ locale }: Actor, key: string): string => {
    const [namespace, name] = key.split(':');
    return say(locale, namespace, name);
  };
  return [
    route(previewRule, async ({ body, actor }) => {
      const [{ base, whole, parts: counts, computedAt, tookMs }, sentence] = await Promise.all([
        previewOf(platform, fields, evaluator, body.rule), sentences.ofRule(body.rule, actor.locale),
      ]);
      return { size: whole.size, base: base.size, parts: counts, sentence, computedAt, tookMs };
    }),
    route(previewPeople, async ({ body }) => {
      const { whole, computedAt, tookMs } = await previewOf(platform, fields, evaluator, body.rule);
      return { people: await somePeople(platform, vault, whole, body.seed), size: whole.size, computedAt, tookMs };
    }),
    route(explainPerson, ({ body, actor }) => explainOf(parts, body.rule, body.customerNo, actor.locale)),
    route(listFields, async ({ actor }) => {
      const [events, attributes, known] = await Promise.all([eventNames(platform), attributesKnown(platform), tags()]);
      return {
        fields: fields.all().map((field) => ({ name: field.name, label: label(actor, field.label), type: field.type, unit: field.unit ?? null, hasChoices: field.hasChoices ?? false })),
        events: events.map((event) => ({ ...event, label: valueNames.event(event.name, actor.locale) })),
        attributes,
        tags: known,
      };
    }),
    route(listFieldValues, async ({ query: { of, q, named }, actor: { locale } }) => {
      const [found, products] = await Promise.all([choicesOf(platform, fields, of, valueNames.isWorded(of) ? '' : q), of === 'line:product' ? valueNames.products(named) : new Map<string, string>()]);
      const values = found.map((each) => ({ ...each, label: valueNames.word(of, each.label, locale) }));
      return {
        values: valueNames.isWorded(of) ? values.filter(({ value, label: name }) => `${value} ${name}`.toLowerCase().includes(q.toLowerCase())) : values,
        named: named.map((value) => ({ value, label: products.get(value) ?? valueNames.word(of, value, locale) })),
      };
    }),
    route(listEventProperties, async ({ query }) => ({ properties: await propertiesOf(platform, query.event) })),
  ];
}
