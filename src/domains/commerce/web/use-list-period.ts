import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { type DayRange, presetRange, todayIn, useSearchState, useSession } from '../../../web/kit.ts';

const listPeriod = z.object({ from: daySchema.optional(), to: daySchema.optional(), span: z.enum(['usual', 'all']).default('usual') });

/** The period of a list, kept in the address: the last 30 days until another, or all the time, is chosen. Null is all the time. */
export function useListPeriod(): [DayRange | null, (period: DayRange | null) => void] {
  const [{ from, to, span }, change] = useSearchState(listPeriod);
  const today = todayIn(useSession().brand.timeZone);
  const usual = { from: presetRange('last30', today).from, to: today };
  const period = from && to && from <= to ? { from, to } : span === 'all' ? null : usual;
  return [
    period,
    (chosen) => change(chosen ? { ...chosen, span: 'usual' } : { from: undefined, to: undefined, span: 'all' }),
  ];
}
