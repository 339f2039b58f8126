import type { DeclaredDefaults } from '../access/public.ts';

/** Who sets up what everything is sent by, who is the second person for a template, and who deals with complaints, before anybody changes roles. */
export const roleDefaults: DeclaredDefaults = {
  'messaging.channels': ['manager', 'crm_lead'],
  'messaging.approve': ['manager', 'crm_lead'],
  'messaging.rules': ['manager', 'crm_lead'],
  'messaging.complaints': ['manager', 'crm_lead', 'experience_lead', 'service'],
};
