import type { NavigationEntry, PageDefinition } from '../../../web/router/page.ts';

export const pages: PageDefinition[] = [
  { path: '/', permission: 'insights.read', component: () => import('./today/today-page.tsx') },
  { path: '/insights', permission: 'insights.read', component: () => import('./overview/overview-page.tsx') },
  { path: '/insights/decision-tree', permission: 'insights.read', component: () => import('./decision-tree/decision-tree-page.tsx') },
  { path: '/insights/preference', permission: 'insights.read', component: () => import('./preference/preference-page.tsx') },
  { path: '/insights/lifetime-value', permission: 'insights.read', component: () => import('./lifetime-value/lifetime-page.tsx') },
  { path: '/insights/cohorts', permission: 'insights.read', component: () => import('./cohorts/cohorts-page.tsx') },
  { path: '/insights/funnels', permission: 'insights.read', component: () => import('./funnels/funnels-page.tsx') },
  { path: '/insights/flow', permission: 'insights.read', component: () => import('./flow/flow-page.tsx') },
  { path: '/insights/association', permission: 'insights.read', component: () => import('./association/association-page.tsx') },
  { path: '/insights/rfm', permission: 'insights.read', component: () => import('./rfm/rfm-page.tsx') },
  { path: '/insights/lifecycle', permission: 'insights.read', component: () => import('./lifecycle/lifecycle-page.tsx') },
  { path: '/insights/repurchase', permission: 'insights.read', component: () => import('./lifecycle/repurchase-page.tsx') },
];

export const navigation: NavigationEntry[] = [
  { section: 'today', to: '/', label: 'insights:navigation.today', permission: 'insights.read', order: 10 },
  { section: 'insights', to: '/insights', label: 'insights:navigation.overview', permission: 'insights.read', order: 10 },
  { section: 'insights', to: '/insights/decision-tree', label: 'insights:navigation.tree', permission: 'insights.read', order: 90 },
  { section: 'insights', to: '/insights/preference', label: 'insights:navigation.preference', permission: 'insights.read', order: 80 },
  { section: 'insights', to: '/insights/lifetime-value', label: 'insights:navigation.lifetime', permission: 'insights.read', order: 70 },
  { section: 'insights', to: '/insights/cohorts', label: 'insights:navigation.cohorts', permission: 'insights.read', order: 40 },
  { section: 'insights', to: '/insights/funnels', label: 'insights:navigation.funnels', permission: 'insights.read', order: 50 },
  { section: 'insights', to: '/insights/flow', label: 'insights:navigation.flow', permission: 'insights.read', order: 55 },
  { section: 'insights', to: '/insights/association', label: 'insights:navigation.association', permission: 'insights.read', order: 80 },
  { section: 'insights', to: '/insights/rfm', label: 'insights:navigation.rfm', permission: 'insights.read', order: 30 },
  { section: 'insights', to: '/insights/lifecycle', label: 'insights:navigation.lifecycle', permission: 'insights.read', order: 60 },
  { section: 'insights', to: '/insights/repurchase', label: 'insights:navigation.repurchase', permission: 'insights.read', order: 65 },
];
