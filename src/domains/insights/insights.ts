import type { EndpointReply } from '../../kernel/endpoint.ts';
import type { Locale } from '../../kernel/locale.ts';
import type { Route } from '../../platform/http/route.ts';
import { createSay } from '../../platform/i18n.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Audiences } from '../audiences/public.ts';
import type { Commerce } from '../commerce/public.ts';
import type { Customers } from '../customers/public.ts';
import { createAnalysis } from './analysis/analysis.ts';
import { createCohorts } from './cohorts/cohorts.ts';
import type { readDefinitions } from './contract.ts';
import { countInsights, type InsightCounts } from './counts.ts';
import { createFunnels } from './funnels/funnels.ts';
import { createHistories } from './histories/histories.ts';
import { createLifetimeValue } from './lifetime-value/lifetime-value.ts';
import { createAssociation, type Recommend, type RecommendMany } from './association/association.ts';
import { createModels } from './models/models.ts';
import { modelRoutes } from './models/routes.ts';
import type { InsightsDoors, InsightsPart } from './part.ts';
import { peopleRoutes } from './people/people.ts';
import { createDecisionTree } from './decision-tree/decision-tree.ts';
import { createPreference } from './preference/preference.ts';
import type { Answers } from './question/answers.ts';
import { definitionsOf } from './registry/definitions.ts';
import type { Dimension, FactTable, Metric } from './registry/entry.ts';
import { createReporting } from './reporting/reporting.ts';
import { createReports } from './reports/reports.ts';
import { createLifecycle } from './lifecycle/lifecycle.ts';
import { createRfm } from './rfm/rfm.ts';
import { createWaiting, type WaitingSource } from './waiting/waiting.ts';

export interface InsightsOptions {
  commerce: Commerce;
  customers: Customers;
  audiences: Audiences;
  /** Rises whenever facts, merges or totals of customers change: answers are kept for one version. */
  dataVersion: () => Promise<number>;
}

export interface Insights {
  routes: Route[];
  /** Makes facts, numbers and what they can be told apart by of other domains ones that reports can ask for. */
  registerTable(table: FactTable): void;
  registerMetric(metric: Metric): void;
  registerDimension(dimension: Dimension): void;
  /** Every number that can be asked for. */
  metrics(): Metric[];
  /** Them and what they can be told apart by, in a reader's language, and which go together. */
  definitions(locale: Locale): Promise<EndpointReply<typeof readDefinitions>>;
  /** Answers a question over them, for other domains; the answer of an unchanged question about unchanged data is kept. */
  answer: Answers;
  /** What a domain knows of that waits for somebody; shown on the page of the day. */
  registerWaiting(source: WaitingSource): void;
  /** What is reported and computed by itself. */
  counts(): Promise<InsightCounts>;
  /** Products for somebody, of what the newest model knows; throws a Problem where there is none yet. */
  recommend: Recommend;
  /** Products for each of many people at once. */
  recommendMany: RecommendMany;
  /** Keeps what requests ask for at hand, in the process that answers them. */
  follow(): void;
  /** Background work, for the process that does it. */
  start(): void;
  stop(): Promise<void>;
}

/** What users do and are worth: reports over what was bought, and models of who buys. */
export function createInsights(platform: Platform, options: InsightsOptions): Insights {
  const { customers, audiences, dataVersion } = options;
  const say = createSay();
  const models = createModels(platform, dataVersion);
  const doors: InsightsDoors = { platform, say, models, ...options };
  const histories = createHistories(platform);
  const reports = createReports(doors);
  const association = createAssociation(doors);
  const waiting = createWaiting(say);
  const parts: InsightsPart[] = [
    reports,
    createRfm(doors),
    createPreference(doors),
    createCohorts(doors, histories),
    createFunnels(doors, histories),
    createLifetimeValue(doors),
    createLifecycle(doors),
    association,
    createDecisionTree(doors),
    createAnalysis(doors, reports.answers),
    createReporting(doors, reports),
  ];
  for (const { models: kinds = [], fields = [], heldData = [] } of parts) {
    kinds.forEach(models.register);
    fields.forEach(audiences.registerField);
    heldData.forEach(customers.registerHeldDataSource);
  }
  return {
    routes: [
      ...parts.flatMap(({ routes }) => routes),
      ...waiting.routes,
      ...modelRoutes(platform, models, dataVersion, say),
      ...peopleRoutes(doors, parts.flatMap(({ people = [] }) => people)),
    ],
    registerTable: reports.registry.registerTable,
    registerMetric: reports.registry.registerMetric,
    registerDimension: reports.registry.registerDimension,
    metrics: reports.registry.metrics,
    definitions: (locale) => definitionsOf(reports.registry, say, locale),
    answer: reports.answers,
    registerWaiting: waiting.register,
    counts: () => countInsights(platform.pg, (name) => reports.registry.metrics().find((metric) => metric.name === name)?.subject),
    recommend: association.recommend,
    recommendMany: association.recommendMany,
    follow: models.follow,
    start() {
      models.start();
      parts.forEach((part) => part.start?.());
    },
    async stop() {
      await models.stop();
      await Promise.all(parts.map((part) => part.stop?.()));
    },
  };
}
