import { describe, expect, it } from 'vitest';
import { sampleProgramme } from '../../../../../test/sample-programme.ts';
import { policyAt } from './policy.ts';

const version = (versionNo: number, startsAt: number, joining: object = {}, settlement: 'by_rules' | 'opening_balances' = 'by_rules') =>
  ({ versionNo, startsAt, definition: sampleProgramme({ joining, settlement }) });

describe('the policy that makes members by itself', () => {
  it('is none before a programme begins, nor where people join by asking', () => {
    expect(policyAt([], 100)).toBeNull();
    expect(policyAt([version(1, 200)], 100)).toBeNull();
    expect(policyAt([version(1, 50, { who: 'application' })], 100)).toBeNull();
  });

  it('is that of the version in force, whatever comes later', () => {
    const policy = policyAt([version(1, 50), version(2, 200, { who: 'everybody' })], 100);
    expect(policy?.joining.who).toBe('buyers');
    expect(policy?.versions.map(({ versionNo }) => versionNo)).toEqual([1]);
  });

  it('counts from the beginning of history, or from that of the programme', () => {
    expect(policyAt([version(1, 50)], 100)?.since).toBeNull();
    expect(policyAt([version(1, 50, {}, 'opening_balances')], 100)?.since).toBe(50);
  });

  it('counts from when it was changed to what it is, across versions that say the same', () => {
    const versions = [version(1, 10, { who: 'application' }), version(2, 20), version(3, 30), version(4, 40)];
    expect(policyAt(versions, 100)?.since).toBe(20);
    expect(policyAt([...versions, version(5, 50, { channels: ['官网'] })], 100)?.since).toBe(50);
    expect(policyAt([...versions, version(5, 50, { channels: ['官网'] }), version(6, 60)], 100)?.since).toBe(60);
  });

  it('is the same one for as long as it lets in the same people since the same day', () => {
    const [first, second] = [version(1, 10), version(2, 20)];
    const other = version(2, 20, { consent: { channel: 'sms', purpose: 'marketing' } });
    expect(policyAt([first, second], 100)?.key).toBe(policyAt([first], 100)?.key);
    expect(policyAt([first, other], 100)?.key).not.toBe(policyAt([first], 100)?.key);
    expect(policyAt([first, version(2, 20, { counts: 'after_joining' })], 100)?.key).toBe(policyAt([first], 100)?.key);
  });
});
