import { registerUserTab } from '../../customers/contract.ts';
import type { NavigationEntry, PageDefinition } from '../../../web/router/page.ts';

export const pages: PageDefinition[] = [
  { path: '/programs/decisions', permission: 'messaging.read', component: () => import('./ledger/held-back-page.tsx') },
  { path: '/programs/rules', permission: 'messaging.read', component: () => import('./gate/rules-page.tsx') },
  { path: '/programs/channels', permission: 'messaging.read', component: () => import('./channels/channels-page.tsx') },
  { path: '/programs/channels/new', permission: 'messaging.channels', component: () => import('./channels/new-channel-page.tsx') },
  { path: '/programs/channels/$accountNo', permission: 'messaging.channels', component: () => import('./channels/channel-page.tsx') },
  { path: '/programs/templates', permission: 'messaging.read', component: () => import('./templates/templates-page.tsx') },
  { path: '/programs/templates/check', permission: 'messaging.read', component: () => import('./templates/check-settings-page.tsx') },
  { path: '/programs/templates/$templateNo', permission: 'messaging.read', component: () => import('./templates/template-page.tsx') },
  { path: '/programs/templates/$templateNo/$versionNo/edit', permission: 'messaging.templates', component: () => import('./templates/editor/edit-template-page.tsx') },
];

export const navigation: NavigationEntry[] = [
  { section: 'programs', to: '/programs/decisions', label: 'messaging:navigation.ledger', permission: 'messaging.read', order: 70 },
  { section: 'programs', to: '/programs/rules', label: 'messaging:navigation.rules', permission: 'messaging.read', order: 80 },
  { section: 'programs', to: '/programs/channels', label: 'messaging:navigation.channels', permission: 'messaging.read', order: 90 },
  { section: 'programs', to: '/programs/templates', label: 'messaging:navigation.templates', permission: 'messaging.read', order: 60 },
];

registerUserTab({ key: 'decisions', label: 'messaging:ledger.tab', permission: 'messaging.read', component: () => import('./ledger/decisions-tab.tsx') });
