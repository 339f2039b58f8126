import type { Metric } from '../../insights/public.ts';
import type { FigureNature } from '../contract.ts';

/** How figures of parts of a period make that of the whole. */
export function natureOf({ isStanding, isAdditive, addsUpInTime = isAdditive, reckoned }: Pick<Metric, 'isStanding' | 'isAdditive' | 'addsUpInTime' | 'reckoned'>): FigureNature {
  if (isStanding) return 'standing';
  if (addsUpInTime) return 'sum';
  return reckoned.kind === 'ratio' ? 'level' : 'distinct';
}
