import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { changeBetween } from '../../stored/membership/change.ts';
import { secondsUntilNext } from './backoff.ts';
import { netChange } from './net-change.ts';
import { secondsOfRetryAfter } from '../../../../platform/outbound/retry-after.ts';
import { newSigningSecret, signedHeaders } from '../../../../platform/outbound/signature.ts';

describe('signatures of webhooks', () => {
  it('are those of the published example', () => {
    const headers = signedHeaders('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'msg_p5jXN8AQM9LWM0D4loKWxJek', Buffer.from('{"test": 2432232314}'), new Date(1_614_265_330_999));
    expect(headers).toEqual({ 'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek', 'webhook-timestamp': '1614265330', 'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=' });
  });

  it('are made with a secret of 32 random bytes', () => {
    const [one, other] = [newSigningSecret(), newSigningSecret()];
    expect(one).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(one).not.toBe(other);
  });
});

describe('trying again', () => {
  it('waits longer each time, and ends after less than a day', () => {
    const waits = Array.from({ length: 9 }, (_, i) => secondsUntilNext(i + 1, null, () => 0.5));
    expect(waits).toEqual([5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800]);
    expect(secondsUntilNext(10, null, () => 0.5)).toBeNull();
  });

  it('is spread by a tenth, and waits as long as the receiver asks, but no longer than a day', () => {
    expect([secondsUntilNext(2, null, () => 0), secondsUntilNext(2, null, () => 1)]).toEqual([27, 33]);
    expect(secondsUntilNext(1, 900, () => 0.5)).toBe(900);
    expect(secondsUntilNext(1, 10_000_000, () => 0.5)).toBe(86_400);
  });

  it('reads what the receiver asks, as seconds or as a moment', () => {
    const now = new Date('2026-11-11T00:00:00Z');
    expect(secondsOfRetryAfter('120', now)).toBe(120);
    expect(secondsOfRetryAfter('Wed, 11 Nov 2026 00:05:00 GMT', now)).toBe(300);
    expect(secondsOfRetryAfter('Tue, 10 Nov 2026 00:05:00 GMT', now)).toBe(0);
    for (const nothing of [undefined, 'soon', '-1', '']) expect(secondsOfRetryAfter(nothing, now)).toBeNull();
  });
});

describe('changes put together', () => {
  it('lead from the first members to the last, and tell of nobody who came and went', () => {
    const members = fc.uniqueArray(fc.integer({ min: 1, max: 40 })).map((numbers) => Bitmap.of(numbers));
    fc.assert(fc.property(members, members, members, (a, b, c) => {
      const net = netChange(changeBetween(a, b), changeBetween(b, c));
      const straight = changeBetween(a, c);
      expect([[...net.entered], [...net.left]]).toEqual([[...straight.entered], [...straight.left]]);
    }));
  });
});
