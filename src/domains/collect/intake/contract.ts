import { writeKeyEndpoints } from '../write-keys/contract.ts';
import { deskEndpoints } from './desk/contract.ts';

/** Permissions of the intake: see its state, make write keys, look into events and repair them. */
export const intakePermissions = ['collect.read', 'collect.sources', 'collect.repair'] as const;

export const intakeEndpoints = [...writeKeyEndpoints, ...deskEndpoints];
