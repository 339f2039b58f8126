import { describe, expect, it } from 'vitest';
import type { NavigationEntry } from '../router/page.ts';
import { activeEntry, menuFor } from './menu-entries.ts';

const navigation: NavigationEntry[] = [
  { section: 'settings', to: '/settings/staff', label: 'access:staff', permission: 'access.manage' },
  { section: 'users', to: '/users/tags', label: 'audiences:tags', order: 20 },
  { section: 'users', to: '/users', label: 'customers:people', order: 10 },
  { section: 'today', to: '/', label: 'insights:today' },
];

describe('the menu', () => {
  it('follows the order of the work', () => {
    const menu = menuFor(navigation, () => true);
    expect(menu.map(({ section }) => section)).toEqual(['today', 'users', 'settings']);
    expect(menu[1].entries.map(({ to }) => to)).toEqual(['/users', '/users/tags']);
  });

  it('hides what a person may not open, and a section that is then empty', () => {
    const menu = menuFor(navigation, (permission) => permission === undefined);
    expect(menu.map(({ section }) => section)).toEqual(['today', 'users']);
  });

  it.each([
    ['/', '/'],
    ['/users/12', '/users'],
    ['/users/tags/3', '/users/tags'],
    ['/usersandmore', undefined],
  ])('marks for %s the line %s', (pathname, to) => {
    expect(activeEntry(menuFor(navigation, () => true), pathname)?.to).toBe(to);
  });
});
