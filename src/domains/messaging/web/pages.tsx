import type { NavigationEntry, PageDefinition } from '../../../web/router/page.ts';

export const pages: PageDefinition[] = [
  { path: '/programs/channels', permission: 'messaging.read', component: () => import('./channels/channels-page.tsx') },
  { path: '/programs/channels/new', permission: 'messaging.channels', component: () => import('./channels/new-channel-page.tsx') },
  { path: '/programs/channels/$accountNo', permission: 'messaging.channels', component: () => import('./channels/channel-page.tsx') },
];

export const navigation: NavigationEntry[] = [
  { section: 'programs', to: '/programs/channels', label: 'messaging:navigation.channels', permission: 'messaging.read', order: 90 },
];
