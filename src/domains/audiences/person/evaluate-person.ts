import { isLeaf, type ResolvedCondition, type ResolvedRule } from '../resolve/resolved.ts';
import { checkField } from './checks/check-field.ts';
import { checkMeasure } from './checks/check-measure.ts';
import { checkMoment } from './checks/check-moment.ts';
import { checkRecurring } from './checks/check-recurring.ts';
import { checkSequence } from './checks/check-sequence.ts';
import { checkConsent, checkIdentifiers, checkMembership, checkSample, checkTags } from './checks/check-standing.ts';
import type { Check, Checked } from './checks/check.ts';
import type { PersonFacts } from './person-facts.ts';

/** Whether a rule is true of somebody, and of each of its parts by their place in the rule: empty for the whole. */
export interface Explained {
  holds: boolean;
  /** A part that is asked of several days holds when it held on each of them; what was found is of the present. */
  parts: ReadonlyMap<string, Checked>;
}

/** A rule made ready to be asked of many people. */
export interface PersonRule {
  holds(facts: PersonFacts): boolean;
  explain(facts: PersonFacts): Explained;
}

type Node = { path: string; check: Check } | { path: string; match: 'all' | 'any' | 'none'; parts: Node[] };

/** Makes a rule ready; what it means is as `ResolvedRule` says. */
export function forPersons(rule: ResolvedRule): PersonRule {
  const whole = prepare(rule);
  return {
    holds: (facts) => holds(whole, facts),
    explain(facts) {
      const parts = new Map<string, Checked>();
      return { holds: explain(whole, facts, parts), parts };
    },
  };
}

/** Asks a rule of one person. Pure: what is relative in time was taken out of the rule before. */
export const evaluatePerson = (rule: ResolvedRule, facts: PersonFacts): Explained => forPersons(rule).explain(facts);

const prepare = (rule: ResolvedRule): Node =>
  isLeaf(rule) ? { path: rule.path, check: checkOf(rule.condition) } : { path: rule.path, match: rule.match, parts: rule.parts.map(prepare) };

function checkOf(condition: ResolvedCondition): Check {
  switch (condition.kind) {
    case 'field': return checkField(condition);
    case 'tag': return checkTags(condition);
    case 'consent': return checkConsent(condition);
    case 'identifier': return checkIdentifiers(condition);
    case 'measure': return checkMeasure(condition);
    case 'moment': return checkMoment(condition);
    case 'sequence': return checkSequence(condition);
    case 'recurring': return checkRecurring(condition);
    case 'audience': case 'list': return checkMembership(condition);
    case 'sample': return checkSample(condition);
  }
}

function holds(node: Node, facts: PersonFacts): boolean {
  if ('check' in node) return node.check(facts).holds;
  switch (node.match) {
    case 'all': return node.parts.every((part) => holds(part, facts));
    case 'any': return node.parts.some((part) => holds(part, facts));
    case 'none': return !node.parts.some((part) => holds(part, facts));
  }
}

function explain(node: Node, facts: PersonFacts, into: Map<string, Checked>): boolean {
  const checked = 'check' in node ? node.check(facts) : { holds: matches(node.match, node.parts.map((part) => explain(part, facts, into))), found: null };
  const present = into.get(node.path);
  into.set(node.path, present ? { holds: present.holds && checked.holds, found: present.found } : checked);
  return checked.holds;
}

function matches(match: 'all' | 'any' | 'none', parts: readonly boolean[]): boolean {
  if (match === 'all') return parts.every(Boolean);
  return parts.some(Boolean) === (match === 'any');
}
