import { describe, expect, it } from 'vitest';
import { firstRules, type GateRules } from '../../contract/gate-rules.ts';
import type { GatedRun } from '../../part.ts';
import type { Claim, RivalRun } from './claim.ts';
import { decideOne, type Ground, type KnownPerson } from './decide-one.ts';
import { ageOn, periodsAt } from './periods.ts';

const noon = new Date('2026-06-18T04:00:00Z');
const hour = (hours: number): Date => new Date(noon.getTime() + hours * 3_600_000);
const fine: KnownPerson = {
  personNo: 1, isErased: false, isReachedAlready: false, isExcluded: false, isUniversalControl: false, consent: true, mayPersonalise: true,
  isSuppressed: false, hasAddress: true, hasComplaint: false, age: 30, timeZone: 'Asia/Shanghai', claims: [],
};
function groundOf(given: Partial<GatedRun> = {}, rules: Partial<GateRules> = {}): Ground {
  const run: GatedRun = { runNo: 7, occasionOn: '2026-06-18', programKind: 'campaign', programNo: 7, channel: 'sms', purpose: 'marketing', category: '', expectedValue: '1', sendUntil: null, ...given };
  const rival: RivalRun = { ...run, value: Number(run.expectedValue), stage: 'running' };
  return { run, rival, rules: { ...firstRules, ...rules }, brandZone: 'Asia/Shanghai', periods: periodsAt('Asia/Shanghai', noon) };
}
const claimOf = (run: RivalRun, state: Claim['state'] = 'pending', at = noon): Claim => ({ run, customerNo: 1, occasion: '', occasionOn: '2026-06-18', state, atMs: at.getTime() });
function decide(person: Partial<KnownPerson>, { isControl = false, now = noon, ground = groundOf() }: { isControl?: boolean; now?: Date; ground?: Ground } = {}) {
  const { verdict, reason, nextAt, checks } = decideOne({ ...fine, ...person }, claimOf(ground.rival), isControl, ground, now);
  return [verdict, reason, nextAt?.toISOString() ?? null, checks];
}

