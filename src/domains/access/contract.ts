/** What this domain's permissions allow: accounts, roles, API tokens, reading the audit log, the brand's settings. */
export const permissions = ['access.staff', 'access.roles', 'access.tokens', 'access.audit', 'access.settings'] as const;

export { readSession, signOut } from './sessions/session-contract.ts';
