import type { DeclaredDefaults } from '../access/public.ts';

/** Who works on the plan, before anybody changes roles; what people cost and how they are scored is the manager's. */
export const roleDefaults: DeclaredDefaults = {
  'planning.edit': ['manager', 'specialist', 'member_operations', 'crm_lead', 'experience_lead', 'analytics_lead'],
  'planning.approve': ['manager'],
  'planning.people': ['manager'],
  'planning.budget': ['manager', 'crm_lead'],
};
