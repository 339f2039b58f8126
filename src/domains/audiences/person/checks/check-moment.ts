import type { ResolvedCondition } from '../../resolve/resolved.ts';
import type { Check } from './check.ts';
import { timeSelector } from './select-facts.ts';
import { isWithin } from './tests.ts';

/** The first or last of somebody's facts lies where it should; there is none without facts. */
export function checkMoment({ facts, which, range, within }: Extract<ResolvedCondition, { kind: 'moment' }>): Check {
  const timesOf = timeSelector(facts, range);
  return (person) => {
    const ms = timesOf(person).at(which === 'first' ? 0 : -1);
    if (ms === undefined) return { holds: false, found: null };
    return { holds: within.some((one) => isWithin(one, ms)), found: { moment: ms } };
  };
}
