import type { Answer } from '../../part.ts';

export type DeliveryState = 'queued' | 'handing' | 'handed' | 'refused' | 'unknown' | 'dropped';

/** As many times as a provider may say `later` of one message. */
export const attemptsMost = 12;
const laterMs = 60_000;

/** Where a message stands after an answer, and before when it is not tried again. */
export function afterAnswer({ outcome, retryAfterMs = laterMs }: Answer, attempts: number, now: Date): { state: DeliveryState; notBefore: Date } {
  switch (outcome) {
    case 'taken': return { state: 'handed', notBefore: now };
    case 'unknown': return { state: 'unknown', notBefore: now };
    case 'refused': return { state: 'refused', notBefore: now };
    case 'later': return { state: attempts < attemptsMost ? 'queued' : 'refused', notBefore: new Date(now.getTime() + retryAfterMs) };
  }
}
