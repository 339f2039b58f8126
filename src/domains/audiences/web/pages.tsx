import type { NavigationEntry, PageDefinition } from '../../../web/router/page.ts';

export const pages: PageDefinition[] = [
  { path: '/users/audiences', permission: 'audiences.read', component: () => import('./list/audiences-page.tsx') },
  { path: '/users/audiences/new', permission: 'audiences.read', component: () => import('./editor/new-audience-page.tsx') },
  { path: '/users/audiences/overlap', permission: 'audiences.read', component: () => import('./overlap/overlap-page.tsx') },
  { path: '/users/audiences/ready-made', permission: 'audiences.read', component: () => import('./ready-made/ready-made-page.tsx') },
  { path: '/users/audiences/lists', permission: 'audiences.read', component: () => import('./people-lists/people-lists-page.tsx') },
  { path: '/users/audiences/destinations', permission: 'audiences.export', component: () => import('./deliver/destinations-page.tsx') },
  { path: '/users/audiences/$audienceId', permission: 'audiences.read', component: () => import('./detail/audience-page.tsx') },
  { path: '/users/audiences/$audienceId/edit', permission: 'audiences.edit', component: () => import('./editor/edit-audience-page.tsx') },
  { path: '/users/tags', permission: 'audiences.read', component: () => import('./tag-library/library/tags-page.tsx') },
  { path: '/users/tags/new', permission: 'audiences.tags', component: () => import('./tag-library/editor/new-tag-page.tsx') },
  { path: '/users/tags/$tagId', permission: 'audiences.read', component: () => import('./tag-library/detail/tag-page.tsx') },
  { path: '/users/tags/$tagId/edit', permission: 'audiences.tags', component: () => import('./tag-library/editor/edit-tag-page.tsx') },
];

export const navigation: NavigationEntry[] = [
  { section: 'users', to: '/users/audiences', label: 'audiences:navigation.audiences', permission: 'audiences.read', order: 20 },
  { section: 'users', to: '/users/tags', label: 'audiences:tags.title', permission: 'audiences.read', order: 30 },
];
