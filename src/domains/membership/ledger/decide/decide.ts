import { conflict, notFound } from '../../../../kernel/problem.ts';
import type { Command, Commit, Earn, GiveBack, HoldPoints, Release, Spend, TakeBack } from '../command.ts';
import { type Balance, balanceOf, type Entry, type EntryKind, type Hold, type Lot, type Reversible } from '../person.ts';
import { type Book, type EntryGiven, split } from './book.ts';
import { putBack, settle } from './settle.ts';

/** What a command came to. The same command again comes to the same, for ever. */
export interface Outcome {
  /** By how much the points of the person changed. */
  amount: number;
  entries: { entryNo: number; customerNo: number; amount: number }[];
  /** From which lots, or into which. */
  lots: { lotNo: number; amount: number; expiresAt: number | null }[];
  /** What a taking back did not get. */
  shortfall: number;
  balance: Balance;
}

type Effect = Pick<Outcome, 'lots'> & { entries: Entry[]; shortfall?: number };

/** Carries a command out on a person's points of a moment. Throws a Problem (404, 409) that changes nothing where it cannot be. */
export function decide(book: Book, command: Command, now: number): Outcome {
  settle(book, now);
  const { entries, lots, shortfall = 0 } = effectOf(book, command, now);
  if (command.kind === 'earn' || command.kind === 'spend' || command.kind === 'commit') book.stir(command.occurredAt);
  // What has just come in may end at once, or pay a debt: by what there is now, not by what was owed when it would have counted.
  settle(book, now, now);
  return {
    amount: entries.reduce((sum, entry) => sum + entry.amount, 0),
    entries: entries.map(({ entryNo, customerNo, amount }) => ({ entryNo, customerNo, amount })),
    lots,
    shortfall,
    balance: balanceOf(book.person, now),
  };
}

function effectOf(book: Book, command: Command, now: number): Effect {
  switch (command.kind) {
    case 'earn': return earn(book, command);
    case 'spend': return spend(book, command, now);
    case 'hold': return hold(book, command, now);
    case 'commit': return commit(book, command, now);
    case 'release': return release(book, command, now);
    case 'take_back': return takeBack(book, command, now);
    case 'give_back': return giveBack(book, command, now);
  }
}

const told = (parts: readonly { lot: Lot; amount: number }[]) => parts.map(({ lot: { lotNo, expiresAt }, amount }) => ({ lotNo, amount, expiresAt }));

/** Points come to the number they were earned under, also while it counts as part of another: taken apart, each has what is its own. */
function earn(book: Book, { key, customerNo, amount, occurredAt, availableAt, expiresAt, idle, derivation }: Earn): Effect {
  const entry = book.entry('earn', customerNo, amount, { occurredAt, commandKey: key, derivation });
  const lot = book.lot({ customerNo, amount, earnedAt: occurredAt, availableAt, expiresAt, idle: idle ?? null, restores: null });
  book.allocate(entry.entryNo, lot.lotNo, amount);
  return { entries: [entry], lots: told([{ lot, amount }]) };
}

/** One entry for each account whose lots it takes from, so that each account adds up on its own. */
function takeOut(book: Book, kind: 'spend' | 'take_back', parts: readonly { lot: Lot; amount: number }[], more: EntryGiven): Entry[] {
  return [...Map.groupBy(parts, ({ lot }) => lot.customerNo)].map(([customerNo, ofAccount]) => {
    const entry = book.entry(kind, customerNo, -ofAccount.reduce((sum, { amount }) => sum + amount, 0), more);
    for (const { lot, amount } of ofAccount) book.allocate(entry.entryNo, lot.lotNo, amount);
    return entry;
  });
}

/** Points of an amount out of what can be spent now, the first to end first; refused where there are fewer. */
function takeSpendable(book: Book, amount: number, now: number): { lot: Lot; amount: number }[] {
  const lots = book.spendable(now);
  const available = lots.reduce((sum, lot) => sum + lot.remaining, 0);
  if (available < amount) throw conflict('membership.insufficient_points', { available, wanted: amount });
  const parts = split(lots, amount);
  for (const part of parts) book.take(part.lot, part.amount);
  return parts;
}

