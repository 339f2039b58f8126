import { addDays, addMonths, type Day } from '../../../../kernel/day.ts';
import { type Plan, type StageKey, stageKeys } from '../../contract.ts';
import type { PlanItem } from '../frame/use-items.tsx';

/** When a stage is, from its first to its last day. */
export interface StageSpan {
  stage: StageKey;
  from: Day;
  to: Day;
}

/** The years of a plan in as many equal parts as there are stages; a quarter of a year is three whole months. */
export const equalSpans = ({ startsOn, years }: Pick<Plan, 'startsOn' | 'years'>): StageSpan[] =>
  stageKeys.map((stage, at) => ({ stage, from: addMonths(startsOn, at * years * 3), to: addDays(addMonths(startsOn, (at + 1) * years * 3), -1) }));

/** Positions that are there on a day of a span at least. */
export const positionsOf = (positions: readonly PlanItem<'position'>[], { from, to }: { from: Day; to: Day }): PlanItem<'position'>[] =>
  positions.filter(({ body: { opens, closes } }) => opens <= to && (closes === null || closes >= from));
