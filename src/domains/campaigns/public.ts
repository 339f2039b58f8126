/** The server door of the campaigns domain. */
export { createCampaigns, type Campaigns } from './campaigns.ts';
export type { CampaignBudget } from './part.ts';
export { roleDefaults } from './roles.ts';