function spend(book: Book, { key, amount, occurredAt, derivation }: Spend, now: number): Effect {
  const parts = takeSpendable(book, amount, now);
  return { entries: takeOut(book, 'spend', parts, { occurredAt, commandKey: key, derivation }), lots: told(parts) };
}

function hold(book: Book, { key, amount, occurredAt, expiresAt }: HoldPoints, now: number): Effect {
  const parts = takeSpendable(book, amount, now);
  for (const [customerNo, ofAccount] of Map.groupBy(parts, ({ lot }) => lot.customerNo)) {
    book.hold({ holdKey: key, customerNo, state: 'open', heldAt: occurredAt, expiresAt, parts: ofAccount.map(({ lot: { lotNo }, amount: some }) => ({ lotNo, amount: some })) });
  }
  return { entries: [], lots: told(parts) };
}

/** What one hold still puts aside in each account, in their order: of people who were taken apart, one may have spent their part already. */
function openHold(book: Book, holdKey: string): [Hold, ...Hold[]] {
  const found = [...book.person.holds.values()].filter((hold) => hold.holdKey === holdKey);
  const place = ({ customerNo }: Hold): number => book.person.accounts.indexOf(customerNo);
  const [first, ...others] = found.filter(({ state }) => state === 'open').sort((a, b) => place(a) - place(b));
  if (first) return [first, ...others];
  throw found[0] ? conflict(`membership.hold_${found[0].state}`, { holdKey }) : notFound('membership.hold_not_found', { holdKey });
}

function commit(book: Book, { key, holdKey, amount, derivation }: Commit, now: number): Effect {
  const found = openHold(book, holdKey);
  const held = found.flatMap(({ parts }) => parts).reduce((sum, part) => sum + part.amount, 0);
  if (amount !== undefined && amount > held) throw conflict('membership.more_than_held', { held, wanted: amount });
  let left = amount ?? held;
  const parts = found.flatMap((hold) => hold.parts).map(({ lotNo, amount: some }) => {
    const taken = Math.min(left, some);
    left -= taken;
    if (taken < some) putBack(book, lotNo, some - taken, now);
    return { lot: book.person.lots.get(lotNo)!, amount: taken };
  }).filter((part) => part.amount > 0);
  for (const hold of found) book.hold({ ...hold, state: 'committed' });
  return { entries: takeOut(book, 'spend', parts, { occurredAt: found[0].heldAt, commandKey: key, derivation: { ...derivation, holdKey } }), lots: told(parts) };
}

function release(book: Book, { holdKey }: Release, now: number): Effect {
  const found = openHold(book, holdKey);
  for (const hold of found) {
    for (const { lotNo, amount } of hold.parts) putBack(book, lotNo, amount, now);
    book.hold({ ...hold, state: 'released' });
  }
  return { entries: [], lots: [] };
}

/** The entries of these kinds that a command made, of which so much may still be reversed. */
function reversible(book: Book, of: string, amount: number, ...kinds: EntryKind[]): Reversible[] {
  const found = [...book.person.reversible.values()].filter(({ entry }) => entry.commandKey === of && kinds.includes(entry.kind));
  if (found.length === 0) throw notFound('membership.nothing_to_reverse', { of });
  const left = found.reduce((sum, { entry, reversed }) => sum + Math.abs(entry.amount) - reversed, 0);
  if (amount > left) throw conflict('membership.reverses_too_much', { left, wanted: amount });
  return found;
}

