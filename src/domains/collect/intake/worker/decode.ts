import { hash } from 'node:crypto';
import { zstdDecompressSync } from 'node:zlib';
import { sentAtOf } from '../api/reading/read-call.ts';
import type { RequestSeal } from '../api/request-seal.ts';
import { checkShape } from '../events/check-event.ts';
import { occurredAt, readTime } from '../events/event-time.ts';
import { eventLimits } from '../events/limits.ts';
import type { Refusal } from '../events/set-aside-reason.ts';
import type { Bag, CallType } from '../events/tracking-call.ts';
import type { IntakeRow } from './intake-rows.ts';

/** A call on its way to becoming facts. */
export interface TrackedEvent {
  row: IntakeRow;
  /** 32 hexadecimal digits by which a repeat is known. */
  eventId: string;
  type: CallType;
  name: string;
  userId: string;
  anonymousId: string;
  previousId: string;
  groupId: string;
  traits: Bag;
  properties: Bag;
  context: Bag;
  occurredAtMs: number;
  receivedAtMs: number;
  /** As it came, for the case that it has to be set aside after all. */
  original: unknown;
}

/** An event of the intake log that cannot be read: it came past the door of another version, or by hand. */
export interface Unreadable {
  row: IntakeRow;
  original: unknown;
  refusal: Refusal;
}

/** Reads a request of the intake log back into its events. What is not one is returned apart. */
export function decodeRow(row: IntakeRow, seal: RequestSeal): { events: TrackedEvent[]; unreadable: Unreadable[] } {
  const call = parse(row, seal);
  if (call === null) return { events: [], unreadable: [{ row, original: row.body.toString('base64'), refusal: { reason: 'not_an_object' } }] };
  const sentAtMs = sentAtOf(call);
  const originals = row.callType === null && Array.isArray(call.batch) ? call.batch as unknown[] : [call];
  const events: TrackedEvent[] = [];
  const unreadable: Unreadable[] = [];
  for (const [index, original] of originals.entries()) {
    const isObject = typeof original === 'object' && original !== null && !Array.isArray(original);
    // The values were checked at the door, and to walk through them twice is dear.
    const refusal: Refusal | null = isObject ? checkShape(original as Bag, row.callType) : { reason: 'not_an_object' };
    if (refusal) unreadable.push({ row, original, refusal });
    else events.push(asEvent(row, index, original as Bag, sentAtMs, call));
  }
  return { events, unreadable };
}

function parse({ body }: IntakeRow, { open }: RequestSeal): Bag | null {
  try {
    const value: unknown = JSON.parse(zstdDecompressSync(open(body), { maxOutputLength: eventLimits.bodyBytes * 4 }).toString('utf8'));
    return typeof value === 'object' && value !== null ? value as Bag : null;
  } catch {
    return null;
  }
}

function asEvent(row: IntakeRow, index: number, event: Bag, sentAtMs: number | undefined, call: Bag): TrackedEvent {
  const type = (event.type ?? row.callType) as CallType;
  const timestampMs = typeof event.timestamp === 'string' ? readTime(event.timestamp) : undefined;
  const receivedAtMs = row.receivedAt.getTime();
  const context = bag(event.context);
  return {
    row,
    eventId: eventIdOf(text(event.messageId) || `${row.seq} ${index} without id`),
    type,
    name: text(type === 'track' ? event.event : event.name) || (type === 'track' ? '' : type),
    userId: text(event.userId),
    anonymousId: text(event.anonymousId),
    previousId: text(event.previousId),
    groupId: text(event.groupId),
    traits: bag(event.traits),
    properties: bag(event.properties),
    context: event === call || !call.context ? context : { ...bag(call.context), ...context },
    occurredAtMs: occurredAt(timestampMs, sentAtMs, receivedAtMs),
    receivedAtMs,
    original: event,
  };
}

/** The id of an event by that of its message, whatever form the client gives it: 128 bits of SHA-256. */
export const eventIdOf = (messageId: string): string => hash('sha256', messageId, 'hex').slice(0, 32);

const bag = (value: unknown): Bag => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Bag : {});

/** Ids may be sent as numbers. */
export const text = (value: unknown): string =>
  (typeof value === 'string' ? value.trim() : typeof value === 'number' && Number.isFinite(value) ? String(value) : '');
