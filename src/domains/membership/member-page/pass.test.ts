import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPasses, type Pass } from './pass.ts';
import { createRateLimit } from '../../../platform/http/rate-limit.ts';

const now = new Date('2026-06-18T04:00:00Z');
const secret = 'a secret of a deployment that is long enough';
const passes = createPasses(secret);
const pass: Pass = {
  customerNo: 12,
  epoch: 3,
  mode: 'own',
  expiresAt: new Date('2026-06-18T05:00:00Z'),
};

describe('a pass', () => {
  it('says what was sealed, for everybody and every end', () => {
    const anyPass = fc.record({
      customerNo: fc.integer({ min: 1, max: 2_147_483_647 }),
      epoch: fc.nat(4_000_000_000),
      mode: fc.constantFrom('own', 'view' as const),
      expiresAt: fc
        .integer({ min: 1_800_000_000, max: 4_000_000_000 })
        .map((seconds) => new Date(seconds * 1_000)),
    });
    fc.assert(
      fc.property(anyPass, fc.constantFrom('link', 'session' as const), (given, kind) => {
        expect(passes.open(kind, passes.seal(kind, given), now)).toEqual(given);
      }),
    );
  });

  it('is short enough for a message, and nothing in it can be changed', () => {
    const text = passes.seal('link', pass);
    expect(text.length).toBeLessThanOrEqual(42);
    const others = [...text].flatMap((letter, i) =>
      [...'AQgw_']
        .filter((other) => other !== letter)
        .map((other) => text.slice(0, i) + other + text.slice(i + 1)),
    );
    expect(others.filter((other) => passes.open('link', other, now) !== null)).toEqual([]);
    const wrong = [
      '',
      'x',
      text.slice(1),
      `${text}A`,
      `${text}=`,
      ` ${text}`,
      text.toLowerCase(),
      '中文',
    ];
    expect(wrong.filter((other) => passes.open('link', other, now) !== null)).toEqual([]);
  });

  it('ends at its end, is of one kind, and is worth nothing elsewhere', () => {
    const text = passes.seal('link', pass);
    const at = (moment: string) => passes.open('link', text, new Date(moment));
    expect(at('2026-06-18T04:59:59Z')).not.toBeNull();
    expect(at('2026-06-18T05:00:00Z')).toBeNull();
    expect(passes.open('session', text, now)).toBeNull();
    expect(passes.open('link', passes.seal('session', pass), now)).toBeNull();
    expect(createPasses('another secret of another deployment').open('link', text, now)).toBeNull();
  });
});

describe('a limit', () => {
  it('lets so many through at once and then evenly, each on their own', () => {
    const limit = createRateLimit(6);
    const after = (seconds: number): Date => new Date(now.getTime() + seconds * 1_000);
    expect(Array.from({ length: 8 }, () => limit.take('a', now))).toEqual([
      0, 0, 0, 0, 0, 0, 10, 10,
    ]);
    expect(limit.take('b', now)).toBe(0);
    expect(limit.take('a', after(9))).toBe(1);
    expect(limit.take('a', after(10))).toBe(0);
    expect(limit.take('a', after(10))).toBe(10);
    // A clock that is put back takes nothing away and gives nothing.
    expect(limit.take('a', now)).toBe(10);
    expect(limit.take('a', after(3_600))).toBe(0);
  });

  it('forgets whom it saw first when there are too many', () => {
    const limit = createRateLimit(1);
    for (let n = 0; n <= 20_000; n++) limit.take(n, now);
    expect(limit.take(20_000, now)).toBeGreaterThan(0);
    expect(limit.take(0, now)).toBe(0);
  });
});
