import type { NavigationEntry, PageDefinition } from '../../../../web/router/page.ts';

export const intakePages: PageDefinition[] = [
  { path: '/data/sources', permission: 'collect.read', component: () => import('./sources-page.tsx') },
  { path: '/data/quality', permission: 'collect.read', component: () => import('./quality-page.tsx') },
  { path: '/data/set-aside', permission: 'collect.read', component: () => import('./set-aside-page.tsx') },
];

export const intakeNavigation: NavigationEntry[] = [
  { section: 'users', to: '/data/sources', label: 'collect:navigation.sources', permission: 'collect.read', order: 82 },
  { section: 'users', to: '/data/quality', label: 'collect:navigation.quality', permission: 'collect.read', order: 84 },
  { section: 'users', to: '/data/set-aside', label: 'collect:navigation.set_aside', permission: 'collect.read', order: 86 },
];
