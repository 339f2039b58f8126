import { registerUserTab } from '../../customers/contract.ts';
import type { NavigationEntry, PageDefinition } from '../../../web/router/page.ts';

export const pages: PageDefinition[] = [
  { path: '/members/overview', permission: 'membership.read', component: () => import('./overview/overview-page.tsx') },
  { path: '/members', permission: 'membership.read', component: () => import('./members/members-page.tsx') },
  { path: '/members/benefits', permission: 'membership.read', component: () => import('./benefits/benefits-page.tsx') },
  { path: '/members/benefits/new', permission: 'membership.benefits', component: () => import('./benefits/editor/new-benefit-page.tsx') },
  { path: '/members/benefits/$benefitId', permission: 'membership.read', component: () => import('./benefits/benefit-page.tsx') },
  { path: '/members/benefits/$benefitId/edit', permission: 'membership.benefits', component: () => import('./benefits/editor/edit-benefit-page.tsx') },
  { path: '/members/programme', permission: 'membership.read', component: () => import('./programme/programme-page.tsx') },
  { path: '/members/programme/new', permission: 'membership.design', component: () => import('./programme/new-version-page.tsx') },
  { path: '/members/programme/$versionNo', permission: 'membership.read', component: () => import('./programme/version-page.tsx') },
  { path: '/members/programme/$versionNo/edit', permission: 'membership.design', component: () => import('./programme/edit-version-page.tsx') },
  { path: '/members/activities', permission: 'membership.read', component: () => import('./activities/activities-page.tsx') },
  { path: '/members/activities/new', permission: 'membership.activities', component: () => import('./activities/new-activity-page.tsx') },
  { path: '/members/activities/$activityNo', permission: 'membership.read', component: () => import('./activities/activity-page.tsx') },
  { path: '/members/activities/$activityNo/edit', permission: 'membership.activities', component: () => import('./activities/edit-activity-page.tsx') },
  { path: '/members/mall', permission: 'membership.read', component: () => import('./mall/mall-page.tsx') },
  { path: '/members/mall/new', permission: 'membership.mall', component: () => import('./mall/new-item-page.tsx') },
  { path: '/members/mall/$itemNo', permission: 'membership.read', component: () => import('./mall/item-page.tsx') },
  { path: '/members/mall/$itemNo/edit', permission: 'membership.mall', component: () => import('./mall/edit-item-page.tsx') },
  { path: '/members/trials', permission: 'membership.read', component: () => import('./trials/trials-page.tsx') },
  { path: '/members/trials/$trialNo', permission: 'membership.read', component: () => import('./trials/trial-page.tsx') },
  { path: '/members/tiers', permission: 'membership.read', component: () => import('./tiers/tiers-page.tsx') },
  { path: '/members/partners', permission: 'membership.partners', component: () => import('./partners/board/partners-page.tsx') },
  { path: '/members/partners/$partnerId', permission: 'membership.partners', component: () => import('./partners/partner-page.tsx') },
];

export const navigation: NavigationEntry[] = [
  { section: 'members', to: '/members/overview', label: 'membership:overview.title', permission: 'membership.read', order: 5 },
  { section: 'members', to: '/members', label: 'membership:navigation.members', permission: 'membership.read', order: 10 },
  { section: 'members', to: '/members/benefits', label: 'membership:navigation.benefits', permission: 'membership.read', order: 40 },
  { section: 'members', to: '/members/programme', label: 'membership:navigation.programme', permission: 'membership.read', order: 50 },
  { section: 'members', to: '/members/activities', label: 'membership:navigation.activities', permission: 'membership.read', order: 50 },
  { section: 'members', to: '/members/mall', label: 'membership:navigation.mall', permission: 'membership.read', order: 60 },
  { section: 'members', to: '/members/trials', label: 'membership:trial.title', permission: 'membership.read', order: 60 },
  { section: 'members', to: '/members/tiers', label: 'membership:navigation.tiers', permission: 'membership.read', order: 20 },
  { section: 'members', to: '/members/partners', label: 'membership:navigation.partners', permission: 'membership.partners', order: 80 },
];

registerUserTab({ key: 'membership', label: 'membership:card.tab', permission: 'membership.read', component: () => import('./members/membership-tab.tsx') });
registerUserTab({ key: 'tier', label: 'membership:tierTab', permission: 'membership.read', component: () => import('./tiers/tier-tab.tsx') });
registerUserTab({ key: 'points', label: 'membership:tab', permission: 'membership.read', component: () => import('./points/points-tab.tsx') });
registerUserTab({ key: 'memberPage', label: 'membership:page.tab', permission: 'membership.links', component: () => import('./member-page/page-tab.tsx') });
