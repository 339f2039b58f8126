import type { NavigationEntry, PageDefinition } from '../../../web/router/page.ts';

export const pages: PageDefinition[] = [
  { path: '/', permission: 'insights.read', component: () => import('./today/today-page.tsx') },
  { path: '/insights', permission: 'insights.read', component: () => import('./overview/overview-page.tsx') },
  { path: '/insights/preference', permission: 'insights.read', component: () => import('./preference/preference-page.tsx') },
  { path: '/insights/lifetime-value', permission: 'insights.read', component: () => import('./lifetime-value/lifetime-page.tsx') },
];

export const navigation: NavigationEntry[] = [
  { section: 'today', to: '/', label: 'insights:navigation.today', permission: 'insights.read', order: 10 },
  { section: 'insights', to: '/insights', label: 'insights:navigation.overview', permission: 'insights.read', order: 10 },
  { section: 'insights', to: '/insights/preference', label: 'insights:navigation.preference', permission: 'insights.read', order: 80 },
  { section: 'insights', to: '/insights/lifetime-value', label: 'insights:navigation.lifetime', permission: 'insights.read', order: 70 },
];
