/** The server door of the membership domain. */
export { createMembership, type Membership } from './membership.ts';
export { roleDefaults } from './roles.ts';
