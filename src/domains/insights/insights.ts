import type { Route } from '../../platform/http/route.ts';
import { createSay } from '../../platform/i18n.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Commerce } from '../commerce/public.ts';
import { createAnswers } from './question/answers.ts';
import { insightsRoutes } from './routes.ts';

export interface InsightsOptions {
  commerce: Commerce;
  /** Rises whenever facts, merges or totals of customers change: answers are kept for one version. */
  dataVersion: () => Promise<number>;
}

export interface Insights {
  routes: Route[];
}

/** Reports over what was bought: metrics by dimensions, over time, against the period before. */
export const createInsights = (platform: Platform, { commerce, dataVersion }: InsightsOptions): Insights => ({
  routes: insightsRoutes(platform, createAnswers(platform, dataVersion), commerce, createSay()),
});
