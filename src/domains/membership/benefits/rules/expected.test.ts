import { describe, expect, it } from 'vitest';
import type { BenefitDefinition } from '../../contract/benefits.ts';
import { expectedOf, type KnownOfBenefit } from './expected.ts';

const day = 86_400_000;
const start = Date.parse('2026-01-01T00:00:00Z');
const money = (yuan: number): bigint => BigInt(yuan) * 10_000n;
/** Halfway through a year of 360 days. */
const known = (more: Partial<KnownOfBenefit> = {}): KnownOfBenefit => (
  { now: start + 180 * day, startsAt: start, until: start + 360 * day, leftInAll: null, each: money(5), soFar: money(900), lately: 0n, members: 0, changes: 0, ...more });
const gifts = [{ giver: 'points', of: '', amount: 1 }];
const said = (promise: BenefitDefinition['promise'], perMember: BenefitDefinition['limits']['perMember'] = null, planned: bigint | null = null) => ({ promise, planned, limits: { perMember, inAll: null } });
const shipping = { kind: 'free_shipping' as const, from: '0' };
const told = (...given: Parameters<typeof expectedOf>) => {
  const found = expectedOf(...given);
  return found && [found.basis, Number(found.amount) / 10_000];
};

describe('what a benefit is expected to cost', () => {
  it('is the most it can come to where there is so much of it, and what was planned where that was said', () => {
    expect(told(said(shipping, null, money(2_000)), known({ leftInAll: 100, lately: money(1) }))).toEqual(['limit', 1_400]);
    expect(told(said(shipping, null, money(2_000)), known({ lately: money(1) }))).toEqual(['planned', 2_000]);
    expect(told(said(shipping, null, money(100)), known())).toEqual(['planned', 900]);
  });

  it('goes on as it went in the last 90 days, once it went for four weeks', () => {
    expect(told(said(shipping), known({ lately: money(450) }))).toEqual(['used', 1_800]);
    const young = (days: number) => known({ now: start + days * day, soFar: money(30), lately: money(30) });
    expect(told(said(shipping), young(27))).toBeNull();
    expect(told(said(shipping), young(30))).toEqual(['used', 360]);
  });

  it('is by who joins and rises, by birthdays, or by how often each member may use it', () => {
    expect(told(said({ kind: 'joining', gifts }), known({ changes: 45 }))).toEqual(['changes', 1_350]);
    expect(told(said({ kind: 'birthday', gifts, daysBefore: 0 }), known({ members: 730 }))).toEqual(['members', 900 + 360 * 5]);
    expect(told(said(shipping, { times: 2, period: 'ever' }), known({ members: 10 }))).toEqual(['members', 1_000]);
    expect(told(said(shipping, { times: 1, period: 'day' }), known({ members: 1 }))).toEqual(['members', 1_800]);
    expect(told(said(shipping, { times: 1, period: 'year' }), known({ members: 10, until: start + 200 * day }))).toEqual(['members', 950]);
  });

  it('cannot be told of what everybody may use as often as they like, nor where nobody has it', () => {
    for (const nothing of [said(shipping), said({ kind: 'upgrade', gifts }), said(shipping, { times: 1, period: 'month' })]) expect(expectedOf(nothing, known())).toBeNull();
  });

  it('is what it cost when its time is over', () => {
    expect(told(said(shipping), known({ lately: money(90), until: start + 100 * day }))).toEqual(['used', 900]);
  });
});
