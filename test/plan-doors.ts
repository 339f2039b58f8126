import { permissions as accessPermissions } from '../src/domains/access/contract.ts';
import { createAccess } from '../src/domains/access/public.ts';
import { createCampaigns } from '../src/domains/campaigns/public.ts';
import { createCollect } from '../src/domains/collect/public.ts';
import { createMembership } from '../src/domains/membership/public.ts';
import { createMessaging } from '../src/domains/messaging/public.ts';
import { permissions as planningPermissions } from '../src/domains/planning/contract.ts';
import type { DirectorDoors } from '../src/domains/planning/director/view.ts';
import { createDocuments } from '../src/domains/planning/document/write/documents.ts';
import { createFigures } from '../src/domains/planning/figures/figures.ts';
import { createGoals } from '../src/domains/planning/goals/goals.ts';
import { createItems } from '../src/domains/planning/items/items.ts';
import type { PlanningOptions } from '../src/domains/planning/part.ts';
import { createPrograms } from '../src/domains/planning/programs/programs.ts';
import { createStages } from '../src/domains/planning/stages/stages.ts';
import { createSay } from '../src/platform/i18n.ts';
import type { Platform } from '../src/platform/platform.ts';
import { createInsightsOn } from './insights-server.ts';

/** What parts of the plan are made with, beside those of the product. */
export function planDoors(platform: Platform, options: PlanningOptions): DirectorDoors {
  const doors = { platform, say: createSay(), items: createItems(platform), documents: createDocuments(), figures: createFigures(platform, options.insights), programs: createPrograms(options), ...options };
  return { ...doors, goals: createGoals(doors).book, stages: createStages(doors) };
}

/** The same over stores alone, for a process of its own. */
export function planDoorsOn(platform: Platform): DirectorDoors {
  const domains = createInsightsOn(platform);
  const collect = createCollect(platform, domains.customers, domains.commerce);
  const messaging = createMessaging(platform, { ...domains, facts: collect });
  const campaigns = createCampaigns(platform, { ...domains, messaging, dataVersion: async () => 0 });
  const { rolesByChart, permissionsOf } = createAccess(platform, { permissions: [...accessPermissions, ...planningPermissions] });
  return planDoors(platform, { ...domains, collect, messaging, campaigns, membership: createMembership(platform, { ...domains }), rolesByChart, permissionsOf });
}
