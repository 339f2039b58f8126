import type { FastifyInstance } from 'fastify';
import type { Refuse } from '../../platform/http/refuse.ts';
import type { Route } from '../../platform/http/route.ts';
import { createSay } from '../../platform/i18n.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Commerce } from '../commerce/public.ts';
import type { Customers } from '../customers/public.ts';
import { type CollectCounts, countSources } from './counts.ts';
import { createDemo, type Demo } from './demo-brand/demo.ts';
import { createFactLog, type FactLog } from './facts/fact-log.ts';
import { createFactsDesk } from './facts-desk/facts-desk.ts';
import { raiseDataVersion, raiseWholeVersion } from './facts/fact-state.ts';
import { createImports } from './imports/imports.ts';
import { createIntake } from './intake/intake.ts';
import { eventTimeline, factEraser, heldEvents } from './person/sources.ts';
import { tellEvents } from './told/told-event.ts';
import { createToldWorker, type ToldWorker } from './told/told-worker.ts';

/** How data comes in and stays: trackers, files, the demonstration brand, and the log of all facts. */
export interface Collect {
  routes: Route[];
  /** Serves `/v1/*` beside the endpoints. */
  trackingApi(server: FastifyInstance, refuse: Refuse): Promise<void>;
  demo: Demo;
  facts: FactLog;
  /** Has what another domain knows of customers become facts, exactly when its transaction commits. */
  tell: typeof tellEvents;
  told: ToldWorker;
  /** Has the facts of erased people deleted, now and in every rebuild. */
  eraseFacts(customerNos: number[]): Promise<void>;
  /** How data comes in. */
  counts(): Promise<CollectCounts>;
  /** Prometheus' text format. */
  metrics(): Promise<string>;
  /** Background work; the fact log waits for the right to write, everything else for the fact log. */
  start(): void;
  stop(): Promise<void>;
}

export function createCollect(platform: Platform, customers: Customers, commerce: Commerce): Collect {
  const { pg, log } = platform;
  const facts = createFactLog(platform);
  // Totals are part of what pages show: when they change, what was computed from them is old.
  const refreshSummaries: Commerce['refreshSummaries'] = async (customerNos) => {
    await commerce.refreshSummaries(customerNos);
    await (customerNos === 'all' ? raiseWholeVersion(pg) : raiseDataVersion(pg));
  };
  const totals = { ...commerce, refreshSummaries };
  const intake = createIntake(platform, facts, { customers, upsertProducts: commerce.products.upsert, refreshSummaries });
  const imports = createImports({ platform, facts, customers, commerce: totals, say: createSay() });
  const demo = createDemo(platform, { facts, customers, commerce: totals });
  const told = createToldWorker(platform, facts);
  const desk = createFactsDesk(platform, facts);
  customers.registerTimelineSource(eventTimeline(platform));
  const eraseFacts = factEraser(platform, facts);
  customers.registerHeldDataSource(heldEvents(platform, eraseFacts));
  facts.onRebuilt(() => refreshSummaries('all'));
  facts.onRebuilt(async () => {
    await customers.copier.queueAll();
    await customers.copier.drain();
  });

  const begin = async (): Promise<void> => {
    await facts.start();
    intake.worker.start();
    told.start();
    await imports.start();
  };
  return {
    routes: [...intake.routes, ...imports.routes, ...demo.routes, ...desk.routes],
    trackingApi: intake.trackingApi,
    demo,
    facts,
    tell: tellEvents,
    told,
    eraseFacts,
    counts: () => countSources(pg, platform.clock.now()),
    metrics: intake.metrics,
    start: () => void begin().catch((error: unknown) => log.error({ err: error }, 'background work could not begin')),
    async stop() {
      imports.stop();
      await intake.worker.stop();
      await told.stop();
      await facts.stop();
    },
  };
}
