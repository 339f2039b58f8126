import { describe, expect, it } from 'vitest';
import type { FrequencyCap } from '../../contract/gate-rules.ts';
import { counts, windowMs } from './windows.ts';

const cap: FrequencyCap = { most: 1, per: { count: 2, unit: 'day' }, channel: null, category: null };
const run = { purpose: 'marketing', channel: 'sms', category: 'sale', programKind: 'campaign' } as const;

describe('what a cap counts', () => {
  it('is within hours or days of 24 hours', () => {
    expect(windowMs(cap)).toBe(48 * 3_600_000);
    expect(windowMs({ ...cap, per: { count: 3, unit: 'hour' } })).toBe(3 * 3_600_000);
  });

  it.each([
    [{}, true],
    [{ channel: 'sms' as const }, true], [{ channel: 'email' as const }, false],
    [{ category: 'sale' }, true], [{ category: 'news' }, false],
    [{ channel: 'sms' as const, category: 'news' }, false],
  ])('is what it names: %o, %s', (named, expected) => {
    expect(counts({ ...cap, ...named }, run)).toBe(expected);
  });

  it('is marketing that reaches people', () => {
    expect(counts(cap, { ...run, purpose: 'service' })).toBe(false);
    expect(counts(cap, { ...run, programKind: 'test' })).toBe(false);
    expect(counts(cap, { ...run, programKind: 'journey' })).toBe(true);
  });
});
