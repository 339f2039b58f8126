/** The server door of the planning domain. */
export { createPlanning, type Planning } from './planning.ts';
export { roleDefaults } from './roles.ts';
