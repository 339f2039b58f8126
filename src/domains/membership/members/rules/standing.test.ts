import { describe, expect, it } from 'vitest';
import type { Member } from '../read-members.ts';
import { currentOf } from '../join.ts';
import { shownMembership, shownTier, waysOf } from '../shown.ts';
import { sampleProgramme } from '../../../../../test/sample-programme.ts';
import { standingOf } from './standing.ts';

const day = (text: string): Date => new Date(`2026-${text}T00:00:00Z`);
const row = (customerNo: number, tier: string, changes: Partial<Member> = {}): Member => ({
  customerNo, tier, joinedAt: day('01-01'), joinedBy: 'policy', leftAt: null, tierSince: day('02-01'), cycleStart: day('02-01'),
  reviewAt: null, graceUntil: null, dueAt: null, versionNo: 1, ...changes,
});
const tiers = ['silver', 'gold', 'black'];

describe('where a person stands who was merged (case 18)', () => {
  it('is the higher tier of their numbers, with the clock of that one', () => {
    const standing = standingOf([1, 2], [row(1, 'silver'), row(2, 'gold', { reviewAt: day('09-01') })], tiers);
    expect(standing).toMatchObject({ tier: 'gold', member: { customerNo: 2, reviewAt: day('09-01') }, accounts: [1, 2] });
  });

  it('is, of equal tiers, the one that holds longer', () => {
    const ends = (customerNo: number, reviewAt: Date | null, graceUntil: Date | null = null) => row(customerNo, 'gold', { reviewAt, graceUntil });
    expect(standingOf([1, 2], [ends(1, day('08-01')), ends(2, day('09-01'))], tiers).member.customerNo).toBe(2);
    expect(standingOf([1, 2], [ends(1, null), ends(2, day('09-01'))], tiers).member.customerNo).toBe(1);
    expect(standingOf([1, 2], [ends(1, day('06-01'), day('10-01')), ends(2, day('09-01'))], tiers).member.customerNo).toBe(1);
  });

  it('began when the first of them joined, and leaves out those who left', () => {
    const rows = [row(1, 'silver', { joinedAt: day('03-01') }), row(2, 'silver', { joinedAt: day('02-01') }), row(3, 'black', { leftAt: day('04-01') })];
    expect(standingOf([1, 2, 3], rows, tiers)).toMatchObject({ tier: 'silver', joinedAt: day('02-01') });
    expect(currentOf(rows)?.customerNo).toBe(2);
    expect(currentOf([rows[2]])).toBeUndefined();
  });

  it('puts a tier that no version has any more below all others', () => {
    expect(standingOf([1, 2], [row(1, 'old'), row(2, 'silver')], tiers).tier).toBe('silver');
  });
});

describe('a membership as it is shown', () => {
  const versions = [
    { versionNo: 1, startsAt: 1, definition: sampleProgramme() },
    { versionNo: 2, startsAt: 2, definition: sampleProgramme({ tiers: [{ key: 'silver', names: { en: 'Silver leaf' }, color: '#aabbcc', icon: 'leaf', entry: 0, keep: null, debtLimit: 0 }] }) },
  ];

  it('names a tier as its newest version does, in the language of the reader, and one that is gone as it was called', () => {
    expect(shownTier(versions, 'silver', 'zh-CN')).toEqual({ key: 'silver', name: 'Silver leaf', color: '#aabbcc' });
    expect(shownTier(versions, 'gold', 'zh-CN').name).toBe('gold会员');
    expect(shownTier(versions, 'never', 'en')).toMatchObject({ key: 'never', name: 'never' });
  });

  it('says how somebody came to it, and by which channel where that is known', () => {
    expect(waysOf('policy')).toEqual({ joinedBy: 'policy', channel: null });
    expect(waysOf('order:官网')).toEqual({ joinedBy: 'order', channel: '官网' });
    expect(waysOf('asked:a:b')).toEqual({ joinedBy: 'asked', channel: 'a:b' });
  });

  it('has moments as text, or nothing where there are none', () => {
    const shown = shownMembership(7, row(9, 'gold', { joinedBy: 'order:官网', leftAt: day('05-01') }), day('01-01'), shownTier(versions, 'gold', 'en'));
    expect(shown).toMatchObject({ customerNo: 7, joinedBy: 'order', channel: '官网', leftAt: '2026-05-01T00:00:00.000Z', reviewAt: null, graceUntil: null, tier: { name: 'gold' } });
  });
});
