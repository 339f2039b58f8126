export { createAccess, type Access, type AccessOptions } from './access.ts';
export { useAllowance, type Allowance } from './allowances/allowance.ts';
export { actionsOf, type ActionsAsked, type ActionsFound } from './audit/actions-of.ts';
export { recordAudit, type AuditEntry } from './audit/record.ts';
export { type DirectoryEntry, readDirectory } from './staff/directory.ts';
export type { DeclaredDefaults } from './roles/defaults.ts';
export type { ChartRole, RolesByChart } from './roles/by-chart.ts';
