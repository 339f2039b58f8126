import { z } from 'zod';
import { useSearchState } from '../../../../web/kit.ts';
import { flowLimits } from '../../contract.ts';
import { usePeriod } from '../report/use-period.ts';

const state = z.object({
  of: z.enum(['visit', 'days']).default('visit'),
  days: z.coerce.number().int().min(1).max(flowLimits.days).default(7),
  depth: z.coerce.number().int().min(1).max(flowLimits.depth).default(4),
  start: z.string().max(200).optional(),
  orders: z.enum(['0', '1']).default('0'),
});

/** The question of the page, kept in the address. */
export function useFlowQuestion() {
  const { period, choosePeriod } = usePeriod();
  const [{ of, days, depth, start, orders }, change] = useSearchState(state);
  const path = of === 'visit' ? { of } : { of, days };
  return { asked: { ...period, path, depth, start: start ?? null, orders: orders === '1' }, days, change, choosePeriod };
}
export type FlowQuestion = ReturnType<typeof useFlowQuestion>;
