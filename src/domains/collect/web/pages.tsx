import type { NavigationEntry, PageDefinition } from '../../../web/router/page.ts';
import { importNavigation, importPages } from './imports/pages.tsx';
import { intakeNavigation, intakePages } from './intake/pages.tsx';

export const pages: PageDefinition[] = [...importPages, ...intakePages];

export const navigation: NavigationEntry[] = [...importNavigation, ...intakeNavigation];
