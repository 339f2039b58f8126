import type { PlanningDoors, PlanningPart } from '../part.ts';
import { registerChecks } from './checks.ts';

/** Who does what in the department, from when until when, for what. */
export function createPositions({ items }: PlanningDoors): PlanningPart {
  registerChecks(items);
  return { routes: [] };
}
