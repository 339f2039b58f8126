import { parseDecimal } from '../../../kernel/decimal.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { FieldTest } from '../contract/conditions.ts';
import type { Facts } from '../contract/facts.ts';
import type { PlainCondition, Rule } from '../contract/rule.ts';
import type { Comparison } from '../contract/values.ts';
import type { AudienceField, FieldType } from '../fields/field.ts';
import type { FieldRegistry } from '../fields/registry.ts';
import { addDays, dayIn } from '../../../kernel/day.ts';
import { momentsSince } from './days-since.ts';
import { daysOf, endOfDay, monthDays, type Present, rangeOf, startOfPeriods } from './moments.ts';
import type { Measure, NumberTest, ResolvedCondition, ResolvedFacts, ResolvedFieldTest, ResolvedRule } from './resolved.ts';

/**
 * Takes everything relative out of a rule: periods become moments of the present given, words become
 * entries of the registry. Refuses (400, with the place of the fault) fields that do not exist and
 * tests that a field's type cannot answer.
 */
export function resolveRule(rule: Rule, fields: FieldRegistry, present: Present): ResolvedRule {
  const resolve = (part: Rule, path: string, at: Present): ResolvedRule => {
    const below = (step: string): string => (path ? `${path}.${step}` : step);
    if (part.kind === 'group') {
      return { match: part.match, path, parts: part.parts.map((each, index) => resolve(each, below(`parts.${index}`), at)) };
    }
    if (part.kind === 'held') {
      const days = Array.from({ length: part.days }, (_, i) => endOfDay(addDays(dayIn(at.timeZone, at.now), -1 - i), at.timeZone));
      return { match: 'all', path, parts: [at, ...days].map((then) => resolve(part.rule, below('rule'), then)) };
    }
    return { path, condition: resolveCondition(part, path, fields, at) };
  };
  return resolve(rule, '', present);
}

function resolveCondition(condition: PlainCondition, path: string, fields: FieldRegistry, present: Present): ResolvedCondition {
  const zone = present.timeZone;
  switch (condition.kind) {
    case 'field': return resolveField(condition.field, condition.test, path, fields, present);
    case 'measure': return resolveMeasure(condition, present);
    case 'moment': {
      const facts = resolveFacts(condition.facts);
      return { kind: 'moment', facts, which: condition.which, range: rangeOf(condition.period, present), within: [rangeOf(condition.when, present)] };
    }
    case 'sequence': {
      const then = condition.then.map((step) => ({ facts: resolveFacts(step.facts), withinMs: step.within.amount * durationMs[step.within.unit] }));
      const untilMs = present.untilMs ?? Math.floor(present.now.getTime() / 60_000) * 60_000;
      return { kind: 'sequence', first: resolveFacts(condition.first), then, ends: condition.ends, range: rangeOf(condition.period, present), untilMs };
    }
    case 'recurring': {
      const fromMs = startOfPeriods(condition.every, condition.of - 1, present).getTime();
      return { kind: 'recurring', facts: resolveFacts(condition.facts), every: condition.every, times: condition.times, range: { fromMs, untilMs: present.untilMs }, zone };
    }
    case 'audience': return { kind: 'audience', audienceId: condition.audienceId, on: condition.on ?? null };
    case 'sample': return { kind: 'sample', salt: condition.salt, below: Math.round((condition.percent / 100) * 4_294_967_296) };
    default: return condition;
  }
}

const durationMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

type MeasureCondition = Extract<PlainCondition, { kind: 'measure' }>;

function resolveMeasure({ facts, measure, property, period, compare }: MeasureCondition, present: Present): ResolvedCondition {
  const range = rangeOf(period, present);
  const test = numberTest(compare);
  if (measure === 'days_since_first' || measure === 'days_since_last') {
    return { kind: 'moment', facts: resolveFacts(facts), which: measure === 'days_since_first' ? 'first' : 'last', range, within: momentsSince(test, present) };
  }
  return { kind: 'measure', facts: resolveFacts(facts), measure: measure satisfies Measure, property: property ?? '', range, compare: test, zone: present.timeZone };
}

/** Which tests a type of field can answer; text may be compared as the number it spells. */
const testsOf: Record<FieldType, readonly FieldTest['test'][]> = {
  text: ['any_of', 'none_of', 'contains', 'starts_with', 'compare', 'known', 'unknown'],
  number: ['compare', 'known', 'unknown'],
  moment: ['within', 'anniversary', 'known', 'unknown'],
  day: ['within', 'anniversary', 'known', 'unknown'],
};

function resolveField(name: string, test: FieldTest, path: string, fields: FieldRegistry, present: Present): ResolvedCondition {
  const field = fields.find(name);
  if (!field) throw fault(path, 'field', 'audiences.unknown_field', { field: name });
  if (!testsOf[field.type].includes(test.test)) {
    throw fault(path, 'test', 'audiences.wrong_test', { field: name, test: test.test, allowed: testsOf[field.type].join(', ') });
  }
  return { kind: 'field', field, test: resolveTest(field, test, present) };
}

function resolveTest(field: AudienceField, test: FieldTest, present: Present): ResolvedFieldTest {
  switch (test.test) {
    case 'compare': return { test: 'compare', compare: numberTest(test.compare) };
    case 'within': return field.type === 'day' ? { test: 'days', ...daysOf(test.period, present) } : { test: 'within', range: rangeOf(test.period, { ...present, untilMs: null }) };
    case 'anniversary': return { test: 'anniversary', monthDays: monthDays(test.from, test.to, present), zone: present.timeZone };
    default: return test;
  }
}

/** Facts with exact numbers. */
export function resolveFacts(facts: Facts): ResolvedFacts {
  if (facts.fact === 'order') {
    return { ...facts, where: facts.where.map((filter) => (filter.test === 'compare' ? { ...filter, compare: numberTest(filter.compare) } : filter)) };
  }
  return { ...facts, where: facts.where.map((filter) => (filter.test === 'compare' ? { ...filter, compare: numberTest(filter.compare) } : filter)) };
}

const exact = (text: string): bigint => parseDecimal(text) ?? 0n;

const numberTest = (compare: Comparison): NumberTest =>
  compare.is === 'between' ? { is: 'between', from: exact(compare.from), to: exact(compare.to) } : { is: compare.is, value: exact(compare.value) };

/** A fault of a rule, named with its place. */
export const fault = (path: string, part: string, code: string, params: Record<string, unknown>): Problem => {
  const place = ['body.rule', path, part].filter(Boolean).join('.');
  return new Problem(code, { params: { ...params, place }, fields: [{ path: place, code: code.split('.')[1] }] });
};
