import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../kernel/day.ts';
import type { PriceRule } from '../../contract/benefits.ts';
import { birthdaysDue, bornOn } from './birthday.ts';
import { giftCycle } from './gift-cycle.ts';
import { giftsOfChange } from './gifts-of-change.ts';
import { lowestMemberPrice, memberPriceOf } from './member-price.ts';

const zone = 'Asia/Shanghai';
const at = (text: string): number => Date.parse(`${text}T00:00:00+08:00`);

describe('the cycle a gift counts in', () => {
  it('is that of an earlier gift of the tier for as long as it lasts, however often the tier is lost and reached (case 27)', () => {
    const march = at('2026-03-01');
    expect(giftCycle({ at: at('2026-06-18'), cycleStart: at('2026-06-18') }, [march], 12, zone)).toBe(march);
    expect(giftCycle({ at: at('2027-02-28'), cycleStart: at('2027-02-28') }, [march], 12, zone)).toBe(march);
    expect(giftCycle({ at: at('2027-03-01'), cycleStart: at('2027-03-01') }, [march], 12, zone)).toBe(at('2027-03-01'));
  });

  it('is the one of the move where there was no gift, and the first of two that overlap', () => {
    expect(giftCycle({ at: 5, cycleStart: 3 }, [], 12, zone)).toBe(3);
    expect(giftCycle({ at: at('2026-06-18'), cycleStart: at('2026-06-18') }, [at('2026-05-01'), at('2026-03-01')], 12, zone)).toBe(at('2026-03-01'));
  });

  it('ends with the last day of a month that is shorter, and is not one that begins later', () => {
    expect(giftCycle({ at: at('2026-02-28'), cycleStart: at('2026-02-28') }, [at('2026-01-31')], 1, zone)).toBe(at('2026-02-28'));
    expect(giftCycle({ at: at('2026-01-01'), cycleStart: at('2026-01-01') }, [at('2026-05-01')], 12, zone)).toBe(at('2026-01-01'));
  });
});

describe('which gifts a move brings', () => {
  const tiers = ['silver', 'gold', 'platinum', 'black'];
  const benefit = (benefitId: number, kind: string, of: string[], startsAt = 0, endsAt: number | null = null) => ({ benefitId, kind, tiers: of, startsAt, endsAt });
  const benefits = [benefit(1, 'joining', tiers), benefit(2, 'upgrade', ['gold']), benefit(3, 'upgrade', ['platinum', 'black']), benefit(4, 'birthday', tiers)];
  const gifts = (change: Partial<Parameters<typeof giftsOfChange>[0]>, passed: 'all' | 'final' = 'all', of = benefits) =>
    giftsOfChange({ kind: 'rise', fromTier: 'silver', toTier: 'gold', at: 10, ...change }, tiers, passed, of).map(({ benefit: { benefitId }, tier }) => [benefitId, tier]);

  it('are those of every tier passed, or of the final one, by setting (case 30)', () => {
    expect(gifts({ toTier: 'black' }, 'all')).toEqual([[2, 'gold'], [3, 'platinum'], [3, 'black']]);
    expect(gifts({ toTier: 'black' }, 'final')).toEqual([[3, 'black']]);
    expect(gifts({ fromTier: 'gold', toTier: 'black' })).toEqual([[3, 'platinum'], [3, 'black']]);
  });

  it('are none for going down by any number of levels, for keeping a tier, or for one that staff gave (case 30)', () => {
    for (const kind of ['drop', 'renew', 'grace', 'grant', 'grant_end', 'leave']) expect(gifts({ kind, fromTier: 'black', toTier: 'silver' })).toEqual([]);
  });

  it('are those of joining when somebody joins, and those of a tier that is not in the programme any more still its own', () => {
    expect(gifts({ kind: 'join', fromTier: null, toTier: 'silver' })).toEqual([[1, 'silver']]);
    expect(gifts({ toTier: 'old' }, 'all', [benefit(5, 'upgrade', ['old'])])).toEqual([[5, 'old']]);
  });

  it('are none for what happened before a benefit began, nor from its end on', () => {
    expect(gifts({ at: 9 }, 'all', [benefit(1, 'upgrade', ['gold'], 10)])).toEqual([]);
    expect(gifts({ at: 10 }, 'all', [benefit(1, 'upgrade', ['gold'], 10, 11)])).toEqual([[1, 'gold']]);
    expect(gifts({ at: 11 }, 'all', [benefit(1, 'upgrade', ['gold'], 10, 11)])).toEqual([]);
  });
});

