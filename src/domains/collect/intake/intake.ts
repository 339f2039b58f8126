import type { FastifyInstance } from 'fastify';
import type { Refuse } from '../../../platform/http/refuse.ts';
import type { Route } from '../../../platform/http/route.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { FactLog } from '../facts/fact-log.ts';
import { writeKeyRoutes } from '../write-keys/routes.ts';
import { createWriteKeys, type WriteKeys } from '../write-keys/service.ts';
import { defaultBounds, type IntakeBounds, trackingApi } from './api/tracking-api.ts';
import { intakeMetrics } from './desk/metrics.ts';
import { deskRoutes } from './desk/routes.ts';
import { createSetAsideEvents } from './desk/set-aside-events.ts';
import type { IntakeDoors } from './worker/doors.ts';
import { createIntakeWorker, type IntakeWorker } from './worker/intake-worker.ts';

/** How events come in: the tracking API, the worker that makes facts of them, and the desk for what went wrong. */
export interface Intake {
  routes: Route[];
  /** Serves `/v1/*`. */
  trackingApi(server: FastifyInstance, refuse: Refuse): Promise<void>;
  worker: IntakeWorker;
  writeKeys: WriteKeys;
  /** Prometheus' text format. */
  metrics(): Promise<string>;
}

export function createIntake(platform: Platform, facts: FactLog, doors: IntakeDoors, bounds: IntakeBounds = defaultBounds): Intake {
  const { vault } = doors.customers;
  const writeKeys = createWriteKeys(platform);
  return {
    routes: [...writeKeyRoutes(writeKeys), ...deskRoutes(platform, facts, createSetAsideEvents(platform, vault))],
    trackingApi: trackingApi(platform, vault, bounds),
    worker: createIntakeWorker(platform, facts, doors),
    writeKeys,
    metrics: () => intakeMetrics(platform),
  };
}
