import type pg from 'pg';
import type { Locale } from '../../kernel/locale.ts';
import type { Route } from '../../platform/http/route.ts';
import { createSay } from '../../platform/i18n.ts';
import type { Platform } from '../../platform/platform.ts';
import type { AddToDemo } from '../collect/public.ts';
import { feedRoutes } from './calendar/feed.ts';
import { invitationRoutes } from './calendar/invitations.ts';
import { createFigures } from './figures/figures.ts';
import { figureRoutes } from './figures/routes.ts';
import { createDirector } from './director/director.ts';
import { createGoals } from './goals/goals.ts';
import { createKpi } from './kpi/kpi.ts';
import { createBudget } from './budget/budget.ts';
import { createItems } from './items/items.ts';
import { itemRoutes } from './items/routes.ts';
import type { PlanningDoors, PlanningOptions, PlanningPart } from './part.ts';
import { heldAmounts } from './plans/held-amounts.ts';
import { planRoutes } from './plans/routes.ts';
import { createPost } from './post/post.ts';
import { createProgramPlaces } from './programs/places.ts';
import { createPrograms } from './programs/programs.ts';
import { createMonitors } from './monitors/monitors.ts';
import { createPositions } from './positions/positions.ts';
import { createProjects } from './projects/projects.ts';
import { addDemoPlan } from './demo/demo.ts';
import { createDocuments } from './document/write/documents.ts';
import { createDocumentPart } from './document/document.ts';
import { createStart } from './start/start.ts';
import { createReports } from './reports/reports.ts';
import { createReasons } from './reasons/reasons.ts';
import { createReviews } from './reviews/reviews.ts';
import { createRobots } from './robots/robots.ts';
import { createStages } from './stages/stages.ts';
import { readWaiting } from './waiting.ts';

export interface Planning {
  routes: Route[];
  addToDemo: AddToDemo;
  /** What plans hold in the brand's currency. */
  heldAmounts(connection: pg.Pool | pg.PoolClient, locale: Locale): Promise<string[]>;
  /** Background work, for the process that does it. */
  start(): void;
  stop(): Promise<void>;
}

/** The team's own plan: why it exists, what it wants, who does what, by when and for how much. */
export function createPlanning(platform: Platform, options: PlanningOptions): Planning {
  const doors: PlanningDoors = { platform, say: createSay(), items: createItems(platform), documents: createDocuments(), figures: createFigures(platform, options.insights), programs: createPrograms(options), ...options };
  const stages = createStages(doors);
  const goals = createGoals(doors);
  const parts: PlanningPart[] = [
    { routes: planRoutes(doors) },
    { routes: itemRoutes(platform, doors.items) },
    { routes: figureRoutes(doors.figures) },
    createReasons(doors),
    createStart(doors),
    createDocumentPart(doors),
    goals,
    createPositions(doors),
    createKpi(doors),
    createProjects(doors),
    createMonitors(doors),
    createReviews({ ...doors, goals: goals.book }),
    createPost(doors),
    createRobots(doors),
    { routes: [...feedRoutes(doors), ...invitationRoutes(doors)] },
    createProgramPlaces(doors),
    stages,
    createBudget(doors),
    createDirector({ ...doors, goals: goals.book, stages }),
    createReports({ ...doors, goals: goals.book, stages }),
  ];
  options.insights.registerWaiting(() => readWaiting(platform.pg, platform.clock.now()));
  for (const { heldData = [] } of parts) heldData.forEach(options.customers.registerHeldDataSource);
  return {
    routes: parts.flatMap(({ routes }) => routes),
    addToDemo: addDemoPlan(doors),
    heldAmounts: (connection, locale) => heldAmounts(connection, doors.say, locale),
    start: () => parts.forEach((part) => part.start?.()),
    async stop() {
      await Promise.all(parts.map((part) => part.stop?.()));
    },
  };
}
