import type { Command } from '../src/domains/membership/ledger/command.ts';

const people = 40;

/** The command a redeemer sends as its n-th: two of three earn what ends soon, every third redeems. The same whenever it is sent. */
export function redeemerCommand(run: string, n: number, now: number): Command {
  const base = { key: `${run} ${n}`, customerNo: 1 + (n % people), occurredAt: now, derivation: {}, input: n, amount: 1 + (n % 5) };
  return n % 3 === 0 ? { ...base, kind: 'spend' } : { ...base, kind: 'earn', availableAt: now, expiresAt: now + 50 + (n % 400) };
}
