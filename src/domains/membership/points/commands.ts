import type { Actor } from '../../../kernel/actor.ts';
import type { Command } from '../ledger/command.ts';

const dayMs = 86_400_000;
/** Points that come back after their end are good for so long. */
const reinstatedMs = 30 * dayMs;

/** Keys are their sender's own: two shops may number their checkouts alike. */
const keyOf = ({ kind, id }: Actor, key: string): string => `${kind} ${id} ${key}`;

/** What somebody sent: a key, whose points, and the rest. */
interface Sent {
  key: string;
  customerNo: number;
}

/** What every command says, of what was sent and by whom. */
const common = (actor: Actor, input: Sent, now: Date, derivation: Record<string, unknown>) =>
  ({ key: keyOf(actor, input.key), customerNo: input.customerNo, occurredAt: now.getTime(), derivation: { by: actor.name, ...derivation }, input });

/** Points given or taken by hand. */
export function adjustment(actor: Actor, input: Sent & { amount: number; reason: string; expiresAt?: string | undefined }, now: Date): Command {
  const { amount, reason, expiresAt, customerNo } = input;
  const audit = { actor, action: 'membership.adjust', subject: `customer:${customerNo}`, details: { amount, reason } };
  const base = { ...common(actor, input, now, { reason }), amount: Math.abs(amount), audit };
  if (amount < 0) return { ...base, kind: 'spend' };
  return { ...base, kind: 'earn', availableAt: now.getTime(), expiresAt: expiresAt === undefined ? null : Date.parse(expiresAt) };
}

export const spending = (actor: Actor, input: Sent & { amount: number; document: string }, now: Date): Command =>
  ({ ...common(actor, input, now, { document: input.document }), kind: 'spend', amount: input.amount });

export const holding = (actor: Actor, input: Sent & { amount: number; document: string; seconds: number }, now: Date): Command =>
  ({ ...common(actor, input, now, { document: input.document }), kind: 'hold', amount: input.amount, expiresAt: now.getTime() + input.seconds * 1_000 });

export const committing = (actor: Actor, input: Sent & { holdKey: string; amount?: number | undefined; document: string }, now: Date): Command =>
  ({ ...common(actor, input, now, { document: input.document }), kind: 'commit', holdKey: keyOf(actor, input.holdKey), ...(input.amount === undefined ? {} : { amount: input.amount }) });

export const releasing = (actor: Actor, input: Sent & { holdKey: string }, now: Date): Command =>
  ({ ...common(actor, input, now, {}), kind: 'release', holdKey: keyOf(actor, input.holdKey) });

export const returning = (actor: Actor, input: Sent & { of: string; amount: number; document: string }, now: Date): Command =>
  ({ ...common(actor, input, now, { document: input.document }), kind: 'give_back', of: keyOf(actor, input.of), amount: input.amount, reinstatedUntil: now.getTime() + reinstatedMs });
