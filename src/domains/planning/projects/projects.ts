import type { PlanningDoors, PlanningPart } from '../part.ts';
import { registerChecks } from './items/checks.ts';
import { readRoutes } from './read/routes.ts';

/** Projects of the plan: who does what until when, what is decided on the way, and what came of it. */
export function createProjects({ platform, items }: PlanningDoors): PlanningPart {
  registerChecks(items, platform);
  return { routes: [...readRoutes(platform, items)] };
}
