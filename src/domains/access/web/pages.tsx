import type { NavigationEntry, PageDefinition } from '../../../web/router/page.ts';

export const pages: PageDefinition[] = [
  { path: '/sign-in', public: true, component: () => import('./entrance/sign-in-page.tsx') },
  { path: '/sign-in/link', public: true, component: () => import('./entrance/link-page.tsx') },
  { path: '/account', component: () => import('./account/account-page.tsx') },
  { path: '/settings/staff', permission: 'access.staff', component: () => import('./staff/staff-page.tsx') },
  { path: '/settings/roles', permission: 'access.roles', component: () => import('./roles/roles-page.tsx') },
  { path: '/settings/tokens', permission: 'access.tokens', component: () => import('./tokens/tokens-page.tsx') },
  { path: '/settings/audit', permission: 'access.audit', component: () => import('./audit/audit-page.tsx') },
  { path: '/settings/brand', permission: 'access.settings', component: () => import('./brand/brand-page.tsx') },
  { path: '/settings/mail', permission: 'access.mail', component: () => import('./mail/mail-page.tsx') },
];

export const navigation: NavigationEntry[] = [
  { section: 'settings', to: '/settings/staff', label: 'access:navigation.staff', permission: 'access.staff', order: 10 },
  { section: 'settings', to: '/settings/roles', label: 'access:navigation.roles', permission: 'access.roles', order: 20 },
  { section: 'settings', to: '/settings/tokens', label: 'access:navigation.tokens', permission: 'access.tokens', order: 60 },
  { section: 'settings', to: '/settings/audit', label: 'access:navigation.audit', permission: 'access.audit', order: 70 },
  { section: 'settings', to: '/settings/brand', label: 'access:navigation.brand', permission: 'access.settings', order: 90 },
  { section: 'settings', to: '/settings/mail', label: 'access:navigation.mail', permission: 'access.mail', order: 95 },
];