describe('birthdays', () => {
  it('of 29 February are celebrated on the 28th in other years', () => {
    expect(bornOn('2026-02-28')).toEqual(['02-28', '02-29']);
    expect(bornOn('2028-02-28')).toEqual(['02-28']);
    expect(bornOn('2028-02-29')).toEqual(['02-29']);
    expect(bornOn('2100-02-28')).toEqual(['02-28', '02-29']);
  });

  it('come once a year each, whichever year it is', () => {
    for (const year of [2026, 2028]) {
      const seen: string[] = [];
      for (let day = `${year}-01-01`; day.startsWith(String(year)); day = addDays(day, 1)) seen.push(...bornOn(day));
      expect([seen.length, new Set(seen).size]).toEqual([366, 366]);
    }
  });

  it('are due some days before, and count for the year of the birthday', () => {
    expect(birthdaysDue('2026-12-28', 7)).toEqual({ year: 2027, monthDays: ['01-04'] });
    expect(birthdaysDue('2026-06-18', 0)).toEqual({ year: 2026, monthDays: ['06-18'] });
  });
});

describe('a member price', () => {
  const tea = { productId: 'T1', category: '饮品/茶叶/绿茶', listPrice: 1_000_000n };
  const percent = (on: PriceRule['on'], text: string): PriceRule => ({ on, by: { kind: 'percent', percent: text } });
  const fixed = (on: PriceRule['on'], price: string): PriceRule => ({ on, by: { kind: 'price', price } });
  const everything = { kind: 'everything' } as const;
  const category = (key: string) => ({ kind: 'category', key }) as const;

  it('is that of the rule closest to the product, not the cheapest one', () => {
    const rules = [percent(everything, '30'), percent(category('饮品'), '20'), percent(category('饮品/茶叶'), '5')];
    expect(memberPriceOf(rules, tea)?.price).toBe(950_000n);
    expect(memberPriceOf([...rules, fixed({ kind: 'product', key: 'T1' }, '99')], tea)?.price).toBe(990_000n);
    expect(memberPriceOf(rules, { ...tea, category: null })?.price).toBe(700_000n);
    expect(memberPriceOf([percent(category('饮'), '20')], tea)).toBeNull();
  });

  it('is rounded to a cent, half a cent upwards, and exact', () => {
    expect(memberPriceOf([percent(everything, '12.5')], { ...tea, listPrice: 199_900n })?.price).toBe(174_900n);
    expect(memberPriceOf([percent(everything, '50')], { ...tea, listPrice: 100n })?.price).toBeUndefined();
    expect(memberPriceOf([percent(everything, '50')], { ...tea, listPrice: 300n })?.price).toBe(200n);
    expect(memberPriceOf([percent(everything, '100')], tea)?.price).toBe(0n);
  });

  it('never makes anything dearer', () => {
    expect(memberPriceOf([fixed(everything, '100')], tea)).toBeNull();
    expect(memberPriceOf([fixed(everything, '120')], tea)).toBeNull();
  });

  it('is the lowest of all benefits of a member', () => {
    const [a, b] = [{ name: 'a', prices: [percent(everything, '5')] }, { name: 'b', prices: [fixed({ kind: 'product', key: 'T1' }, '90')] }];
    expect(lowestMemberPrice([a, b], tea)).toMatchObject({ price: 900_000n, benefit: { name: 'b' } });
    expect(lowestMemberPrice([a, b], { ...tea, productId: 'T2' })).toMatchObject({ price: 950_000n, benefit: { name: 'a' } });
    expect(lowestMemberPrice([], tea)).toBeNull();
  });
});
