import { describe, expect, it } from 'vitest';
import { badAddress, goesToDraft, goesToOf, rhythmDraft, rhythmOf } from './goes-to.ts';

describe('to whom something goes, in a form', () => {
  it('comes back as it was', () => {
    const goesTo = { readers: [{ kind: 'staff' as const, staffId: 3 }, { kind: 'address' as const, address: 'a@b.test' }], robotNos: [7] };
    expect(goesToOf(goesToDraft(goesTo))).toEqual(goesTo);
    expect(goesToOf({ addresses: [' a@b.test '] })).toEqual({ readers: [{ kind: 'address', address: 'a@b.test' }], robotNos: [] });
    expect([badAddress(), badAddress(['a@b.test']), badAddress(['a@b.test', 'x@y'])]).toEqual([undefined, undefined, 'x@y']);
  });

  it('and so does its rhythm', () => {
    const rhythms = [{ every: 'day', at: '18:00' }, { every: 'week', weekday: 5, at: '17:00' }, { every: 'month', day: 31, at: '09:00' }, { every: 'month', day: 'last', at: '09:00' }] as const;
    expect(rhythms.map((rhythm) => rhythmOf(rhythmDraft(rhythm)))).toEqual(rhythms);
    expect(rhythmOf(rhythmDraft(null))).toEqual({ every: 'week', weekday: 1, at: '09:00' });
  });
});
