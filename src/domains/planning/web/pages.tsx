import type { NavigationEntry, PageDefinition } from '../../../web/router/page.ts';

export const pages: PageDefinition[] = [
];

export const navigation: NavigationEntry[] = [
];
