import type { NavigationEntry, PageDefinition } from '../../../../web/router/page.ts';

export const importPages: PageDefinition[] = [
  { path: '/data/imports', permission: 'collect.import', component: () => import('./imports-page.tsx') },
  { path: '/data/imports/new', permission: 'collect.import', component: () => import('./upload-page.tsx') },
  { path: '/data/imports/$importId', permission: 'collect.import', component: () => import('./import-page.tsx') },
];

export const importNavigation: NavigationEntry[] = [
  { section: 'users', to: '/data/imports', label: 'collect:navigation.imports', permission: 'collect.import', order: 80 },
];
