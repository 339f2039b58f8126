import { describe, expect, it } from 'vitest';
import { sampleProgramme } from '../../../../../test/sample-programme.ts';
import { type Candidate, joiningAt, refusalOf } from './joining.ts';

const joining = (changes: object = {}) => sampleProgramme({ joining: changes }).joining;
const candidate = (changes: Partial<Candidate> = {}): Candidate => ({ way: 'policy', channel: null, hasOrdered: false, agrees: false, hasLeft: false, ...changes });

describe('who may join', () => {
  it('is everybody, who has bought, or who asks, by policy', () => {
    expect(refusalOf(joining({ who: 'everybody' }), candidate())).toBeNull();
    expect(refusalOf(joining(), candidate())).toBe('no_order');
    expect(refusalOf(joining(), candidate({ hasOrdered: true }))).toBeNull();
    expect(refusalOf(joining(), candidate({ way: 'asked' }))).toBe('no_order');
    expect(refusalOf(joining({ who: 'application' }), candidate({ way: 'order', hasOrdered: true }))).toBe('policy');
    expect(refusalOf(joining({ who: 'application' }), candidate({ way: 'asked' }))).toBeNull();
  });

  it('comes by a channel of the policy, and agrees to what it asks for', () => {
    const strict = joining({ channels: ['官网'], consent: { channel: 'sms', purpose: 'marketing' } });
    expect(refusalOf(strict, candidate({ hasOrdered: true, channel: '天猫', agrees: true }))).toBe('channel');
    expect(refusalOf(strict, candidate({ hasOrdered: true, agrees: true }))).toBe('channel');
    expect(refusalOf(strict, candidate({ hasOrdered: true, channel: '官网' }))).toBe('consent');
    expect(refusalOf(strict, candidate({ hasOrdered: true, channel: '官网', agrees: true }))).toBeNull();
  });

  it('is whom staff enter, of any channel and without an order, but never without the consent', () => {
    const strict = joining({ channels: ['官网'], consent: { channel: 'sms', purpose: 'marketing' } });
    expect(refusalOf(strict, candidate({ way: 'staff', agrees: true }))).toBeNull();
    expect(refusalOf(strict, candidate({ way: 'staff' }))).toBe('consent');
  });

  it('is nobody who left, unless they ask or staff let them back in', () => {
    for (const way of ['order', 'policy'] as const) expect(refusalOf(joining({ who: 'everybody' }), candidate({ way, hasLeft: true }))).toBe('left');
    for (const way of ['asked', 'staff'] as const) expect(refusalOf(joining({ who: 'everybody' }), candidate({ way, hasLeft: true }))).toBeNull();
  });
});

describe('when somebody joins', () => {
  const version = (versionNo: number, startsAt: number, settlement: 'by_rules' | 'opening_balances' = 'by_rules') => ({ versionNo, startsAt, definition: sampleProgramme({ settlement }) });

  it('is when it happened, under the version of that time', () => {
    const versions = [version(1, 100), version(2, 200)];
    expect(joiningAt(versions, 150, 300)).toMatchObject({ version: { versionNo: 1 }, at: 150 });
    expect(joiningAt(versions, 200, 300)).toMatchObject({ version: { versionNo: 2 }, at: 200 });
  });

  it('is, of what was before the first version, then by the rules, or its beginning with opening balances', () => {
    expect(joiningAt([version(1, 100)], 50, 300)).toMatchObject({ version: { versionNo: 1 }, at: 50 });
    expect(joiningAt([version(1, 100, 'opening_balances')], 50, 300)).toMatchObject({ version: { versionNo: 1 }, at: 100 });
  });

  it('is never while no version has begun', () => {
    expect(joiningAt([], 50, 300)).toBeNull();
    expect(joiningAt([version(1, 400)], 50, 300)).toBeNull();
  });
});
