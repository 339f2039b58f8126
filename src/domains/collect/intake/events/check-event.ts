import { checkValues } from './check-values.ts';
import { occurredAt, readTime } from './event-time.ts';
import { eventLimits } from './limits.ts';
import type { Refusal } from './set-aside-reason.ts';
import { type Bag, callTypes } from './tracking-call.ts';

const types: ReadonlySet<unknown> = new Set(callTypes);
const ids = ['messageId', 'userId', 'anonymousId', 'previousId', 'groupId'] as const;
const bags = ['properties', 'traits', 'context'] as const;

/**
 * Decides whether a parsed value can become a fact: null when it can, else the first reason against it.
 * `type` is that of the address it was sent to, for events that do not say their own.
 */
export function checkEvent(value: unknown, type: unknown, sentAtMs: number | undefined, receivedAtMs: number): Refusal | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { reason: 'not_an_object' };
  return checkShape(value as Bag, type) ?? checkTime(value as Bag, sentAtMs, receivedAtMs) ?? checkValues(value);
}

/** The part of `checkEvent` without which nothing can be made of an event: its type, its ids and what it consists of. */
export function checkShape(event: Bag, typeOfAddress: unknown): Refusal | null {
  const type = event.type ?? typeOfAddress;
  if (!types.has(type)) return { reason: 'unknown_type', path: 'type' };
  for (const name of ids) if (!isId(event[name])) return { reason: 'id_not_usable', path: name };
  for (const name of bags) if (!isBag(event[name])) return { reason: 'not_an_object_inside', path: name };
  if (isAbsent(event.userId) && isAbsent(event.anonymousId)) return { reason: 'nobody' };
  if (!isName(event.event) || (type === 'track' && isAbsent(event.event))) return { reason: 'no_event_name', path: 'event' };
  if (!isName(event.name)) return { reason: 'no_event_name', path: 'name' };
  if (type === 'alias' && isAbsent(event.previousId)) return { reason: 'no_previous_id', path: 'previousId' };
  if (type === 'group' && isAbsent(event.groupId)) return { reason: 'no_group_id', path: 'groupId' };
  return null;
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === '';
const isId = (value: unknown): boolean =>
  isAbsent(value) || Number.isFinite(value) || (typeof value === 'string' && value.length <= eventLimits.nameCharacters);
const isName = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.length <= eventLimits.nameCharacters);
const isBag = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'object' && !Array.isArray(value));

function checkTime(event: Bag, sentAtMs: number | undefined, receivedAtMs: number): Refusal | null {
  const { timestamp } = event;
  if (timestamp === undefined || timestamp === null) return null;
  const claimedMs = typeof timestamp === 'string' ? readTime(timestamp) : Number.NaN;
  if (Number.isNaN(claimedMs)) return { reason: 'not_a_time', path: 'timestamp' };
  const atMs = occurredAt(claimedMs, sentAtMs, receivedAtMs);
  if (atMs > receivedAtMs + eventLimits.futureMs) return { reason: 'from_the_future', path: 'timestamp' };
  if (atMs < eventLimits.earliestMs) return { reason: 'too_long_ago', path: 'timestamp' };
  return null;
}
