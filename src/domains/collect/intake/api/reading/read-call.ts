import { constants, gunzipSync, zstdCompressSync } from 'node:zlib';
import { Problem } from '../../../../../kernel/problem.ts';
import { packBody } from '../../desk/sealed-body.ts';
import type { NewSetAside } from '../../desk/set-aside-store.ts';
import { checkEvent } from '../../events/check-event.ts';
import { readTime } from '../../events/event-time.ts';
import { eventLimits } from '../../events/limits.ts';
import type { Refusal } from '../../events/set-aside-reason.ts';
import { sliceEvents } from '../../events/slice-events.ts';
import type { Bag, CallType } from '../../events/tracking-call.ts';
import type { RequestSeal } from '../request-seal.ts';

/** A request as it came. */
export interface SentCall {
  body: Uint8Array;
  isGzip: boolean;
  /** What a single call was sent as; null for a batch. */
  callType: CallType | null;
  receivedAt: Date;
}

/** What was found in the body of a request. */
export interface ReadCall {
  /** The write key that the body names. */
  writeKey: string | null;
  /** Good and bad ones. */
  events: number;
  /** Those that can become facts. */
  eventCount: number;
  /** These as the intake log keeps them: JSON, compressed and sealed. */
  body: Buffer;
  setAside: SetAsideFound[];
}

/** An event that cannot become a fact; its text compressed and not sealed yet. */
export type SetAsideFound = Omit<NewSetAside, 'receivedAt' | 'writeKeyId'>;

/** The body of a request, parsed, before anything in it was judged. */
interface ParsedCall {
  text: string;
  value: Bag;
  /** The events of a batch; null for a single call. */
  batch: unknown[] | null;
}

/**
 * Reads a request: parts what can become facts from what cannot, and seals it for the intake log. Throws 400 for what
 * is not a JSON object, and for a batch without a list of events or with too many; 413 for what is too large inflated.
 */
export function readCall(sent: SentCall, seal: RequestSeal['seal']): ReadCall {
  const { callType, receivedAt } = sent;
  const call = parseCall(plainBody(sent), callType === null);
  const sentAtMs = sentAtOf(call.value);
  const events = call.batch ?? [call.value];
  const refusals = events.map((event) => checkEvent(event, callType, sentAtMs, receivedAt.getTime()));
  const eventCount = refusals.filter((refusal) => refusal === null).length;
  const { writeKey } = call.value;
  const read = { writeKey: typeof writeKey === 'string' ? writeKey : null, events: events.length, eventCount };
  if (eventCount === events.length) return { ...read, body: packed(call.text, seal), setAside: [] };
  const texts = call.batch ? textsOf(call) : [call.text];
  const setAside = refusals.flatMap((refusal, i) => (refusal ? [{ ...describe(events[i], refusal, callType), body: packBody(texts[i]) }] : []));
  const rest = { ...call.value, batch: events.filter((_, i) => refusals[i] === null) };
  return { ...read, body: eventCount > 0 ? packed(JSON.stringify(rest), seal) : Buffer.alloc(0), setAside };
}

/** One body at a time is inflated: however much its announced size hides, no two are in memory. */
function plainBody({ body, isGzip }: SentCall): Buffer {
  if (!isGzip) return Buffer.from(body.buffer, body.byteOffset, body.length);
  try {
    return gunzipSync(body, { maxOutputLength: eventLimits.bodyBytes });
  } catch (error) {
    const tooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw tooLarge ? new Problem('platform.body_too_large', { status: 413 }) : new Problem('platform.broken_json', { status: 400 });
  }
}

function parseCall(body: Buffer, isBatch: boolean): ParsedCall {
  const text = body.toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Problem('platform.broken_json', { status: 400 });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Problem('platform.broken_json', { status: 400 });
  const call = value as Bag;
  if (!isBatch) return { text, value: call, batch: null };
  if (!Array.isArray(call.batch)) throw new Problem('collect.batch_missing', { status: 400 });
  if (call.batch.length > eventLimits.eventsPerBatch) {
    throw new Problem('collect.batch_too_long', { status: 400, params: { count: call.batch.length, most: eventLimits.eventsPerBatch } });
  }
  return { text, value: call, batch: call.batch };
}

/** When the client says it sent this, by its own clock. */
export function sentAtOf(call: Bag): number | undefined {
  const sentAtMs = typeof call.sentAt === 'string' ? readTime(call.sentAt) : Number.NaN;
  return Number.isNaN(sentAtMs) ? undefined : sentAtMs;
}

/** The body of a request as the intake log keeps it. */
export const packed = (text: string, seal: RequestSeal['seal']): Buffer =>
  seal(zstdCompressSync(text, { params: { [constants.ZSTD_c_compressionLevel]: 1 } }));

/** Each event as it came; one that is nested too deeply cannot be written again from its value. */
function textsOf({ text, batch }: ParsedCall): string[] {
  const slices = sliceEvents(text);
  // With the key `batch` twice the last one counts, and the slices are those of both.
  return slices.slice(slices.length - (batch?.length ?? 0));
}

/** What the list may show of an event that is kept aside. */
export function describe(event: unknown, refusal: Refusal, callType: string | null): Omit<SetAsideFound, 'body'> {
  const { type, event: name } = (typeof event === 'object' && event !== null ? event : {}) as Bag;
  return { reason: refusal.reason, path: refusal.path ?? null, callType: shown(type) ?? callType, eventName: shown(name) };
}

const shown = (value: unknown): string | null =>
  (typeof value === 'string' && value !== '' ? value.toWellFormed().replaceAll('\0', '').slice(0, eventLimits.nameCharacters) : null);
