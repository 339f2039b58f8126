import { createAudiences } from '../../src/domains/audiences/public.ts';
import { createCommerce } from '../../src/domains/commerce/public.ts';
import { createCustomers } from '../../src/domains/customers/public.ts';
import { createInsights } from '../../src/domains/insights/public.ts';
import type { Platform } from '../../src/platform/platform.ts';

/** Insights with the domains it stands on; the data stays as it is. */
export function openInsights(platform: Platform) {
  const customers = createCustomers(platform);
  const commerce = createCommerce(platform);
  const audiences = createAudiences(platform, customers);
  return { customers, commerce, audiences, insights: createInsights(platform, { commerce, customers, audiences, dataVersion: async () => 1 }) };
}
