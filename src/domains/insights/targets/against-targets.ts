import type { Platform } from '../../../platform/platform.ts';
import type { Figure, Question } from '../contract.ts';
import type { Answered } from '../question/answers.ts';
import { isTime } from '../question/asked.ts';
import { bucketOf, type Period } from '../question/period.ts';
import type { NamedFigures } from '../question/shape.ts';
import type { Registry } from '../registry/registry.ts';
import { readTargets } from './store.ts';
import { partOf, targetOf } from './target-of.ts';

type Scope = { dimension: string; value: string } | null;

/**
 * Targets beside an answer: of its total and of each row. Targets are of everything or of one value of one dimension, so rows by
 * time and by one dimension have some, and what is narrowed has one where it is narrowed to just such a value.
 */
export async function againstTargets(platform: Platform, registry: Registry, question: Question, answered: Answered): Promise<Answered> {
  const { period, metrics, dimensions } = answered.asked;
  const targets = await readTargets(platform, metrics, bucketOf(period.from, 'month'), period.to);
  const bySeries = Map.groupBy(targets, ({ metric, dimension, value }) => JSON.stringify([metric, dimension, value]));
  const figuresOf = (scope: Scope | 'none', within: Period): NamedFigures => Object.fromEntries(metrics.map((name): [string, Figure] => {
    const series = scope === 'none' ? undefined : bySeries.get(JSON.stringify([name, scope?.dimension ?? null, scope?.value ?? null]));
    const found = series ? targetOf(new Map(series.map(({ month, target }) => [month, target])), { period: within, isAdditive: registry.metric(name).isAdditive }) : null;
    const isText = ['money', 'quantity'].includes(registry.metric(name).unit);
    return [name, found === null || isText ? found : Number(found)];
  }));
  const scopes = (keys: string[]): Scope | 'none' => {
    const chosen = [
      ...question.filters.map((filter) => (filter.test === 'in' && filter.values.length === 1 ? { dimension: filter.dimension, value: filter.values[0] } : 'none' as const)),
      ...dimensions.flatMap((dimension, at) => (isTime(dimension) || keys.length === 0 ? [] : [{ dimension, value: keys[at] }])),
    ];
    return chosen.length > 1 ? 'none' : (chosen[0] ?? null);
  };
  const part = (keys: string[]): Period => dimensions.reduce((within, by, at) => (isTime(by) ? partOf(within, keys[at], by) : within), period);
  return {
    ...answered,
    rows: answered.rows.map((row) => ({ ...row, against: figuresOf(scopes(row.keys), part(row.keys)) })),
    totalsAgainst: figuresOf(scopes([]), period),
  };
}
