import type { Metric } from '../../insights/public.ts';
import type { FigureNature } from '../contract.ts';

/** How figures of parts of a period make that of the whole. */
export function natureOf({ isStanding, isAdditive, reckoned }: Pick<Metric, 'isStanding' | 'isAdditive' | 'reckoned'>): FigureNature {
  if (isStanding) return 'standing';
  if (isAdditive) return 'sum';
  return reckoned.kind === 'ratio' ? 'level' : 'distinct';
}
