import type { IdleRule } from './idle.ts';

/** Points of one earning. They are spent, expire and are taken back lot by lot. Moments are milliseconds, amounts whole points. */
export interface Lot {
  lotNo: number;
  customerNo: number;
  amount: number;
  /** What is neither spent, held, expired nor taken back. */
  remaining: number;
  earnedAt: number;
  /** Pending until then, and worth nothing at its end; null for never. */
  availableAt: number;
  expiresAt: number | null;
  /** Where the end moves on with whatever is earned or spent. */
  idle: IdleRule | null;
  /** The lot it restores: points that came back after their lot had ended. */
  restores: number | null;
}

/** What an entry took from a lot, in the order it was taken; of one that gives back, what it put into a lot. */
export interface Allocation {
  entryNo: number;
  lotNo: number;
  amount: number;
}

/** Why a balance changed. `net` moves points between two accounts of one person so that one pays the other's debt. */
export const entryKinds = ['earn', 'spend', 'expire', 'take_back', 'give_back', 'net'] as const;
export type EntryKind = (typeof entryKinds)[number];

/** A line of the ledger: never changed, never deleted. */
export interface Entry {
  entryNo: number;
  customerNo: number;
  kind: EntryKind;
  /** Signed. */
  amount: number;
  /** When it happened; when it was written down is the ledger's own matter. */
  occurredAt: number;
  /** The command that made it; null for what time alone does. */
  commandKey: string | null;
  /** The entry whose effect it reverses. */
  reverses: number | null;
  /** Of a taking back: what it did not get and nobody owes. */
  shortfall: number;
  derivation: Record<string, unknown>;
}

/** Points of one account put aside for a checkout: they belong to no lot's rest, and go back there unless they are spent in time. */
export interface Hold {
  holdKey: string;
  customerNo: number;
  state: 'open' | 'committed' | 'released' | 'expired';
  heldAt: number;
  expiresAt: number;
  parts: { lotNo: number; amount: number }[];
}

/** What could not be taken back: repaid by what is earned next. */
export interface Debt {
  entryNo: number;
  customerNo: number;
  amount: number;
  /** What is still to be repaid; less than was owed by what was repaid and what was forgiven. */
  remaining: number;
  forgiven: number;
}

/** An entry that may be reversed, with what it took and how much of it was reversed already, shortfalls included. */
export interface Reversible {
  entry: Entry;
  reversed: number;
  allocations: Allocation[];
}

/** Everything a decision about one person needs: open lots, holds and debts of all accounts that are theirs, the first being the one they have today. */
export interface Person {
  accounts: readonly number[];
  /** When the accounts became one person's: nothing of one was paid for another before. Minus infinity for one account alone. */
  oneSince: number;
  lots: Map<number, Lot>;
  /** By `holdId`. */
  holds: Map<string, Hold>;
  debts: Map<number, Debt>;
  /** Entries that commands may refer to, by number: those that were read for them, and those made since. */
  reversible: Map<number, Reversible>;
}

/** What decisions changed, to be written in one go. */
export interface Changes {
  entries: Entry[];
  allocations: Allocation[];
  newLots: Lot[];
  lots: Set<Lot>;
  holds: Map<string, Hold>;
  debts: Map<number, Debt>;
}

export const holdId = ({ holdKey, customerNo }: Pick<Hold, 'holdKey' | 'customerNo'>): string => `${customerNo} ${holdKey}`;

export const noChanges = (): Changes => ({ entries: [], allocations: [], newLots: [], lots: new Set(), holds: new Map(), debts: new Map() });

/** What a person has. `available` is what can be spent at the moment. */
export interface Balance {
  available: number;
  pending: number;
  held: number;
  debt: number;
}

export const isSpendable = (lot: Lot, now: number): boolean => lot.remaining > 0 && lot.availableAt <= now && (lot.expiresAt === null || lot.expiresAt > now);

export function balanceOf({ lots, holds, debts }: Person, now: number): Balance {
  const sum = (amounts: Iterable<number>): number => [...amounts].reduce((total, amount) => total + amount, 0);
  const all = [...lots.values()];
  return {
    available: sum(all.filter((lot) => isSpendable(lot, now)).map((lot) => lot.remaining)),
    pending: sum(all.filter((lot) => lot.availableAt > now).map((lot) => lot.remaining)),
    held: sum([...holds.values()].filter(({ state }) => state === 'open').flatMap(({ parts }) => parts.map((part) => part.amount))),
    debt: sum([...debts.values()].map((debt) => debt.remaining)),
  };
}

/** Lots in the order they are spent: what ends first, of those what was earned first; what never ends comes last. */
export const bySpending = (a: Lot, b: Lot): number =>
  (a.expiresAt ?? Infinity) - (b.expiresAt ?? Infinity) || a.earnedAt - b.earnedAt || a.lotNo - b.lotNo;
