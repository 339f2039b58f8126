import { constants, zstdCompressSync } from 'node:zlib';
import { Problem } from '../../../../kernel/problem.ts';
import { type BodyVault, sealBody } from '../desk/sealed-body.ts';
import type { NewSetAside } from '../desk/set-aside-store.ts';
import { checkEvent } from '../events/check-event.ts';
import { readTime } from '../events/event-time.ts';
import { eventLimits } from '../events/limits.ts';
import type { Refusal } from '../events/set-aside-reason.ts';
import { sliceEvents } from '../events/slice-events.ts';
import type { Bag, CallType } from '../events/tracking-call.ts';
import type { IntakeEntry } from './intake-log.ts';
import type { RequestSeal } from './request-seal.ts';

/** The body of a request, parsed, before anything in it was judged. */
export interface ParsedCall {
  text: string;
  value: Bag;
  /** The events of a batch; null for a single call. */
  batch: unknown[] | null;
}

/** Parses a body. Throws 400 for what is not a JSON object, and for a batch without a list of events or with too many. */
export function parseCall(body: Buffer, isBatch: boolean): ParsedCall {
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

/** Parts what can become facts from what cannot, and makes the entry of the intake log. */
export function makeEntry(call: ParsedCall, callType: CallType | null, writeKeyId: number, receivedAt: Date, vault: BodyVault, seal: RequestSeal): IntakeEntry {
  const sentAtMs = sentAtOf(call.value);
  const events = call.batch ?? [call.value];
  const refusals = events.map((event) => checkEvent(event, callType, sentAtMs, receivedAt.getTime()));
  const kept = refusals.filter((refusal) => refusal === null).length;
  const entry = { receivedAt, writeKeyId, callType, eventCount: kept };
  if (kept === events.length) return { ...entry, body: packed(call.text, seal), setAside: [] };
  const texts = call.batch ? textsOf(call) : [call.text];
  const setAside = refusals.flatMap((refusal, i) =>
    (refusal ? [asSetAside(entry, events[i], refusal, callType, sealBody(vault, texts[i]))] : []));
  const rest = { ...call.value, batch: events.filter((_, i) => refusals[i] === null) };
  return { ...entry, body: kept > 0 ? packed(JSON.stringify(rest), seal) : Buffer.alloc(0), setAside };
}

/** The body of a request as the intake log keeps it. */
export const packed = (text: string, { seal }: RequestSeal): Buffer =>
  seal(zstdCompressSync(text, { params: { [constants.ZSTD_c_compressionLevel]: 1 } }));

/** Each event as it came; one that is nested too deeply cannot be written again from its value. */
function textsOf({ text, batch }: ParsedCall): string[] {
  const slices = sliceEvents(text);
  // With the key `batch` twice the last one counts, and the slices are those of both.
  return slices.slice(slices.length - (batch?.length ?? 0));
}

/** What the list may show of an event that is kept aside. */
export function asSetAside(
  { receivedAt, writeKeyId }: { receivedAt: Date; writeKeyId: number },
  event: unknown, refusal: Refusal, callType: string | null, body: Buffer,
): NewSetAside {
  const { type, event: name } = (typeof event === 'object' && event !== null ? event : {}) as Bag;
  return {
    receivedAt,
    writeKeyId,
    reason: refusal.reason,
    path: refusal.path ?? null,
    callType: shown(type) ?? callType,
    eventName: shown(name),
    body,
  };
}

const shown = (value: unknown): string | null =>
  (typeof value === 'string' && value !== '' ? value.toWellFormed().replaceAll('\0', '').slice(0, eventLimits.nameCharacters) : null);
