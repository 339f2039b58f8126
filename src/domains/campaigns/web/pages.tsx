import type { NavigationEntry, PageDefinition } from '../../../web/router/page.ts';

export const pages: PageDefinition[] = [
  { path: '/programs/campaigns', permission: 'campaigns.read', component: () => import('./plans/campaigns-page.tsx') },
  { path: '/programs/campaigns/new', permission: 'campaigns.edit', component: () => import('./plans/new-campaign-page.tsx') },
  { path: '/programs/campaigns/$campaignNo', permission: 'campaigns.read', component: () => import('./plans/campaign-page.tsx') },
  { path: '/programs/campaigns/$campaignNo/edit', permission: 'campaigns.edit', component: () => import('./plans/edit-campaign-page.tsx') },
  { path: '/programs/calendar', permission: 'campaigns.read', component: () => import('./plans/calendar-page.tsx') },
  { path: '/programs/effect', permission: 'campaigns.read', component: () => import('./results/effect-page.tsx') },
  { path: '/programs/lessons', permission: 'campaigns.read', component: () => import('./results/lessons-page.tsx') },
];

export const navigation: NavigationEntry[] = [
  { section: 'programs', to: '/programs/campaigns', label: 'campaigns:navigation.campaigns', permission: 'campaigns.read', order: 10 },
  { section: 'programs', to: '/programs/calendar', label: 'campaigns:navigation.calendar', permission: 'campaigns.read', order: 20 },
  { section: 'programs', to: '/programs/effect', label: 'campaigns:navigation.effect', permission: 'campaigns.read', order: 25 },
  { section: 'programs', to: '/programs/lessons', label: 'campaigns:navigation.lessons', permission: 'campaigns.read', order: 30 },
];
