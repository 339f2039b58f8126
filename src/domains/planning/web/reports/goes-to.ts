import type { GoesTo, MailingWanted, MailReader } from '../../contract.ts';

/** To whom something goes, as a form holds it. */
export interface GoesToDraft {
  staffIds: number[];
  addresses: string[];
  robotNos: number[];
}

export const goesToDraft = ({ readers, robotNos }: GoesTo): GoesToDraft => ({
  staffIds: readers.flatMap((reader) => (reader.kind === 'staff' ? [reader.staffId] : [])),
  addresses: readers.flatMap((reader) => (reader.kind === 'address' ? [reader.address] : [])),
  robotNos,
});

export function goesToOf({ staffIds = [], addresses = [], robotNos = [] }: Partial<GoesToDraft>): GoesTo {
  const readers: MailReader[] = [...staffIds.map((staffId) => ({ kind: 'staff' as const, staffId })), ...addresses.map((address) => ({ kind: 'address' as const, address: address.trim() }))];
  return { readers, robotNos };
}

/** What does not look like a mail address. */
export const badAddress = (addresses: readonly string[] = []): string | undefined => addresses.find((each) => !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(each.trim()));

/** A rhythm as a form holds it: a month's last day is `last`. */
export interface RhythmDraft {
  every: 'day' | 'week' | 'month';
  weekday: number;
  monthDay: string;
  at: string;
}

export const rhythmDraft = (rhythm: MailingWanted['rhythm'] | null): RhythmDraft => ({
  every: rhythm?.every ?? 'week', weekday: rhythm?.every === 'week' ? rhythm.weekday : 1, monthDay: rhythm?.every === 'month' ? String(rhythm.day) : '1', at: rhythm?.at ?? '09:00',
});

export function rhythmOf({ every, weekday, monthDay, at }: RhythmDraft): MailingWanted['rhythm'] {
  if (every === 'day') return { every, at };
  return every === 'week' ? { every, weekday, at } : { every, day: monthDay === 'last' ? 'last' : Number(monthDay), at };
}
