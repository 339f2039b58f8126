import type { Rule } from '../contract/rule.ts';
import type { ResolvedCondition, ResolvedFacts } from '../resolve/resolved.ts';

/** With what the people a condition means can become others, beside time. */
export interface Sources {
  /** Names of events. */
  events: ReadonlySet<string>;
  lines: boolean;
  /** Any fact at all: a field of another domain may be made of it. */
  facts: boolean;
  /** What is known of customers. */
  copies: boolean;
}

const none: Sources = { events: new Set(), lines: false, facts: false, copies: false };

export function sourcesOf(condition: ResolvedCondition): Sources {
  switch (condition.kind) {
    case 'field':
      if (condition.field.source === 'customers') return { ...none, copies: true };
      return condition.field.ofOrders ? { ...none, lines: true } : { ...none, facts: true };
    case 'tag': case 'consent': case 'identifier': return { ...none, copies: true };
    case 'measure': case 'moment': case 'recurring': return ofFacts([condition.facts]);
    case 'sequence': return ofFacts([condition.first, ...condition.then.map((step) => step.facts)]);
    case 'audience': case 'list': case 'sample': return none;
  }
}

const ofFacts = (facts: readonly ResolvedFacts[]): Sources => ({
  ...none,
  events: new Set(facts.flatMap((each) => (each.fact === 'event' ? [each.name] : []))),
  lines: facts.some((each) => each.fact === 'order'),
});

/** The audiences whose members of the present decide about a rule. */
export function audiencesOf(rule: Rule): Set<number> {
  const found = new Set<number>();
  const visit = (part: Rule): void => {
    if (part.kind === 'group') part.parts.forEach(visit);
    else if (part.kind === 'held') visit(part.rule);
    else if (part.kind === 'audience' && part.on === undefined) found.add(part.audienceId);
  };
  visit(rule);
  return found;
}
