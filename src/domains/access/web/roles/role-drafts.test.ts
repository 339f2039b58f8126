import { expect, it } from 'vitest';
import type { Role } from '../../roles/contract.ts';
import { countOfDrafts, isHeld, ticked, wantedPermissions } from './role-drafts.ts';

const role: Role = { roleId: 3, key: null, name: 'Own', permissions: ['customers.read'], changed: false, staffCount: 0 };

it('keeps what was ticked apart from what is saved, until a tick restores it', () => {
  const one = ticked({}, role, 'customers.edit', true);
  expect(isHeld(role, 'customers.edit', one)).toBe(true);
  expect(isHeld(role, 'customers.read', one)).toBe(true);
  const two = ticked(one, role, 'customers.read', false);
  expect(countOfDrafts(two)).toBe(2);
  expect(wantedPermissions(role, ['customers.read', 'customers.edit'], two)).toEqual(['customers.edit']);
  expect(ticked(ticked(two, role, 'customers.edit', false), role, 'customers.read', true)).toEqual({});
});
