import type { FunctionComponent } from 'react';
import type { Permission } from '../../kernel/actor.ts';

/** One page of a domain, as data. Its code is loaded when it is first opened. */
export interface PageDefinition {
  /** `/users/$customerNo`: a part with a dollar sign is read with `usePathParam`. */
  path: `/${string}`;
  /** Who may open it; anyone signed in when left out. */
  permission?: Permission;
  /** Shown without the shell, to people who are not signed in too. */
  public?: boolean;
  /** The page is the module's default export. */
  component: () => Promise<{ default: FunctionComponent }>;
}

/** The parts of the work, in the order of the menu. */
export const sections = [
  'today',
  'plan',
  'users',
  'insights',
  'members',
  'programs',
  'private',
  'experience',
  'settings',
] as const;
export type Section = (typeof sections)[number];

/** One line of the menu, shown to those who may open what it leads to. */
export interface NavigationEntry {
  section: Section;
  /** The address of a page: `/users`. */
  to: `/${string}`;
  /** A message with its namespace: `customers:navigation.people`. */
  label: string;
  permission?: Permission;
  /** Smaller comes first within its section; 100 unless said. */
  order?: number;
}
