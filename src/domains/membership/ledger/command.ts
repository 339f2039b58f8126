import { createHash } from 'node:crypto';
import type { AuditEntry } from '../../access/public.ts';
import type { IdleRule } from './idle.ts';

/** What is done when somebody's points cannot be taken back in full: see `take_back`. */
export const takeBackPolicies = ['only_pending', 'within_balance', 'debt'] as const;
export type TakeBackPolicy = (typeof takeBackPolicies)[number];

interface Keyed {
  /** The same key is the same command, for ever. */
  key: string;
  customerNo: number;
  /** When it happened. */
  occurredAt: number;
  /** How it came about: the version of the rules, base, rate, multipliers, order. */
  derivation: Record<string, unknown>;
  /** What the sender said, where the command says more: by this it is known again. */
  input?: unknown;
  /** Written to the audit log with it, once. */
  audit?: AuditEntry;
}

/** Points come in as one lot. */
export interface Earn extends Keyed {
  kind: 'earn';
  amount: number;
  availableAt: number;
  expiresAt: number | null;
  /** Where the end moves on with whatever is earned or spent. */
  idle?: IdleRule;
}
export interface Spend extends Keyed {
  kind: 'spend';
  amount: number;
}
/** Puts points aside until they are spent by `commit`, let go by `release`, or `expiresAt`. The hold goes by this command's key. */
export interface HoldPoints extends Keyed {
  kind: 'hold';
  amount: number;
  expiresAt: number;
}
/** Spends what a hold put aside, or a part of it; the rest is let go. It counts as spent when it was held. */
export interface Commit extends Keyed {
  kind: 'commit';
  holdKey: string;
  amount?: number;
}
export interface Release extends Keyed {
  kind: 'release';
  holdKey: string;
}
/**
 * Takes back points of an earning, its own lot first. Of what was spent since: `only_pending` takes nothing once the lot has become
 * available, `within_balance` takes other available points, `debt` takes those and owes the rest up to `debtLimit` in all.
 * What is not taken is told and never forgotten: the entry says so.
 */
export interface TakeBack extends Keyed {
  kind: 'take_back';
  of: string;
  amount: number;
  policy: TakeBackPolicy;
  debtLimit: number;
}
/** Gives back points that were spent or taken back, to the lots they came from; what has ended meanwhile is good until `reinstatedUntil`. */
export interface GiveBack extends Keyed {
  kind: 'give_back';
  of: string;
  amount: number;
  reinstatedUntil: number;
}

export type Command = Earn | Spend | HoldPoints | Commit | Release | TakeBack | GiveBack;

/** A fingerprint of what a command says: another one under the same key is another command. */
export function hashOf(command: Command): Buffer {
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sorted(each)]));
  };
  return createHash('sha256').update(JSON.stringify(sorted(command.input === undefined ? command : { kind: command.kind, customerNo: command.customerNo, input: command.input }))).digest();
}
