import type { Route } from '../../platform/http/route.ts';
import { createSay } from '../../platform/i18n.ts';
import type { Platform } from '../../platform/platform.ts';
import { createBackground, type Customers, lineagesOf } from '../customers/public.ts';
import { createLedger, type Ledger } from './ledger/ledger.ts';
import { heldPoints } from './points/held-points.ts';
import { figureSource } from './points/figures.ts';
import { pointsRoutes } from './points/routes.ts';

export interface Membership {
  routes: Route[];
  ledger: Ledger;
  /** Background work, for the process that does it. */
  start(): void;
  stop(): Promise<void>;
}

/** Between two looks at whose points something is due for. What can be spent does not wait for it. */
const settleMs = 30_000;

/** Members: what they have and why. */
export function createMembership(platform: Platform, customers: Customers): Membership {
  const ledger = createLedger(platform, lineagesOf);
  customers.registerHeldDataSource(heldPoints(platform.pg));
  customers.registerFigureSource(figureSource(platform));
  const settling = createBackground('points that end', async () => {
    while ((await ledger.settleDue()) > 0);
  }, settleMs, platform.log);
  return { routes: pointsRoutes(platform, ledger, createSay()), ledger, start: settling.start, stop: settling.stop };
}
