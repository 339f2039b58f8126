import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrequencyCap } from '../../contract/gate-rules.ts';
import { arbitrate } from './arbitrate.ts';
import type { Claim, RivalRun } from './claim.ts';
import { counts, windowMs } from './windows.ts';

const hourMs = 3_600_000;
const nowMs = Date.UTC(2026, 5, 18, 4);

const run = (runNo: number, value: number, of: Partial<RivalRun> = {}): RivalRun => ({
  runNo, programKind: 'campaign', programNo: runNo, channel: 'sms', purpose: 'marketing', category: '', value, stage: 'running', sendUntil: null, ...of,
});
const claim = (of: RivalRun, state: Claim['state'] = 'pending', hoursAgo = 0): Claim => ({
  run: of, customerNo: 1, occasion: '', occasionOn: '2026-06-18', state, atMs: nowMs - hoursAgo * hourMs,
});
const cap = (most: number, days: number, of: Partial<FrequencyCap> = {}): FrequencyCap => ({ most, per: { count: days, unit: 'day' }, channel: null, category: null, ...of });

const anyCap: fc.Arbitrary<FrequencyCap> = fc.record({
  most: fc.integer({ min: 1, max: 4 }),
  per: fc.record({ count: fc.integer({ min: 1, max: 7 }), unit: fc.constantFrom('hour' as const, 'day' as const) }),
  channel: fc.constantFrom(null, 'sms' as const, 'email' as const),
  category: fc.constantFrom(null, 'news', 'sale'),
});
const anyClaims: fc.Arbitrary<Claim[]> = fc.array(fc.record({
  value: fc.integer({ min: 0, max: 5 }),
  channel: fc.constantFrom('sms' as const, 'email' as const),
  category: fc.constantFrom('', 'news', 'sale'),
  purpose: fc.constantFrom('marketing' as const, 'marketing' as const, 'service' as const),
  stage: fc.constantFrom('running' as const, 'running' as const, 'paused' as const, 'over' as const),
  state: fc.constantFrom('waits' as const, 'pending' as const, 'gone' as const),
  hoursAgo: fc.integer({ min: 0, max: 200 }),
}), { maxLength: 9 }).map((list) => list.map(({ value, state, hoursAgo, ...of }, n) => claim(run(n + 1, value, of), state, hoursAgo)));

const within = (claims: readonly Claim[], one: FrequencyCap): number =>
  claims.filter(({ run: of, state, atMs }) => counts(one, of) && (state !== 'gone' || atMs > nowMs - windowMs(one))).length;

