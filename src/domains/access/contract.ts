/** What this domain's permissions allow: accounts, roles, API tokens, reading the audit log, the brand's settings, the mail server. */
export const permissions = ['access.staff', 'access.roles', 'access.tokens', 'access.audit', 'access.settings', 'access.mail'] as const;

export { keepLanguage, readSession, signOut } from './sessions/session-contract.ts';
