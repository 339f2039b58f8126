import type { Lot } from '../person.ts';
import { type Book, split } from './book.ts';

/** At one moment points become available before others end; holds let go in between. */
const order = { available: 0, released: 1, expired: 2 };

/**
 * Brings a person's points up to a moment: holds that nobody spent let go, debts are repaid out of what became available, and
 * what ended is written off, each at its own moment in the order of time. Nothing waits for this to be right: what can be spent is
 * decided by the moment itself. Doing it again, or in more steps, comes to the same. Nothing is paid as of before `payableFrom`: then the accounts were
 * not one person's, or what pays had not come in.
 */
export function settle(book: Book, now: number, payableFrom = Math.min(now, book.person.oneSince)): void {
  const { lots, holds, debts } = book.person;
  // Most people owe nothing and hold nothing back: then lots end, and that is all.
  if (holds.size === 0 && ![...debts.values()].some(({ remaining }) => remaining > 0)) {
    const ended = [...lots.values()].filter(({ remaining, expiresAt }) => remaining > 0 && expiresAt !== null && expiresAt <= now);
    for (const lot of ended.sort((a, b) => (a.expiresAt ?? 0) - (b.expiresAt ?? 0))) expire(book, lot);
    return;
  }
  const moments = [
    ...[...lots.values()].flatMap((lot) => {
      const paysAt = Math.max(lot.availableAt, payableFrom);
      return [
        ...(paysAt <= now ? [{ at: paysAt, what: order.available, then: () => repay(book, paysAt) }] : []),
        ...(lot.expiresAt !== null && lot.expiresAt <= now ? [{ at: lot.expiresAt, what: order.expired, then: () => expire(book, lot) }] : []),
      ];
    }),
    ...[...holds.values()].filter(({ state, expiresAt }) => state === 'open' && expiresAt <= now).map((hold) => ({
      at: hold.expiresAt,
      what: order.released,
      then: () => {
        for (const { lotNo, amount } of hold.parts) putBack(book, lotNo, amount, hold.expiresAt);
        book.hold({ ...hold, state: 'expired' });
        repay(book, hold.expiresAt);
      },
    })),
  ].sort((a, b) => a.at - b.at || a.what - b.what);
  for (const { then } of moments) then();
  repay(book, now);
}

/** Puts points of a hold back into the lot they came from. Its end is as it was: what has ended by then is gone at once, and pays no debt. */
export function putBack(book: Book, lotNo: number, amount: number, at: number): void {
  const lot = book.person.lots.get(lotNo);
  if (!lot) throw new Error(`The lot ${lotNo} of a hold is not among those that were read.`);
  book.take(lot, -amount);
  if (lot.expiresAt !== null && lot.expiresAt <= at) expire(book, lot);
}

function expire(book: Book, lot: Lot): void {
  const { remaining: amount, expiresAt, customerNo, lotNo } = lot;
  if (amount === 0 || expiresAt === null) return;
  const { entryNo } = book.entry('expire', customerNo, -amount, { occurredAt: expiresAt, commandKey: null });
  book.allocate(entryNo, lotNo, amount);
  book.take(lot, amount);
}

/** Pays debts, the oldest first, out of what can be spent at a moment: those of a lot's own account, then others of the same person. */
function repay(book: Book, at: number): void {
  for (const debt of [...book.person.debts.values()].filter(({ remaining }) => remaining > 0).sort((a, b) => a.entryNo - b.entryNo)) {
    let owed = debt.remaining;
    const lots = book.spendable(at);
    const own = lots.filter((lot) => lot.customerNo === debt.customerNo);
    for (const { lot, amount } of split([...own, ...lots.filter((lot) => !own.includes(lot))], debt.remaining)) {
      // Between two accounts of one person points change sides, so that each account adds up on its own.
      const from = lot.customerNo === debt.customerNo ? debt.entryNo : net(book, lot, debt.customerNo, amount, at);
      book.allocate(from, lot.lotNo, amount);
      book.take(lot, amount);
      owed -= amount;
      book.debt({ ...debt, remaining: owed });
    }
  }
}

function net(book: Book, lot: Lot, to: number, amount: number, at: number): number {
  const { entryNo } = book.entry('net', lot.customerNo, -amount, { occurredAt: at, commandKey: null, derivation: { to } });
  book.entry('net', to, amount, { occurredAt: at, commandKey: null, derivation: { from: lot.customerNo } });
  return entryNo;
}
