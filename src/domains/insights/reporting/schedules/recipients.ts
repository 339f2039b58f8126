import type { Locale } from '../../../../kernel/locale.ts';
import type { DirectoryEntry } from '../../../access/public.ts';
import type { GroupMember, Recipient } from '../../contract/reporting.ts';
import type { GroupRow } from './store.ts';

/** One mail box that gets a copy. */
export interface Reader {
  address: string;
  /** What the history calls them. */
  name: string;
  locale: Locale;
}

/** Everybody meant by recipients, each address once; each in the language they chose, else in that of the first mention. Who may not sign in any more gets nothing. */
export function readersOf(recipients: readonly Recipient[], groups: readonly GroupRow[], directory: readonly DirectoryEntry[]): Reader[] {
  const staff = new Map(directory.map((entry) => [entry.staffId, entry]));
  const members = recipients.flatMap((recipient): GroupMember[] => (recipient.kind === 'group' ? (groups.find(({ groupId }) => groupId === recipient.groupId)?.members ?? []) : [recipient]));
  const readers = members.flatMap((member): Reader[] => {
    if (member.kind === 'address') return [{ address: member.address, name: member.address, locale: member.locale }];
    const entry = staff.get(member.staffId);
    return entry ? [{ address: entry.email, name: entry.name, locale: entry.language ?? member.locale }] : [];
  });
  return readers.filter(({ address }, at) => readers.findIndex((other) => other.address === address) === at);
}

/** What recipients are called. */
export const recipientNames = (recipients: readonly Recipient[], groups: readonly GroupRow[], directory: readonly DirectoryEntry[]): string[] =>
  recipients.map((recipient) => {
    if (recipient.kind === 'address') return recipient.address;
    if (recipient.kind === 'group') return groups.find(({ groupId }) => groupId === recipient.groupId)?.name ?? '–';
    return directory.find(({ staffId }) => staffId === recipient.staffId)?.name ?? '–';
  });

/** Addresses that are nobody's account, as the audit log may keep them for ever: the beginning and the domain. */
export function outsiders(readers: readonly Reader[], directory: readonly DirectoryEntry[]): string[] {
  const known = new Set(directory.map(({ email }) => email.toLowerCase()));
  return readers.filter(({ address }) => !known.has(address.toLowerCase())).map(({ address }) => `${address[0]}***${address.slice(address.lastIndexOf('@'))}`);
}
