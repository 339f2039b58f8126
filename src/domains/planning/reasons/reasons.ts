import { route } from '../../../platform/http/route.ts';
import { readEvidence } from '../contract.ts';
import type { PlanningDoors, PlanningPart } from '../part.ts';
import { requirePlan } from '../plans/keep-plans.ts';
import { registerReasonChecks } from './checks.ts';
import { readEvidenceOf } from './evidence.ts';

/** Why there is a department: needs, what stands for and against it with evidence, strategies, the conclusion. */
export function createReasons(doors: PlanningDoors): PlanningPart {
  registerReasonChecks(doors.items);
  return {
    routes: [
      route(readEvidence, async ({ params: { planNo }, actor }) => {
        await requirePlan(doors.platform.pg, planNo);
        return { notes: await readEvidenceOf(doors, planNo, actor.locale) };
      }),
    ],
  };
}
