/** Money is in ten-thousandths throughout. */
export interface Amounts {
  reserved: bigint;
  committed: bigint;
  spent: bigint;
}

export interface LineState extends Amounts {
  cap: bigint;
  /** When it is used up: nothing more goes through, or it does and is said, or it does. */
  overCap: 'stop' | 'warn' | 'ignore';
}

/**
 * What a program does with a line: it reserves when it is published, commits when something is issued, spends when that is redeemed or
 * an invoice comes, and releases at its end what it still holds (`amount` null: all of it). What was committed may lapse before it is
 * redeemed; what was spent may return, as when somebody gives back what they redeemed: then it is committed again. `isOwed`: it has happened
 * already, or was promised before, so that no line can refuse it.
 */
export type BudgetCommand = { kind: 'reserve' | 'commit' | 'spend' | 'lapse' | 'return'; amount: bigint; isOwed?: boolean } | { kind: 'release'; amount: bigint | null };

export type Decided = { change: Amounts; isOver: boolean } | { refused: 'not_positive' | 'over_cap' | 'more_than_held' | 'too_large'; free: bigint };

/** What fits into eighteen digits, as the database keeps it. */
const mostHeld = 10n ** 18n - 1n;
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
export const held = ({ reserved, committed, spent }: Amounts): bigint => reserved + committed + spent;

/**
 * What becomes of a line and of the program's claim to it: both change by the same. A commitment takes from the program's own
 * reservation first, an expense from what it committed and then from what it reserved; only what is beyond needs room in the line.
 */
export function decide(line: LineState, claim: Amounts, command: BudgetCommand): Decided {
  const free = line.cap - held(line);
  if (command.kind === 'release') return release(claim, command.amount, free);
  const { kind, amount, isOwed } = command;
  if (amount <= 0n) return { refused: 'not_positive', free };
  if (kind === 'lapse') return amount > claim.committed ? { refused: 'more_than_held', free } : { change: { reserved: 0n, committed: -amount, spent: 0n }, isOver: false };
  if (kind === 'return') return amount > claim.spent ? { refused: 'more_than_held', free } : { change: { reserved: 0n, committed: amount, spent: -amount }, isOver: false };
  const ofCommitted = kind === 'spend' ? least(amount, claim.committed) : 0n;
  const ofReserved = kind === 'reserve' ? 0n : least(amount - ofCommitted, claim.reserved);
  const beyond = amount - ofCommitted - ofReserved;
  if (held(line) + beyond > mostHeld) return { refused: 'too_large', free };
  const isOver = beyond > 0n && beyond > free;
  if (isOver && line.overCap === 'stop' && !isOwed) return { refused: 'over_cap', free };
  const change = { reserved: -ofReserved, committed: -ofCommitted, spent: 0n };
  if (kind === 'reserve') change.reserved += amount;
  else if (kind === 'commit') change.committed += amount;
  else change.spent += amount;
  return { change, isOver };
}

/** Commitments are given back last: somebody was promised them. */
function release(claim: Amounts, amount: bigint | null, free: bigint): Decided {
  const open = claim.reserved + claim.committed;
  const given = amount ?? open;
  if (given < 0n || (amount !== null && amount === 0n)) return { refused: 'not_positive', free };
  if (given > open) return { refused: 'more_than_held', free };
  const ofReserved = least(given, claim.reserved);
  return { change: { reserved: -ofReserved, committed: -(given - ofReserved), spent: 0n }, isOver: false };
}
