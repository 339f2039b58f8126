import { z } from 'zod';
import { daySchema } from '../../../../kernel/day.ts';
import { type DayRange, presetRange, todayIn, useSearchState, useSession } from '../../../../web/kit.ts';
import { timeDimensions, type TimeDimension } from '../../contract.ts';

const periodState = z.object({
  from: daySchema.optional(),
  to: daySchema.optional(),
  by: z.enum(timeDimensions).default('day'),
});

/** The period a report is about and how its time is divided, kept in the address. */
export interface PeriodChoice {
  period: DayRange;
  by: TimeDimension;
  choosePeriod(period: DayRange): void;
  chooseBy(by: TimeDimension): void;
}

/** The last 30 days until something else is chosen, so that a bookmark of the page stays current. */
export function usePeriod(): PeriodChoice {
  const [{ from, to, by }, change] = useSearchState(periodState);
  const usual = presetRange('last30', todayIn(useSession().brand.timeZone));
  const period = from && to && from <= to ? { from, to } : usual;
  return {
    period,
    by,
    choosePeriod: (chosen) => change(chosen.from === usual.from && chosen.to === usual.to ? { from: undefined, to: undefined } : chosen),
    chooseBy: (chosen) => change({ by: chosen }),
  };
}
