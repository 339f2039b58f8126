import { registerUserTab } from '../../customers/contract.ts';
import type { NavigationEntry, PageDefinition } from '../../../web/router/page.ts';

export const pages: PageDefinition[] = [
  { path: '/members/partners', permission: 'membership.partners', component: () => import('./partners/board/partners-page.tsx') },
  { path: '/members/partners/$partnerId', permission: 'membership.partners', component: () => import('./partners/partner-page.tsx') },
];

export const navigation: NavigationEntry[] = [
  { section: 'members', to: '/members/partners', label: 'membership:navigation.partners', permission: 'membership.partners', order: 80 },
];

registerUserTab({ key: 'points', label: 'membership:tab', permission: 'membership.read', component: () => import('./points/points-tab.tsx') });
registerUserTab({ key: 'memberPage', label: 'membership:page.tab', permission: 'membership.links', component: () => import('./member-page/page-tab.tsx') });
