import type { Clock } from '../../../../platform/clock.ts';
import type { OutboundReply } from '../../../../platform/outbound/outbound.ts';
import { secondsOfRetryAfter } from '../../../../platform/outbound/retry-after.ts';
import { codeOf, type Sent } from './adapter.ts';

/** What an answer's status says by itself (RFC 9110): the account is asked too often, the provider has a fault, or the key is no good. Null where the body decides. */
export function sentByStatus({ status, headers }: OutboundReply, clock: Clock): Sent | null {
  const seconds = secondsOfRetryAfter(headers['retry-after'], clock.now());
  const rest = seconds === null ? {} : { retryAfterMs: seconds * 1_000 };
  if (status === 429) return { outcome: 'later', code: '429', isAccountsFault: true, isTooQuick: true, ...rest };
  // The gateway in front of it gave up waiting: what is behind may have taken the message.
  if (status === 504) return { outcome: 'unknown', code: '504', isAccountsFault: true };
  if (status >= 500 || status === 408) return { outcome: 'later', code: codeOf(status), isAccountsFault: true, ...rest };
  if (status === 401 || status === 403 || (status >= 300 && status < 400)) return { outcome: 'later', code: codeOf(status), isAccountsFault: true };
  return null;
}

/** The answer's JSON as an object; empty where it is none. */
export function jsonOf({ text }: OutboundReply): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
