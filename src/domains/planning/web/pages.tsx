import type { NavigationEntry, PageDefinition } from '../../../web/router/page.ts';

export const pages: PageDefinition[] = [
];

// Orders of the menu: director's view 5, plan and its document 10, reasons 20, goals 30, core business 40, stages 50, positions 60, projects 70, KPI 80, budget 90.
export const navigation: NavigationEntry[] = [
];
