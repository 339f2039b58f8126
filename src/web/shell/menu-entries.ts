import { type NavigationEntry, type Section, sections } from '../router/page.ts';

/** A part of the menu with the lines that this person may open. */
export interface MenuSection {
  section: Section;
  entries: NavigationEntry[];
}

/** The menu for a person: sections in their order, empty ones left out. */
export function menuFor(
  navigation: readonly NavigationEntry[],
  may: (permission: string | undefined) => boolean,
): MenuSection[] {
  return sections
    .map((section) => ({
      section,
      entries: navigation
        .filter((entry) => entry.section === section && may(entry.permission))
        .sort((a, b) => (a.order ?? 100) - (b.order ?? 100)),
    }))
    .filter(({ entries }) => entries.length > 0);
}

/** The line that an open page belongs to: the longest address that it lies under. */
export function activeEntry(menu: readonly MenuSection[], pathname: string): NavigationEntry | undefined {
  const under = (to: string): boolean =>
    to === pathname || pathname.startsWith(to === '/' ? '//' : `${to}/`);
  return menu
    .flatMap(({ entries }) => entries)
    .filter((entry) => under(entry.to))
    .sort((a, b) => b.to.length - a.to.length)[0];
}