describe('what is decided about one person', () => {
  it('is to send where nothing stands against it', () => {
    expect(decide({})).toEqual(['send', 'none', null, null]);
  });

  it('is the first reason that stands against it, in the order of the checks', () => {
    const all: Partial<KnownPerson> = { isErased: true, isReachedAlready: true, isExcluded: true, isUniversalControl: true, consent: false, isSuppressed: true, hasAddress: false, hasComplaint: true, age: 9 };
    const steps: [keyof KnownPerson, KnownPerson[keyof KnownPerson]][] = [
      ['isErased', false], ['isReachedAlready', false], ['isExcluded', false], ['isUniversalControl', false], ['consent', true],
      ['isSuppressed', false], ['hasAddress', true], ['hasComplaint', false], ['age', 20],
    ];
    let person = all;
    const reasons = [decide(person)[1], ...steps.map(([key, value]) => decide((person = { ...person, [key]: value }))[1])];
    expect(reasons).toEqual(['erased', 'merged_already_reached', 'excluded', 'universal_control', 'no_consent', 'suppressed', 'no_address', 'open_complaint', 'minor', 'none']);
  });

  it('holds a control group out for that alone, and keeps what else would have', () => {
    expect(decide({}, { isControl: true })).toEqual(['hold_out', 'control', null, null]);
    expect(decide({ isUniversalControl: true, consent: null }, { isControl: true })).toEqual(['hold_out', 'universal_control', null, { would: 'no_consent' }]);
    expect(decide({ isErased: true }, { isControl: true })[1]).toBe('erased');
  });

  it('lets a message of service pass what is for marketing, and no more', () => {
    const service = { ground: groundOf({ purpose: 'service' }), now: new Date('2026-06-18T19:00:00Z') };
    const marketingOnly: Partial<KnownPerson> = { isExcluded: true, isUniversalControl: true, consent: null, hasComplaint: true, age: 9 };
    expect(decide(marketingOnly, service)[0]).toBe('send');
    for (const against of [{ consent: false }, { isSuppressed: true }, { hasAddress: false }, { isErased: true }]) expect(decide({ ...marketingOnly, ...against }, service)[0]).toBe('refuse');
  });

  it('lets a test pass caps, quiet hours and control groups, and nothing that protects people', () => {
    const test = { ground: groundOf({ programKind: 'test' }), now: new Date('2026-06-18T19:00:00Z'), isControl: true };
    expect(decide({ isUniversalControl: true }, test)[0]).toBe('send');
    for (const against of [{ consent: false }, { consent: null }, { isSuppressed: true }, { hasComplaint: true }, { age: 9 }, { isErased: true }]) expect(decide(against, test)[0]).toBe('refuse');
  });

  it('waits for the end of the night of the person, or drops it where the rule says so', () => {
    const now = new Date('2026-06-18T13:00:00Z');
    expect(decide({}, { now })).toEqual(['defer', 'quiet_hours', '2026-06-19T01:00:00.000Z', null]);
    expect(decide({ timeZone: 'America/New_York' }, { now })[0]).toBe('send');
    const drop = groundOf({}, { quiet: [{ ...firstRules.quiet[0], what: 'drop' }] });
    expect(decide({}, { now, ground: drop })).toEqual(['refuse', 'quiet_hours', null, null]);
    const others = groundOf({}, { quiet: [{ ...firstRules.quiet[0], channels: ['email'] }] });
    expect(decide({}, { now, ground: others })[0]).toBe('send');
  });

  it('does not wait beyond its own time', () => {
    const now = new Date('2026-06-18T13:00:00Z');
    expect(decide({}, { now, ground: groundOf({ sendUntil: new Date('2026-06-19T01:00:00Z') }) })).toEqual(['refuse', 'quiet_hours', null, null]);
    expect(decide({}, { now, ground: groundOf({ sendUntil: now }) })[1]).toBe('too_old');
  });

  it('waits for a place, and comes by day', () => {
    const other = { ...groundOf().rival, runNo: 3, programNo: 3, value: 9 };
    const went = claimOf(other, 'gone', hour(-8));
    // 24 hours after it went is four in the morning: the night is waited for too.
    expect(decide({ claims: [went] }).slice(0, 3)).toEqual(['defer', 'frequency_cap', '2026-06-19T01:00:00.000Z']);
    expect(decide({ claims: [claimOf(other)] })).toEqual(['defer', 'outranked', '2026-06-19T04:00:00.000Z', { cap: firstRules.caps[0], winner: { kind: 'campaign', no: 3, run: 3, value: 9 } }]);
  });

  it('takes the place of somebody of less worth, who then waits by the hours of their own channel', () => {
    const ground = groundOf({}, { quiet: [{ ...firstRules.quiet[0], from: '11:00', until: '13:30', channels: ['email'] }] });
    const mail = { ...ground.rival, runNo: 3, programNo: 3, channel: 'email' as const, value: 0 };
    const pending = claimOf(mail);
    const ruling = decideOne({ ...fine, claims: [pending] }, claimOf(ground.rival), false, ground, noon);
    expect(ruling).toMatchObject({ verdict: 'send', displaced: [{ claim: pending, ruling: { verdict: 'defer', reason: 'outranked', nextAt: new Date('2026-06-19T05:30:00Z') } }] });
  });

  it('counts what a platform allows a person by its own calendar', () => {
    const ground = groundOf({}, { caps: [], quotas: [{ channel: 'sms', of: 'person', per: 'month', most: 2 }, { channel: 'email', of: 'person', per: 'day', most: 1 }] });
    const went = (at: string, state: Claim['state'] = 'gone') => claimOf({ ...ground.rival, runNo: 3 }, state, new Date(at));
    expect(decide({ claims: [went('2026-06-01T00:00:00Z'), went('2026-05-31T15:59:00Z')] }, { ground })[0]).toBe('send');
    expect(decide({ claims: [went('2026-05-31T16:00:00Z'), went('2026-06-18T03:00:00Z', 'pending')] }, { ground }).slice(0, 3)).toEqual(['defer', 'platform_quota', '2026-07-01T01:00:00.000Z']);
  });

  it('asks for an age where one is asked for', () => {
    expect(decide({ age: 13 })[1]).toBe('minor');
    expect(decide({ age: 14 })[0]).toBe('send');
    expect(decide({ age: null })[0]).toBe('send');
    expect(decide({ age: null }, { ground: groundOf({}, { reachesUnknownAge: false }) })).toEqual(['refuse', 'minor', null, { age: 'unknown' }]);
    expect(decide({ age: 3 }, { ground: groundOf({}, { leastAge: null }) })[0]).toBe('send');
  });

  it('counts years that are complete', () => {
    expect([ageOn('2026-06-18', '2012-06-18'), ageOn('2026-06-17', '2012-06-18'), ageOn('2026-02-28', '2012-02-29'), ageOn('2026-03-01', '2012-02-29')]).toEqual([14, 13, 13, 14]);
  });

  it('knows the day and the month of a place, also where a month ends with the year', () => {
    const { day, month } = periodsAt('Asia/Shanghai', new Date('2026-12-31T15:59:59Z'));
    expect([day.beginsOn, new Date(day.endsMs).toISOString(), month.beginsOn, new Date(month.endsMs).toISOString()]).toEqual(['2026-12-31', '2026-12-31T16:00:00.000Z', '2026-12-01', '2026-12-31T16:00:00.000Z']);
  });
});
