import type { NavigationEntry, PageDefinition } from '../../../web/router/page.ts';

export const pages: PageDefinition[] = [
  { path: '/users', permission: 'customers.read', component: () => import('./people/people-page.tsx') },
  { path: '/users/duplicates', permission: 'customers.merge', component: () => import('./duplicates/duplicates-page.tsx') },
  { path: '/users/$customerNo', permission: 'customers.read', component: () => import('./user/user-page.tsx') },
  { path: '/users/$customerNo/merge', permission: 'customers.merge', component: () => import('./merge/merge-page.tsx') },
];

export const navigation: NavigationEntry[] = [
  { section: 'users', to: '/users', label: 'customers:navigation.people', permission: 'customers.read', order: 10 },
  { section: 'users', to: '/users/duplicates', label: 'customers:navigation.duplicates', permission: 'customers.merge', order: 15 },
];
