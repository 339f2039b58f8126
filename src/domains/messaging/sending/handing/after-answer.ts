import type { Answer } from '../../part.ts';

export type DeliveryState = 'queued' | 'handing' | 'handed' | 'refused' | 'unknown' | 'dropped';

/** As many times as a provider may say `later` of one message. */
export const attemptsMost = 12;
const laterMs = 60_000;

/** What is known of a message whose answer was lost, after its provider was asked: one that keeps repeats away gets it again, as often as any is tried. After that nobody can say. */
export function afterAsking(told: Answer | 'repeat' | undefined, attempts: number): Answer {
  if (told !== 'repeat') return told ?? { outcome: 'unknown' };
  return attempts < attemptsMost ? { outcome: 'later', retryAfterMs: 0 } : { outcome: 'unknown' };
}

/** Where a message stands after an answer, and before when it is not tried again. */
export function afterAnswer({ outcome, retryAfterMs = laterMs }: Answer, attempts: number, now: Date): { state: DeliveryState; notBefore: Date } {
  switch (outcome) {
    case 'taken': return { state: 'handed', notBefore: now };
    case 'unknown': return { state: 'unknown', notBefore: now };
    case 'refused': return { state: 'refused', notBefore: now };
    case 'later': return { state: attempts < attemptsMost ? 'queued' : 'refused', notBefore: new Date(now.getTime() + retryAfterMs) };
  }
}
