import { type StageFactName, stageFacts, type StageKey, stageKeys } from '../contract.ts';
import type { Criterion, StageWarning } from '../contract.ts';

/** Something the product tells of a stage; null where nothing can be said yet. */
export type FactValues = Readonly<Partial<Record<StageFactName, number | null>>>;

/** Whether a value is where it has to be. Nothing known is never enough. */
export function judge(value: number | null, target: number, is: 'at_least' | 'at_most' = 'at_least'): Criterion['state'] {
  if (value === null) return 'no_data';
  return (is === 'at_least' ? value >= target : value <= target) ? 'met' : 'short';
}

/** What the product tells by itself of a fact, against its own target or the team's. */
export function judgeFact(fact: StageFactName, values: FactValues, ownTarget?: number): Pick<Criterion, 'state' | 'value' | 'target' | 'unit' | 'is' | 'path'> {
  const { path, unit, target: usual } = stageFacts[fact];
  const target = ownTarget ?? usual;
  const value = path === null ? null : (values[fact] ?? null);
  return { state: path === null ? 'absent' : judge(value, target), value: written(value), target: String(target), unit, is: 'at_least', path };
}

export const written = (value: number | null): string | null => (value === null ? null : String(value));

/** How much of a stage is done: everything that belongs to it counts, also what the product cannot tell yet. */
export function progressOf(criteria: readonly Pick<Criterion, 'state'>[]): { met: number; total: number; isPassed: boolean } {
  const met = criteria.filter(({ state }) => state === 'met').length;
  return { met, total: criteria.length, isPassed: met > 0 && met === criteria.length };
}

/** The stage a team is really in: the first that is not passed, whatever later ones have; null where all are. */
export const reachedOf = (stages: readonly { stage: StageKey; isPassed: boolean }[]): StageKey | null => stages.find(({ isPassed }) => !isPassed)?.stage ?? null;

interface Span {
  stage: StageKey;
  from: string;
  to: string;
}

/** What is odd about when stages are; all of it is allowed. `until` is the last day of the plan. */
export function warningsOf(spans: readonly Span[], plan: { from: string; until: string }): StageWarning[] {
  const inOrder = stageKeys.flatMap((key) => spans.find(({ stage }) => stage === key) ?? []);
  const between = inOrder.flatMap((one, at) => inOrder.slice(at + 1).flatMap((later): StageWarning[] => {
    if (later.from < one.from) return [{ kind: 'order', stage: one.stage, other: later.stage }];
    return later.from <= one.to ? [{ kind: 'overlap', stage: one.stage, other: later.stage }] : [];
  }));
  const outside = inOrder.filter(({ from, to }) => from < plan.from || to > plan.until).map(({ stage }): StageWarning => ({ kind: 'outside', stage, other: null }));
  return [...between, ...outside];
}
