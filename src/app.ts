import type { FastifyInstance, FastifyRequest } from 'fastify';
import { permissions as accessPermissions } from './domains/access/contract.ts';
import { createAccess } from './domains/access/public.ts';
import { permissions as audiencesPermissions } from './domains/audiences/contract.ts';
import { createAudiences } from './domains/audiences/public.ts';
import { permissions as campaignsPermissions } from './domains/campaigns/contract.ts';
import { createCampaigns, roleDefaults as campaignsRoles } from './domains/campaigns/public.ts';
import { permissions as collectPermissions } from './domains/collect/contract.ts';
import { createCollect } from './domains/collect/public.ts';
import { permissions as commercePermissions } from './domains/commerce/contract.ts';
import { createCommerce } from './domains/commerce/public.ts';
import { permissions as customersPermissions } from './domains/customers/contract.ts';
import { createCustomers } from './domains/customers/public.ts';
import { permissions as insightsPermissions } from './domains/insights/contract.ts';
import { createInsights } from './domains/insights/public.ts';
import { permissions as membershipPermissions } from './domains/membership/contract.ts';
import { createMembership, roleDefaults as membershipRoles } from './domains/membership/public.ts';
import { permissions as messagingPermissions } from './domains/messaging/contract.ts';
import { createMessaging, roleDefaults as messagingRoles } from './domains/messaging/public.ts';
import { permissions as planningPermissions } from './domains/planning/contract.ts';
import { createPlanning, roleDefaults as planningRoles } from './domains/planning/public.ts';
import type { Actor, Permission } from './kernel/actor.ts';
import type { Refuse } from './platform/http/refuse.ts';
import type { Route } from './platform/http/route.ts';
import type { Platform } from './platform/platform.ts';

/** The whole product of one process: what it answers and what it does in the background. */
export interface App {
  routes: Route[];
  authenticate(request: FastifyRequest): Promise<Actor | null>;
  /** What is served beside the endpoints. */
  extend(server: FastifyInstance, refuse: Refuse): Promise<void>;
  /** Figures for Prometheus, in its text format. */
  metrics(): Promise<string>;
  startWork(): Promise<void>;
  stopWork(): Promise<void>;
  /** True when nobody has brought any data in. */
  isEmpty(): Promise<boolean>;
  loadDemo(): Promise<void>;
  /** Has it loaded where it is wanted, and does not wait for it. */
  beginDemo(): Promise<void>;
  /** A link by which the first administrator signs in; null when one already has. */
  firstSignInLink(url: string): Promise<string | null>;
}

/** Every permission of the product. */
export const permissions: Permission[] = [
  ...accessPermissions, ...customersPermissions, ...commercePermissions, ...collectPermissions,
  ...audiencesPermissions, ...insightsPermissions, ...membershipPermissions, ...messagingPermissions, ...campaignsPermissions,
  ...planningPermissions,
];

/**
 * Puts the domains together: the only place that names them all. `localToken` is the
 * credential of the command line on this machine; a worker has none.
 */
export function createApp(platform: Platform, localToken: string | undefined): App {
  const access = createAccess(platform, { permissions, roleDefaults: { ...membershipRoles, ...messagingRoles, ...campaignsRoles, ...planningRoles }, localToken });
  const customers = createCustomers(platform);
  const commerce = createCommerce(platform);
  const collect = createCollect(platform, customers, commerce);
  customers.registerTimelineSource(commerce.timelineSource);
  customers.registerFigureSource(commerce.figureSource);
  commerce.heldData(collect.eraseFacts).forEach(customers.registerHeldDataSource);
  const audiences = createAudiences(platform, customers);
  const insights = createInsights(platform, { commerce, customers, audiences, dataVersion: () => readDataVersion(platform) });
  const membership = createMembership(platform, { commerce, customers, audiences, insights });
  const messaging = createMessaging(platform, { commerce, customers, facts: collect, audiences, insights });
  membership.messageFields.forEach(messaging.templates.registerField);
  const campaigns = createCampaigns(platform, { commerce, customers, audiences, insights, messaging, dataVersion: () => readDataVersion(platform) });
  const planning = createPlanning(platform, { collect, rolesByChart: access.rolesByChart, permissionsOf: access.permissionsOf, customers, audiences, insights, membership, messaging, campaigns });
  access.registerHeldAmounts(planning.heldAmounts);
  for (const { addToDemo } of [membership, messaging, campaigns, planning]) collect.demo.whenLoaded(addToDemo);
  return {
    routes: [access, customers, commerce, collect, audiences, insights, membership, messaging, campaigns, planning].flatMap(({ routes }) => routes),
    authenticate: access.authenticate,
    async extend(server, refuse) {
      await collect.trackingApi(server, refuse);
      await messaging.receiptsApi(server);
      insights.follow();
      server.addHook('onClose', insights.stop);
    },
    metrics: collect.metrics,
    async startWork() {
      customers.start();
      collect.start();
      audiences.start();
      insights.start();
      membership.start();
      messaging.start();
      campaigns.start();
      planning.start();
    },
    async stopWork() {
      await planning.stop();
      await campaigns.stop();
      await messaging.stop();
      await membership.stop();
      await insights.stop();
      await audiences.stop();
      await collect.stop();
      await customers.stop();
    },
    isEmpty: collect.demo.wanted,
    loadDemo: collect.demo.load,
    beginDemo: collect.demo.begin,
    async firstSignInLink(url) {
      const link = await access.firstSignInLink();
      return link && `${url}${link.path}`;
    },
  };
}

/** Rises whenever facts, totals or merges change: a number computed for one version is right for all of it. */
async function readDataVersion({ pg }: Platform): Promise<number> {
  const { rows } = await pg.query<{ version: number }>(
    'select data_version + (select count(*) + count(undone_at) from customer_merge) as version from fact_state');
  return Number(rows[0].version);
}
