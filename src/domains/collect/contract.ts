import { factsDeskPermissions } from './facts-desk/contract.ts';
import { importPermissions } from './imports/contract.ts';
import { intakePermissions } from './intake/contract.ts';

export { knownEventLabel } from './person/known-events.ts';

/** What this domain's permissions allow; each is named by `permission.<action>` in its messages. */
export const permissions = [...intakePermissions, ...importPermissions, ...factsDeskPermissions] as const;
