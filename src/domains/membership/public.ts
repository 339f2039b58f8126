/** The server door of the membership domain. */
export { createMembership, type Membership } from './membership.ts';
export type { PromisesBudget } from './part.ts';
export { roleDefaults } from './roles.ts';
