import type { Day } from '../../../../kernel/day.ts';
import type { ProgrammeDefinition } from '../../contract/programme.ts';
import { checkAutoRedeem } from './check-auto-redeem.ts';
import { checkClock, checkGrowth, checkJoining } from './check-growth.ts';
import { checkMultipliers } from './check-multipliers.ts';
import { checkEarning, checkEnding } from './check-points.ts';
import { checkRemovedTiers, checkThresholdJump, checkTiers } from './check-tiers.ts';
import { type CheckedAgainst, type Finding, findingLevels } from './finding.ts';

/**
 * All that somebody should know of a definition before it is promised to anybody, the worst first. `today` is the day it is in the
 * brand's time zone.
 */
export function checkDefinition(definition: ProgrammeDefinition, against: CheckedAgainst, today: Day): Finding[] {
  const findings = [
    ...checkJoining(definition, against), ...checkTiers(definition), ...checkRemovedTiers(definition, against), ...checkThresholdJump(definition, against),
    ...checkGrowth(definition, against), ...checkClock(definition), ...checkEarning(definition, against), ...checkMultipliers(definition, against, today), ...checkEnding(definition), ...checkAutoRedeem(definition, against),
  ];
  return findingLevels.flatMap((level) => findings.filter((finding) => finding.level === level));
}
