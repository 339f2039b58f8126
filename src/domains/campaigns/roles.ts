import type { DeclaredDefaults } from '../access/public.ts';

/** Who is the second person for a campaign, before anybody changes roles. */
export const roleDefaults: DeclaredDefaults = {
  'campaigns.approve': ['manager', 'crm_lead'],
};
