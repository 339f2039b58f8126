import { createMembership, type Membership } from '../src/domains/membership/public.ts';
import { createPlanning, type Planning } from '../src/domains/planning/public.ts';
import { createTestServer } from './harness.ts';
import { askOf, createMessagingServer, type MessagingServer } from './messaging-server.ts';

/** The plan with the domains it stands on, over stores of a test file's own, at a time of its own. */
export interface PlanningServer extends MessagingServer {
  membership: Membership;
  planning: Planning;
}

export async function createPlanningServer(everything: string): Promise<PlanningServer> {
  const shop = await createMessagingServer(everything);
  const { platform } = shop;
  const membership = createMembership(platform, shop);
  const planning = createPlanning(platform, { ...shop, membership });
  const server = await createTestServer(platform, planning.routes);
  return {
    ...shop, membership, planning, server,
    ask: askOf(server, everything),
    async close() {
      await planning.stop();
      await membership.stop();
      await server.close();
      await shop.close();
    },
  };
}
