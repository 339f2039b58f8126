import type { Route } from '../../platform/http/route.ts';
import type { Say } from '../../platform/i18n.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Access, RolesByChart } from '../access/public.ts';
import type { Audiences } from '../audiences/public.ts';
import type { Campaigns } from '../campaigns/public.ts';
import type { Collect } from '../collect/public.ts';
import type { Customers, HeldDataSource } from '../customers/public.ts';
import type { Insights } from '../insights/public.ts';
import type { Membership } from '../membership/public.ts';
import type { Messaging } from '../messaging/public.ts';
import type { Documents } from './document/write/documents.ts';
import type { Figures } from './figures/figures.ts';
import type { Items } from './items/items.ts';
import type { Programs } from './programs/programs.ts';

/** What the domain stands on. */
export interface PlanningOptions {
  rolesByChart: RolesByChart;
  permissionsOf: Access['permissionsOf'];
  collect: Pick<Collect, 'counts'>;
  customers: Customers;
  audiences: Audiences;
  insights: Insights;
  membership: Membership;
  messaging: Messaging;
  campaigns: Campaigns;
}

/** What parts of this domain are made with. */
export interface PlanningDoors extends PlanningOptions {
  platform: Platform;
  say: Say;
  items: Items;
  documents: Documents;
  programs: Programs;
  figures: Figures;
}

/** A part of this domain: what it answers, and what it brings to others. */
export interface PlanningPart {
  routes: Route[];
  heldData?: HeldDataSource[];
  /** Background work, for the process that does it. */
  start?(): void;
  stop?(): Promise<void>;
}
