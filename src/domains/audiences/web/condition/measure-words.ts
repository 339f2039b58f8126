import { eventCounts, eventValues, type Facts, orderCounts, orderValues, propertyMeasures } from '../../contract.ts';
import type { ConditionOf } from './condition-of.ts';

export type Measure = ConditionOf<'measure'>['measure'];

const netMeasures: readonly Measure[] = ['amount', 'quantity'];

/** What can be measured of facts, the usual first. */
export function measuresOf(facts: Facts): readonly Measure[] {
  if (facts.fact === 'event') return [...eventCounts, ...eventValues, ...propertyMeasures];
  return facts.of === 'net' ? netMeasures : [...orderCounts, ...orderValues];
}

/** Measures of a property of the events, which has to be named. */
export const isOfProperty = (measure: Measure): boolean => propertyMeasures.some((name) => name === measure);

export const isMoney = (measure: Measure): boolean => measure === 'amount' || measure.endsWith('_order');

/** The condition after its facts were changed: a measure that those do not have becomes the usual one. */
export function withFacts(condition: ConditionOf<'measure'>, facts: Facts): ConditionOf<'measure'> {
  const allowed = measuresOf(facts);
  return withMeasure({ ...condition, facts }, allowed.includes(condition.measure) ? condition.measure : allowed[0]);
}

export function withMeasure({ property, ...condition }: ConditionOf<'measure'>, measure: Measure): ConditionOf<'measure'> {
  return isOfProperty(measure) ? { ...condition, measure, property: property ?? '' } : { ...condition, measure };
}