function takeBack(book: Book, { key, of, amount, policy, debtLimit, occurredAt, derivation }: TakeBack, now: number): Effect {
  const [earned] = reversible(book, of, amount, 'earn');
  const own = earned.allocations.map(({ lotNo }) => book.person.lots.get(lotNo)).filter((lot) => lot !== undefined);
  const others = book.spendable(now).filter((lot) => !own.includes(lot));
  const allowed = policy === 'only_pending' ? own.filter(({ availableAt }) => availableAt > now) : [...own, ...others];
  const parts = split(allowed, amount);
  for (const part of parts) book.take(part.lot, part.amount);
  const missing = amount - parts.reduce((sum, part) => sum + part.amount, 0);
  const owed = [...book.person.debts.values()].reduce((sum, debt) => sum + debt.remaining, 0);
  const debt = policy === 'debt' ? Math.max(0, Math.min(missing, debtLimit - owed)) : 0;
  const shortfall = missing - debt;
  const more = { occurredAt, commandKey: key, reverses: earned.entry.entryNo, derivation: { ...derivation, policy } };
  const entries = takeOut(book, 'take_back', parts, more);
  // What is owed has an entry of its own; and what nothing could be taken of stands in the ledger as well.
  if (missing > 0) entries.push(owe(book, earned.entry.customerNo, debt, { ...more, shortfall }));
  earned.reversed += amount;
  return { entries, lots: told(parts), shortfall };
}

function owe(book: Book, customerNo: number, debt: number, more: EntryGiven): Entry {
  const entry = book.entry('take_back', customerNo, 0 - debt, more);
  if (debt > 0) book.debt({ entryNo: entry.entryNo, customerNo, amount: debt, remaining: debt, forgiven: 0 });
  return entry;
}

function giveBack(book: Book, { key, of, amount, reinstatedUntil, occurredAt, derivation }: GiveBack, now: number): Effect {
  const entries: Entry[] = [];
  const lots: Outcome['lots'] = [];
  let left = amount;
  // What was taken last comes back first, so that it does not matter in how many steps it comes back.
  for (const each of reversible(book, of, amount, 'spend', 'take_back').toReversed()) {
    const some = Math.min(left, Math.abs(each.entry.amount) - each.reversed);
    if (some === 0) continue;
    const entry = book.entry('give_back', each.entry.customerNo, some, { occurredAt, commandKey: key, reverses: each.entry.entryNo, derivation });
    lots.push(...restore(book, entry, each, reinstatedUntil, now));
    entries.push(entry);
    each.reversed += some;
    left -= some;
  }
  return { entries, lots };
}

/** First what is still owed is owed no more; then lots get back what was taken from them, the last one first. */
function restore(book: Book, { entryNo, customerNo, amount }: Entry, { entry, reversed, allocations }: Reversible, reinstatedUntil: number, now: number): Outcome['lots'] {
  const debt = book.person.debts.get(entry.entryNo);
  // What came back before came from the end of the list as well, but for what was forgiven.
  let skip = reversed - (debt?.forgiven ?? 0);
  const forgiven = Math.min(amount, debt?.remaining ?? 0);
  if (debt && forgiven > 0) book.debt({ ...debt, remaining: debt.remaining - forgiven, forgiven: debt.forgiven + forgiven });
  let left = amount - forgiven;
  const into: { lot: Lot; amount: number }[] = [];
  for (const { lotNo, amount: taken } of allocations.toReversed()) {
    const some = Math.min(left, Math.max(0, taken - skip));
    skip = Math.max(0, skip - taken);
    if (some === 0) continue;
    into.push({ lot: backInto(book, lotNo, some, reinstatedUntil, now), amount: some });
    left -= some;
  }
  // What another account of the same person had paid has no lot here to go back to.
  if (left > 0) into.push({ lot: book.lot({ customerNo, amount: left, earnedAt: now, availableAt: now, expiresAt: reinstatedUntil, restores: null }), amount: left });
  for (const { lot, amount: some } of into) book.allocate(entryNo, lot.lotNo, some);
  return told(into);
}

/** The lot itself while it lasts; another one in its place, with an end of its own, when it has ended. */
function backInto(book: Book, lotNo: number, amount: number, reinstatedUntil: number, now: number): Lot {
  const lot = book.person.lots.get(lotNo);
  if (!lot) throw new Error(`The lot ${lotNo} of an entry that is reversed is not among those that were read.`);
  if (lot.expiresAt === null || lot.expiresAt > now) {
    book.take(lot, -amount);
    return lot;
  }
  const { customerNo, earnedAt, availableAt, expiresAt } = lot;
  return book.lot({ customerNo, amount, earnedAt, availableAt, expiresAt: Math.max(expiresAt, reinstatedUntil), restores: lotNo });
}
