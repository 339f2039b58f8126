import { describe, expect, it } from 'vitest';
import { afterAnswer, afterAsking, attemptsMost } from './after-answer.ts';

const now = new Date('2026-06-18T04:00:00Z');
const inMs = (ms: number): Date => new Date(now.getTime() + ms);

describe('after an answer', () => {
  it.each([
    ['taken', 'handed'],
    ['refused', 'refused'],
    ['unknown', 'unknown'],
  ] as const)('of %s a message is %s, and is not tried again', (outcome, state) => {
    expect(afterAnswer({ outcome }, 1, now)).toEqual({ state, notBefore: now });
  });

  it('of later it waits as long as the provider says, or a minute', () => {
    expect(afterAnswer({ outcome: 'later', retryAfterMs: 7_000 }, 1, now)).toEqual({ state: 'queued', notBefore: inMs(7_000) });
    expect(afterAnswer({ outcome: 'later' }, 1, now)).toEqual({ state: 'queued', notBefore: inMs(60_000) });
  });

  it('is given up when it was put off too often', () => {
    expect(afterAnswer({ outcome: 'later' }, attemptsMost - 1, now).state).toBe('queued');
    expect(afterAnswer({ outcome: 'later' }, attemptsMost, now).state).toBe('refused');
  });

  it('goes again where its provider keeps repeats away, and is unknown when it was tried as often as may be: nobody refused it', () => {
    expect(afterAsking('repeat', attemptsMost - 1)).toEqual({ outcome: 'later', retryAfterMs: 0 });
    expect(afterAnswer(afterAsking('repeat', attemptsMost), attemptsMost, now).state).toBe('unknown');
    expect(afterAsking(undefined, 1)).toEqual({ outcome: 'unknown' });
    expect(afterAsking({ outcome: 'taken' }, attemptsMost)).toEqual({ outcome: 'taken' });
  });

  it('is never tried again once somebody may have it, however often it was tried', () => {
    for (const attempts of [0, 1, attemptsMost, 1_000]) {
      expect(afterAnswer({ outcome: 'unknown' }, attempts, now).state).toBe('unknown');
    }
  });
});
