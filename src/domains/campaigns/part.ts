import type pg from 'pg';
import type { Actor } from '../../kernel/actor.ts';
import type { DrawnLine } from '../../kernel/program.ts';
import type { Route } from '../../platform/http/route.ts';
import type { Say } from '../../platform/i18n.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Audiences } from '../audiences/public.ts';
import type { AddToDemo } from '../collect/public.ts';
import type { Commerce } from '../commerce/public.ts';
import type { Customers, HeldDataSource } from '../customers/public.ts';
import type { Insights } from '../insights/public.ts';
import type { Messaging } from '../messaging/public.ts';

/** What the domain stands on. */
export interface CampaignsOptions {
  commerce: Commerce;
  customers: Customers;
  audiences: Audiences;
  insights: Insights;
  messaging: Messaging;
  /** Rises whenever facts, merges or totals of customers change: results are kept for one version. */
  dataVersion: () => Promise<number>;
}

/** What the brand's budget has for campaigns; whoever keeps one brings it. What writes does so in the caller's transaction. */
export interface CampaignBudget {
  /** Puts aside what a campaign is estimated to cost, when it is let go; refused with a Problem where its line has no more. */
  reserve(client: pg.PoolClient, campaignNo: number, amount: string, by: string): Promise<void>;
  /** Gives back what it holds beyond what it used, at its end. */
  end(client: pg.PoolClient, campaignNo: number, used: string, by: string): Promise<void>;
  /** The lines it draws on, as far as somebody may see them. */
  lines(campaignNo: number, actor: Actor): Promise<DrawnLine[]>;
}

/** For a brand that keeps no budget. */
export const noBudget: CampaignBudget = { reserve: async () => undefined, end: async () => undefined, lines: async () => [] };

/** What parts of this domain are made with. */
export interface CampaignsDoors extends CampaignsOptions {
  budget: CampaignBudget;
  platform: Platform;
  say: Say;
}

/** A part of this domain: what it answers, and what it brings to others. */
export interface CampaignsPart {
  routes: Route[];
  heldData?: HeldDataSource[];
  demo?: AddToDemo;
  /** Background work, for the process that does it. */
  start?(): void;
  stop?(): Promise<void>;
}
