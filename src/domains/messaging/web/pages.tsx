import type { NavigationEntry, PageDefinition } from '../../../web/router/page.ts';

export const pages: PageDefinition[] = [
  { path: '/programs/channels', permission: 'messaging.read', component: () => import('./channels/channels-page.tsx') },
  { path: '/programs/channels/new', permission: 'messaging.channels', component: () => import('./channels/new-channel-page.tsx') },
  { path: '/programs/channels/$accountNo', permission: 'messaging.channels', component: () => import('./channels/channel-page.tsx') },
  { path: '/programs/templates', permission: 'messaging.read', component: () => import('./templates/templates-page.tsx') },
  { path: '/programs/templates/check', permission: 'messaging.read', component: () => import('./templates/check-settings-page.tsx') },
  { path: '/programs/templates/$templateNo', permission: 'messaging.read', component: () => import('./templates/template-page.tsx') },
  { path: '/programs/templates/$templateNo/$versionNo/edit', permission: 'messaging.templates', component: () => import('./templates/editor/edit-template-page.tsx') },
];

export const navigation: NavigationEntry[] = [
  { section: 'programs', to: '/programs/channels', label: 'messaging:navigation.channels', permission: 'messaging.read', order: 90 },
  { section: 'programs', to: '/programs/templates', label: 'messaging:navigation.templates', permission: 'messaging.read', order: 60 },
];
