import { type Route, route } from '../../../platform/http/route.ts';
import { listPlanMetrics, readFigures } from '../contract.ts';
import type { Figures } from './figures.ts';

/** A page waits so long for figures it asks for by themselves. */
const waitMs = 5_000;

export const figureRoutes = (figures: Figures): Route[] => [
  route(listPlanMetrics, ({ actor }) => figures.metrics(actor.locale)),
  route(readFigures, async ({ body: { asked, period } }) => ({ readings: await figures.read(asked, period, waitMs) })),
];
