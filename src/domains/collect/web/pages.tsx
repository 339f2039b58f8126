import type { NavigationEntry, PageDefinition } from '../../../web/router/page.ts';
import { importNavigation, importPages } from './imports/pages.tsx';

export const pages: PageDefinition[] = [...importPages];

export const navigation: NavigationEntry[] = [...importNavigation];
