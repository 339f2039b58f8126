import type pg from 'pg';
import type { Route } from '../../platform/http/route.ts';
import { createSay } from '../../platform/i18n.ts';
import type { Platform } from '../../platform/platform.ts';
import { readWaiting } from './waiting.ts';
import type { Program } from '../../kernel/program.ts';
import type { AddToDemo } from '../collect/public.ts';
import { type CampaignCounts, countCampaigns } from './counts.ts';
import { formatDecimal } from '../../kernel/decimal.ts';
import { priceOf } from './plans/estimate.ts';
import { createPlans } from './plans/plans.ts';
import { demandCampaign } from './plans/store.ts';
import { createReports } from './reports/reports.ts';
import { campaignPrograms } from './results/programs.ts';
import { createResults } from './results/results.ts';
import { type CampaignBudget, type CampaignsDoors, type CampaignsOptions, type CampaignsPart, noBudget } from './part.ts';

export interface Campaigns {
  routes: Route[];
  /** Campaigns as programs, with what they came to as it was last kept. */
  programs(): Promise<Program[]>;
  /** How many have begun, and how they are measured. */
  counts(): Promise<CampaignCounts>;
  registerBudget(budget: CampaignBudget): void;
  /** What a message of a campaign costs, as its plan says, or by the account it would leave by. */
  costPerMessage(client: pg.PoolClient, campaignNo: number): Promise<string>;
  addToDemo: AddToDemo;
  /** Background work, for the process that does it. */
  start(): void;
  stop(): Promise<void>;
}

/** What is sent to whom and when, and what it came to against those who were left out. */
export function createCampaigns(platform: Platform, options: CampaignsOptions): Campaigns {
  const { customers } = options;
  let budget: CampaignBudget = noBudget;
  const doors: CampaignsDoors = {
    platform, say: createSay(), ...options,
    budget: { reserve: (...asked) => budget.reserve(...asked), end: (...asked) => budget.end(...asked), lines: (...asked) => budget.lines(...asked) },
  };
  const parts: CampaignsPart[] = [createPlans(doors), createResults(doors), createReports(doors)];
  for (const { heldData = [] } of parts) heldData.forEach(customers.registerHeldDataSource);
  options.insights.registerWaiting(() => readWaiting(platform.pg));
  return {
    routes: parts.flatMap(({ routes }) => routes),
    programs: () => campaignPrograms(doors),
    counts: () => countCampaigns(platform.pg),
    registerBudget: (given) => void (budget = given),
    costPerMessage: async (client, campaignNo) => formatDecimal(await priceOf(doors, (await demandCampaign(client, campaignNo)).definition, client)),
    async addToDemo(client, history) {
      for (const part of parts) await part.demo?.(client, history);
    },
    start: () => parts.forEach((part) => part.start?.()),
    async stop() {
      await Promise.all(parts.map((part) => part.stop?.()));
    },
  };
}
