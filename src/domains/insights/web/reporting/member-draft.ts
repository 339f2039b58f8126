import { currentLocale } from '../../../../web/kit.ts';
import type { GroupMember, Recipient } from '../../contract.ts';

type Locale = GroupMember['locale'];

/** Accounts and addresses as a form holds them, each with a language of its own. */
export interface MembersDraft {
  staffIds: number[];
  addresses: string[];
  /** By `languageKey`; who stands in none gets the language of whoever fills in the form. */
  languages: Record<string, Locale>;
}

export const languageKey = (member: { kind: 'staff'; staffId: number } | { kind: 'address'; address: string }): string =>
  (member.kind === 'staff' ? `staff ${member.staffId}` : `address ${member.address.trim().toLowerCase()}`);

export function membersDraftOf(recipients: readonly Recipient[]): MembersDraft {
  const members = recipients.filter((each) => each.kind !== 'group');
  return {
    staffIds: members.flatMap((each) => (each.kind === 'staff' ? [each.staffId] : [])),
    addresses: members.flatMap((each) => (each.kind === 'address' ? [each.address] : [])),
    languages: Object.fromEntries(members.map((each) => [languageKey(each), each.locale])),
  };
}

/** Whoever is chosen, in the order of the form. */
export function chosenOf({ staffIds = [], addresses = [] }: Partial<MembersDraft>) {
  return [...staffIds.map((staffId) => ({ kind: 'staff' as const, staffId })), ...addresses.map((address) => ({ kind: 'address' as const, address }))];
}

export function membersOf(draft: MembersDraft): GroupMember[] {
  return chosenOf(draft).map((each) => ({ ...each, locale: draft.languages?.[languageKey(each)] ?? currentLocale() }));
}
