import type { NavigationEntry, PageDefinition } from '../../../web/router/page.ts';

export const pages: PageDefinition[] = [
  { path: '/plan', permission: 'planning.read', component: () => import('./start/to-start.tsx') },
  { path: '/plan/start', permission: 'planning.read', component: () => import('./start/start-page.tsx') },
  { path: '/plan/director', permission: 'planning.read', component: () => import('./director/director-page.tsx') },
  { path: '/plan/document', permission: 'planning.read', component: () => import('./document/document-page.tsx') },
  { path: '/plan/reasons', permission: 'planning.read', component: () => import('./reasons/reasons-page.tsx') },
  { path: '/plan/business', permission: 'planning.read', component: () => import('./business/business-page.tsx') },
  { path: '/plan/goals', permission: 'planning.read', component: () => import('./goals/goals-page.tsx') },
  { path: '/plan/goals/$itemNo', permission: 'planning.read', component: () => import('./goals/goal-page.tsx') },
  { path: '/plan/kpi', permission: 'planning.read', component: () => import('./kpi/kpi-page.tsx') },
  { path: '/plan/kpi/$cardNo', permission: 'planning.read', component: () => import('./kpi/card-page.tsx') },
  { path: '/plan/stages', permission: 'planning.read', component: () => import('./stages/stages-page.tsx') },
  { path: '/plan/positions', permission: 'planning.read', component: () => import('./positions/positions-page.tsx') },
  { path: '/plan/projects', permission: 'planning.read', component: () => import('./projects/projects-page.tsx') },
  { path: '/plan/projects/$itemNo', permission: 'planning.read', component: () => import('./projects/project-page.tsx') },
  { path: '/plan/reviews', permission: 'planning.read', component: () => import('./reviews/reviews-page.tsx') },
  { path: '/plan/reports', permission: 'planning.read', component: () => import('./reports/reports-page.tsx') },
  { path: '/plan/reports/$reportNo', permission: 'planning.read', component: () => import('./reports/report-page.tsx') },
  { path: '/plan/robots', permission: 'planning.read', component: () => import('./projects/robots-page.tsx') },
  { path: '/plan/my-work', permission: 'planning.read', component: () => import('./projects/my-work-page.tsx') },
  { path: '/plan/budget', permission: 'planning.read', component: () => import('./budget/budget-page.tsx') },
];

// Orders of the menu: director's view 5, plan and its document 10, reasons 20, goals 30, core business 40, stages 50, positions 60, projects 70, KPI 80, budget 90.
export const navigation: NavigationEntry[] = [
  { section: 'plan', to: '/plan/director', label: 'planning:navigation.director', permission: 'planning.read', order: 5 },
  { section: 'plan', to: '/plan/start', label: 'planning:navigation.start', permission: 'planning.read', order: 10 },
  { section: 'plan', to: '/plan/reasons', label: 'planning:navigation.reasons', permission: 'planning.read', order: 20 },
  { section: 'plan', to: '/plan/goals', label: 'planning:navigation.goals', permission: 'planning.read', order: 30 },
  { section: 'plan', to: '/plan/business', label: 'planning:navigation.business', permission: 'planning.read', order: 40 },
  { section: 'plan', to: '/plan/kpi', label: 'planning:navigation.kpi', permission: 'planning.read', order: 80 },
  { section: 'plan', to: '/plan/stages', label: 'planning:navigation.stages', permission: 'planning.read', order: 50 },
  { section: 'plan', to: '/plan/positions', label: 'planning:navigation.positions', permission: 'planning.read', order: 60 },
  { section: 'plan', to: '/plan/projects', label: 'planning:navigation.projects', permission: 'planning.read', order: 70 },
  { section: 'plan', to: '/plan/reviews', label: 'planning:navigation.reviews', permission: 'planning.read', order: 72 },
  { section: 'plan', to: '/plan/my-work', label: 'planning:navigation.myWork', permission: 'planning.read', order: 71 },
  { section: 'plan', to: '/plan/reports', label: 'planning:navigation.reports', permission: 'planning.read', order: 72 },
  { section: 'plan', to: '/plan/robots', label: 'planning:navigation.robots', permission: 'planning.read', order: 95 },
  { section: 'plan', to: '/plan/budget', label: 'planning:navigation.budget', permission: 'planning.read', order: 90 },
];
