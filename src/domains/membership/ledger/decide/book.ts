import { idleUntil } from '../idle.ts';
import { type Allocation, bySpending, type Changes, type Debt, type Entry, type EntryKind, type Hold, holdId, isSpendable, type Lot, type Person } from '../person.ts';

/** What is said of an entry beside its amount. */
export type EntryGiven = Pick<Entry, 'occurredAt' | 'commandKey'> & Partial<Pick<Entry, 'reverses' | 'shortfall' | 'derivation'>>;

/** Numbers of new lots and entries, each once. */
export type NextNo = () => number;

/** Changes a person's points in memory and remembers what has to be written. */
export class Book {
  readonly person: Person;
  readonly #changes: Changes;
  readonly #nextNo: NextNo;

  constructor(person: Person, changes: Changes, nextNo: NextNo) {
    this.person = person;
    this.#changes = changes;
    this.#nextNo = nextNo;
  }

  entry(kind: EntryKind, customerNo: number, amount: number, more: EntryGiven): Entry {
    const entry: Entry = { reverses: null, shortfall: 0, derivation: {}, ...more, entryNo: this.#nextNo(), customerNo, kind, amount };
    this.#changes.entries.push(entry);
    // What follows at the same time may reverse it.
    this.person.reversible.set(entry.entryNo, { entry, reversed: 0, allocations: [] });
    return entry;
  }

  lot(lot: Omit<Lot, 'lotNo' | 'remaining' | 'idle'> & Partial<Pick<Lot, 'idle'>>): Lot {
    const made: Lot = { idle: null, ...lot, lotNo: this.#nextNo(), remaining: lot.amount };
    this.person.lots.set(made.lotNo, made);
    this.#changes.newLots.push(made);
    return made;
  }

  /** Takes from a lot, or puts into it when the amount is negative. */
  take(lot: Lot, amount: number): void {
    lot.remaining -= amount;
    this.#changes.lots.add(lot);
  }

  /** Something was earned or spent: what would have ended without it is good for longer. What has ended stays so. */
  stir(at: number): void {
    for (const lot of this.person.lots.values()) {
      if (!lot.idle || lot.remaining === 0 || lot.expiresAt === null) continue;
      const until = idleUntil(lot.idle, at);
      if (until <= lot.expiresAt) continue;
      lot.expiresAt = until;
      this.#changes.lots.add(lot);
    }
  }

  allocate(entryNo: number, lotNo: number, amount: number): Allocation {
    const allocation = { entryNo, lotNo, amount };
    this.#changes.allocations.push(allocation);
    this.person.reversible.get(entryNo)?.allocations.push(allocation);
    return allocation;
  }

  hold(hold: Hold): void {
    this.person.holds.set(holdId(hold), hold);
    this.#changes.holds.set(holdId(hold), hold);
  }

  debt(debt: Debt): void {
    this.person.debts.set(debt.entryNo, debt);
    this.#changes.debts.set(debt.entryNo, debt);
  }

  /** Lots that can be spent at a moment, in the order they are. */
  spendable(now: number): Lot[] {
    return [...this.person.lots.values()].filter((lot) => isSpendable(lot, now)).sort(bySpending);
  }
}

/** How an amount is taken from lots, in their order; less than it where they have less. */
export function split(lots: readonly Lot[], amount: number): { lot: Lot; amount: number }[] {
  const parts: { lot: Lot; amount: number }[] = [];
  let left = amount;
  for (const lot of lots) {
    const some = Math.min(left, lot.remaining);
    if (some > 0) parts.push({ lot, amount: some });
    left -= some;
  }
  return parts;
}
