import { permissions as accessPermissions } from '../src/domains/access/contract.ts';
import { type Access, createAccess, type RolesByChart } from '../src/domains/access/public.ts';
import { createMembership, type Membership } from '../src/domains/membership/public.ts';
import { permissions as planningPermissions } from '../src/domains/planning/contract.ts';
import { createPlanning, type Planning } from '../src/domains/planning/public.ts';
import { createTestServer } from './harness.ts';
import { askOf, createMessagingServer, type MessagingServer } from './messaging-server.ts';

/** The plan with the domains it stands on, over stores of a test file's own, at a time of its own. */
export interface PlanningServer extends MessagingServer {
  membership: Membership;
  planning: Planning;
  rolesByChart: RolesByChart;
  permissionsOf: Access['permissionsOf'];
}

export async function createPlanningServer(everything: string): Promise<PlanningServer> {
  const shop = await createMessagingServer(everything);
  const { platform } = shop;
  const access = createAccess(platform, { permissions: [...accessPermissions, ...planningPermissions] });
  const membership = createMembership(platform, shop);
  const planning = createPlanning(platform, { ...shop, membership, rolesByChart: access.rolesByChart, permissionsOf: access.permissionsOf });
  const server = await createTestServer(platform, planning.routes);
  return {
    ...shop, membership, planning, rolesByChart: access.rolesByChart, permissionsOf: access.permissionsOf, server,
    ask: askOf(server, everything),
    async close() {
      await planning.stop();
      await membership.stop();
      await server.close();
      await shop.close();
    },
  };
}
