import { Problem } from '../../../kernel/problem.ts';
import type { Registry } from '../registry/registry.ts';

/** 400 for a target of what nobody can ask for: a metric that is not there, or cannot be told apart so. */
export function refuseTarget(registry: Registry, metricName: string, dimensionName: string | null): void {
  const metric = registry.metric(metricName);
  if (dimensionName === null) return;
  const dimension = registry.dimension(dimensionName);
  if (registry.combines(metric, dimension) && !dimension.ofTime) return;
  throw new Problem('insights.do_not_combine', { status: 400, params: { metric: metric.words, dimension: dimension.words } });
}
