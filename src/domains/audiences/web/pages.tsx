import type { NavigationEntry, PageDefinition } from '../../../web/router/page.ts';

export const pages: PageDefinition[] = [
  { path: '/users/audiences', permission: 'audiences.read', component: () => import('./list/audiences-page.tsx') },
  { path: '/users/audiences/new', permission: 'audiences.read', component: () => import('./editor/new-audience-page.tsx') },
  { path: '/users/audiences/overlap', permission: 'audiences.read', component: () => import('./overlap/overlap-page.tsx') },
  { path: '/users/audiences/$audienceId', permission: 'audiences.read', component: () => import('./detail/audience-page.tsx') },
  { path: '/users/audiences/$audienceId/edit', permission: 'audiences.edit', component: () => import('./editor/edit-audience-page.tsx') },
];

export const navigation: NavigationEntry[] = [];
