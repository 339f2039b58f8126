import { describe, expect, it } from 'vitest';
import { type MallDelivery, type MallItemDefinition, mallItemDefinition, mallOrderStates } from '../../contract/mall.ts';
import { type Asking, hindranceOf } from './hindrance.ts';
import { nextStep } from './step.ts';

const now = new Date('2026-06-18T04:00:00Z');
const hours = (n: number): string => new Date(now.getTime() + n * 3_600_000).toISOString();
const bag = (changes: Partial<MallItemDefinition> = {}) => ({
  names: { en: 'Bag' }, note: '', icon: 'bag', color: '#336699', points: 100, money: '0', delivery: { kind: 'shipment' },
  limits: { perDay: null, total: null }, tiers: [], startsAt: null, endsAt: null, payMinutes: 30, ...changes,
} satisfies MallItemDefinition) as MallItemDefinition;
const anna: Asking = { isMember: true, tier: 'gold', today: 0, total: 0 };

describe('an item of the mall', () => {
  it('is for whom it is made, when it is on, as often as they may, while there is one', () => {
    const cases: [Partial<MallItemDefinition>, number | null, Partial<Asking>, string | null][] = [
      [{}, 1, {}, null],
      [{}, null, {}, null],
      [{}, 0, {}, 'sold_out'],
      [{ startsAt: hours(1) }, 1, {}, 'not_begun'],
      [{ startsAt: hours(0) }, 1, {}, null],
      [{ endsAt: hours(0) }, 1, {}, 'ended'],
      [{ endsAt: hours(1) }, 1, {}, null],
      [{}, 1, { isMember: false }, 'not_a_member'],
      [{ tiers: ['black'] }, 1, {}, 'not_for_tier'],
      [{ tiers: ['black', 'gold'] }, 1, {}, null],
      [{ tiers: ['gold'] }, 1, { tier: null }, 'not_for_tier'],
      [{ limits: { perDay: 2, total: null } }, 1, { today: 1, total: 9 }, null],
      [{ limits: { perDay: 2, total: null } }, 1, { today: 2, total: 2 }, 'day_limit'],
      [{ limits: { perDay: 2, total: 5 } }, 1, { today: 2, total: 5 }, 'total_limit'],
    ];
    for (const [changes, left, asking, expected] of cases) expect(hindranceOf(bag(changes), left, { ...anna, ...asking }, now), JSON.stringify(changes)).toBe(expected);
  });

  it('ends after it begins, and money alone buys nothing here', () => {
    const refused = (changes: Partial<MallItemDefinition>): boolean => !mallItemDefinition.safeParse(bag(changes)).success;
    expect(refused({ startsAt: hours(2), endsAt: hours(1) })).toBe(true);
    expect(refused({ points: 0, money: '9.90' })).toBe(true);
    expect(refused({ money: '1e3' })).toBe(true);
    expect(refused({ money: '-1' })).toBe(true);
    expect([refused({}), refused({ points: 0 }), refused({ money: '9.90' })]).toEqual([false, false, false]);
  });
});

describe('what is done next about an order', () => {
  const of = (delivery: MallDelivery, expiresAt: string) => mallOrderStates.map((state) => nextStep({ state, delivery, expiresAt: new Date(expiresAt) }, now));

  it('is decided by its state alone, and nothing is done while it waits for somebody or after its end', () => {
    expect(of({ kind: 'shipment' }, hours(1))).toEqual(['take_points', null, 'spend_held', null, null, 'let_go', null, 'give_back', null]);
    expect(of({ kind: 'codes' }, hours(1))).toEqual(['take_points', null, 'spend_held', 'give', null, 'let_go', null, 'give_back', null]);
  });

  it('is to end one that waited for money for too long, from that moment on', () => {
    const waiting = { state: 'reserved', delivery: { kind: 'codes' } } as const;
    expect([hours(0.001), hours(0), hours(-1)].map((expiresAt) => nextStep({ ...waiting, expiresAt: new Date(expiresAt) }, now))).toEqual([null, 'time_out', 'time_out']);
  });
});
