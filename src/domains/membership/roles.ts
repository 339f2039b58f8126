import type { DeclaredDefaults } from '../access/public.ts';

/** Who designs the programme, and who is the second person where it takes two, before anybody changes roles. */
export const roleDefaults: DeclaredDefaults = {
  'membership.design': ['manager', 'crm_lead', 'member_operations'],
  'membership.approve': ['manager', 'crm_lead'],
};
