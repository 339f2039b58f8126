import { registerUserTab } from '../../customers/contract.ts';
import type { NavigationEntry, PageDefinition } from '../../../web/router/page.ts';

export const pages: PageDefinition[] = [];

export const navigation: NavigationEntry[] = [];

registerUserTab({ key: 'points', label: 'membership:tab', permission: 'membership.read', component: () => import('./points/points-tab.tsx') });
registerUserTab({ key: 'memberPage', label: 'membership:page.tab', permission: 'membership.links', component: () => import('./member-page/page-tab.tsx') });