describe('who gets the place', () => {
  it('is who is worth most, of equal ones the older program, and those who went keep theirs', () => {
    const [a, b, c] = [claim(run(1, 1)), claim(run(2, 5)), claim(run(3, 5))];
    const blocked = arbitrate([a, b, c], [cap(1, 1)], nowMs);
    expect([...blocked.keys()]).toEqual([c, a]);
    expect(blocked.get(a)).toMatchObject({ winner: b, freeAtMs: nowMs + 24 * hourMs });
    const went = claim(run(4, 0), 'gone', 3);
    expect(arbitrate([went, b], [cap(1, 1)], nowMs).get(b)).toMatchObject({ winner: undefined, freeAtMs: nowMs + 21 * hourMs });
  });

  it('is anybody again once the window has rolled on to the moment', () => {
    const wants = claim(run(2, 1));
    expect(arbitrate([claim(run(1, 1), 'gone', 24), wants], [cap(1, 1)], nowMs).size).toBe(0);
    expect(arbitrate([claim(run(1, 1), 'gone', 23), wants], [cap(1, 1)], nowMs).size).toBe(1);
  });

  it('waits for the cap that takes longest', () => {
    const wants = claim(run(9, 1));
    const went = [1, 30, 60].map((hours, n) => claim(run(n + 1, 1), 'gone', hours));
    expect(arbitrate([...went, wants], [cap(1, 1), cap(2, 7)], nowMs).get(wants)).toMatchObject({ cap: cap(2, 7), freeAtMs: nowMs + (7 * 24 - 30) * hourMs });
  });

  it('counts a channel and a category apart, and messages of service not at all', () => {
    const sale = claim(run(1, 1, { category: 'sale' }), 'gone', 1);
    const wants = (of: Partial<RivalRun>) => arbitrate([sale, claim(run(2, 1, of))], [cap(1, 1, { channel: 'sms', category: 'sale' })], nowMs).size;
    expect(wants({ category: 'sale' })).toBe(1);
    expect(wants({ category: 'news' })).toBe(0);
    expect(wants({ category: 'sale', channel: 'email' })).toBe(0);
    expect(wants({ category: 'sale', purpose: 'service' })).toBe(0);
    expect(wants({ category: 'sale', programKind: 'test' })).toBe(0);
  });

  it('is not kept from others by a program that was ended, is past its time, or stands still', () => {
    const wants = claim(run(9, 0));
    const blocked = (of: Partial<RivalRun>, state: Claim['state']) => arbitrate([claim(run(1, 5, of), state), wants], [cap(1, 1)], nowMs).has(wants);
    expect(blocked({}, 'pending')).toBe(true);
    expect(blocked({}, 'waits')).toBe(true);
    expect(blocked({ stage: 'over' }, 'pending')).toBe(false);
    expect(blocked({ stage: 'paused' }, 'pending')).toBe(false);
    expect(blocked({ stage: 'paused' }, 'waits')).toBe(false);
    expect(blocked({ sendUntil: new Date(nowMs) }, 'pending')).toBe(false);
    expect(blocked({ stage: 'over' }, 'gone')).toBe(true);
  });

  it('does not depend on the order in which programs came', () => {
    fc.assert(fc.property(anyClaims, fc.array(anyCap, { maxLength: 3 }), fc.infiniteStream(fc.nat()), (claims, caps, order) => {
      const shuffled = claims.map((one) => ({ one, at: order.next().value as number })).sort((a, b) => a.at - b.at).map(({ one }) => one);
      const names = (list: readonly Claim[]) => [...arbitrate(list, caps, nowMs)].map(([{ run: of }, { freeAtMs }]) => `${of.runNo} ${freeAtMs}`).sort();
      expect(names(shuffled)).toEqual(names(claims));
    }));
  });

  it('never lets more go than a cap allows beyond those that went, and holds nobody back without a cap that is full', () => {
    fc.assert(fc.property(anyClaims, fc.array(anyCap, { maxLength: 3 }), (claims, caps) => {
      const blocked = arbitrate(claims, caps, nowMs);
      const open = claims.filter(({ run: { stage }, state }) => stage !== 'over' && state !== 'gone' && !(state === 'waits' && stage === 'paused'));
      const admitted = open.filter((one) => !blocked.has(one));
      const went = claims.filter(({ state }) => state === 'gone');
      for (const one of caps) {
        const added = admitted.filter(({ run: of }) => counts(one, of)).length;
        expect(added === 0 || within(went, one) + added <= one.most).toBe(true);
      }
      for (const [held, why] of blocked) {
        expect(counts(why.cap, held.run)).toBe(true);
        expect(within([...went, ...admitted], why.cap)).toBeGreaterThanOrEqual(why.cap.most);
        expect(why.freeAtMs).toBeGreaterThan(nowMs);
      }
    }));
  });

  it('never prefers somebody of less worth where one cap is all there is', () => {
    fc.assert(fc.property(anyClaims, fc.integer({ min: 1, max: 3 }), (claims, most) => {
      const running = claims.map((one) => ({ ...one, run: { ...one.run, stage: 'running' as const, purpose: 'marketing' as const } }));
      const blocked = arbitrate(running, [cap(most, 1)], nowMs);
      const admitted = running.filter((one) => one.state !== 'gone' && !blocked.has(one));
      for (const held of blocked.keys()) for (const one of admitted) expect(one.run.value).toBeGreaterThanOrEqual(held.run.value);
    }));
  });
});
