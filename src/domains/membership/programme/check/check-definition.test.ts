import { describe, expect, it } from 'vitest';
import { plainItem } from '../../../../../test/mall-shop.ts';
import { sampleProgramme } from '../../../../../test/sample-programme.ts';
import { createSay } from '../../../../platform/i18n.ts';
import type { Multiplier, ProgrammeDefinition, Tier } from '../../contract/programme.ts';
import { readyMade } from '../ready-made/ready-made.ts';
import { createWords } from '../words/phrase.ts';
import { checkDefinition } from './check-definition.ts';
import type { CheckedAgainst } from './finding.ts';

const brand = { name: '常青', timeZone: 'Asia/Shanghai', currency: 'CNY' };
const nothing: CheckedAgainst = { before: null, held: new Map(), known: { products: new Set(['P-1']), categories: new Set(['茶叶']), channels: new Set(['天猫']) }, redeemed: null };
const today = '2026-06-18';
const say = createSay();

/** What is found, as a reader of English sees it. */
function told(definition: ProgrammeDefinition, against: Partial<CheckedAgainst> = {}): string[] {
  const words = createWords(say, 'en', brand, definition.tiers);
  return checkDefinition(definition, { ...nothing, ...against }, today).map(({ level, path, phrase }) => `${level} ${path}: ${words.say(phrase)}`);
}

const tier = (key: string, entry: number, keep: number | null, more: Partial<Tier> = {}): Tier =>
  ({ key, names: { en: key, 'zh-CN': `${key}会员` }, color: `#0000${entry.toString(16).padStart(2, '0').slice(-2)}`, icon: 'star', entry, keep, debtLimit: 0, ...more });
/** The plain programme with nothing about it that would be told of. */
const programme = (changes: Parameters<typeof sampleProgramme>[0] = {}): ProgrammeDefinition =>
  sampleProgramme({ tiers: [tier('silver', 0, null), tier('gold', 1_000, 800), tier('black', 5_000, 4_000)], ...changes });
const tiers = (...given: Tier[]): ProgrammeDefinition => programme({ tiers: [tier('silver', 0, null), ...given] });
const multiplier = (factor: string, when: Multiplier['when'], key = 'extra'): Multiplier => ({ key, names: { en: 'Extra' }, when, factor });
const points = (changes: Partial<ProgrammeDefinition['points']>): ProgrammeDefinition => programme({ points: changes });
const onBirthdays: Multiplier['when'] = { kind: 'birthday', span: 'month' };

describe('a definition', () => {
  it.each(Object.entries(readyMade))('that is ready made can be published as it is: %s', (_name, make) => {
    expect(told(make())).toEqual([]);
  });

  it.each([
    [
      'a first tier with a threshold',
      programme({ tiers: [tier('silver', 10, null), tier('gold', 1_000, 800)] }),
      'wrong tiers.0.entry: The first tier, silver, is reached by joining: its threshold has to be 0.',
    ],
    [
      'a first tier to be kept',
      programme({ tiers: [tier('silver', 0, 5)] }),
      'wrong tiers.0.keep: Nobody drops below the first tier, silver: leave out what it takes to keep it.',
    ],
    [
      'thresholds that overlap',
      tiers(tier('gold', 1_000, 800), tier('black', 1_000, 900, { color: '#123456' })),
      'wrong tiers.2.entry: black and gold both begin at 1,000 growth. Set black higher.',
    ],
    [
      'thresholds that fall',
      tiers(tier('gold', 1_000, 500), tier('black', 900, 800)),
      'wrong tiers.2.entry: black begins at 900 growth, below gold at 1,000. Set it higher, or change the order of tiers.',
    ],
    [
      'a standard above the threshold (case 24: it is a standard of its own)',
      tiers(tier('gold', 1_000, 1_001)),
      'wrong tiers.1.keep: gold takes 1,001 growth to keep and 1,000 to reach: who just reached it could not keep it. Set the first at most as high as the second.',
    ],
    [
      'a standard of nothing',
      tiers(tier('gold', 1_000, 0)),
      'wrong tiers.1.keep: gold takes no growth to keep. Say how much, or keep it for good.',
    ],
    [
      'standards that fall',
      tiers(tier('gold', 1_000, 900), tier('black', 5_000, 800)),
      'wrong tiers.2.keep: black takes 800 growth to keep, less than gold with 900. Set it at least as high.',
    ],
    [
      'two tiers of one key',
      tiers(tier('gold', 1_000, 900), tier('gold', 2_000, 1_900, { names: { en: 'other' } })),
      'wrong tiers.2.key: Two tiers have the key gold. Give one of them another.',
    ],
    [
      'two tiers of one name',
      tiers(tier('gold', 1_000, 900), tier('black', 2_000, 1_900, { names: { en: 'gold' } })),
      'wrong tiers.2.names.en: Two tiers are called “gold”. Give one of them another name.',
    ],
    [
      'tiers that look alike',
      tiers(tier('gold', 1_000, 900, { color: '#000000' })),
      'hint tiers.1.color: gold looks exactly like another tier.',
    ],
    [
      'a debt that nobody can have',
      tiers(tier('gold', 1_000, 900, { debtLimit: 5 })),
      'hint tiers.1.debtLimit: gold may owe points, but returns leave no debt: this has no effect.',
    ],
    [
      'standards where nobody drops',
      programme({ tierRules: { drop: 'none' } }),
      'hint tierRules.drop: Tiers have standards to be kept, but nobody drops: these have no effect.',
    ],
    [
      'nothing that brings growth',
      programme({ growth: { perMoney: { amount: 0, per: '1' } } }),
      'wrong growth.perMoney.amount: Nothing brings growth, so nobody reaches gold. Give some for spending, orders or activities.',
    ],
    [
      'growth for no money',
      programme({ growth: { perMoney: { amount: 1, per: '0' } } }),
      'wrong growth.perMoney.per: The amount of money has to be above zero.',
    ],
    [
      'an activity that brings nothing',
      programme({ growth: { activities: { task: 0 } } }),
      'hint growth.activities.task: The activity task brings no growth.',
    ],
    [
      'periods that wander through the year',
      programme({ tierRules: { clock: { kind: 'calendar', months: 5, startMonth: 1 } } }),
      'wrong tierRules.clock.months: Periods of 5 months do not fit into years. Take 1, 2, 3, 4, 6, 12 or whole years.',
    ],
    [
      'a grace longer than a cycle',
      programme({ tierRules: { clock: { kind: 'rolling', months: 1, startMonth: 1 }, graceDays: 28 } }),
      'wrong tierRules.graceDays: A grace of 28 days is longer than a cycle of 1 months. Make it shorter.',
    ],
    [
      'tiers that are kept longer than a cycle',
      programme({ tierRules: { minimumDays: 500 } }),
      'hint tierRules.minimumDays: A tier is kept for 500 days at least, which is longer than a cycle with its grace: reviews wait for it.',
    ],
    [
      'reviews of what is kept for good',
      tiers(tier('gold', 1_000, null)),
      'hint tierRules.clock: All tiers are kept for good: reviews have no effect.',
    ],
    [
      'a channel from which nobody came',
      programme({ joining: { channels: ['天猫', '京东'] } }),
      'hint joining.channels.1: No order has come by the channel “京东” so far. Check how it is written.',
    ],
    [
      'a rate of zero',
      points({ rate: { amount: 0, per: '1' } }),
      'wrong points.rate.amount: A rate of zero gives nobody any points. Set at least 1; to stop for a while, pause the programme.',
    ],
    [
      'points for no money',
      points({ rate: { amount: 1, per: '0.0' } }),
      'wrong points.rate.per: The amount of money has to be above zero.',
    ],
    [
      'more points from nothing on',
      points({ thresholds: [{ from: '0', points: 5 }] }),
      'wrong points.thresholds.0.from: The amount of the order has to be above zero.',
    ],
    [
      'no more points',
      points({ thresholds: [{ from: '10', points: 0 }] }),
      'wrong points.thresholds.0.points: This gives no points. Say how many, or take it out.',
    ],
    [
      'amounts that fall',
      points({ thresholds: [{ from: '500', points: 10 }, { from: '500.00', points: 20 }] }),
      'wrong points.thresholds.1.from: An order of ¥500.00 is not above the one before, ¥500.00. Put them in ascending order.',
    ],
    [
      'less for more',
      points({ thresholds: [{ from: '500', points: 10 }, { from: '600', points: 10 }] }),
      'wrong points.thresholds.1.points: An order of ¥600.00 gives 10 points, no more than 10 of the one before. Give more for more.',
    ],
    [
      'a limit of zero',
      points({ caps: { perOrder: 0, perDay: null, perMonth: null } }),
      'wrong points.caps.perOrder: A limit of zero gives nobody any points. Say how many, or set no limit.',
    ],
    [
      'a month below its days',
      points({ caps: { perOrder: 5, perDay: 100, perMonth: 99 } }),
      'wrong points.caps.perMonth: At most 99 points a month is less than 100 a day. Set it higher, or set no limit.',
    ],
    [
      'points that end before they count',
      points({ pendingDays: 28, expiry: { kind: 'duration', months: 1, roundTo: 'day' } }),
      'wrong points.pendingDays: Points can be spent after 28 days and end after 1 months: they would end before they can be spent.',
    ],
    [
      'points that can end before they count',
      points({ pendingDays: 7, expiry: { kind: 'end_of_period', period: 'month', periods: 0 } }),
      'hint points.expiry.periods: Points earned shortly before they end can be spent only after 7 days, so some end before that.',
    ],
    [
      'points that end on a day that never is',
      points({ expiry: { kind: 'fixed_date', month: 2, day: 30, afterMonths: 6 } }),
      'wrong points.expiry.day: There is no day 30 in February. Choose another.',
    ],
    [
      'points that end on 29 February (case 20: years differ)',
      points({ expiry: { kind: 'fixed_date', month: 2, day: 29, afterMonths: 6 } }),
      'hint points.expiry.day: Most years have no 29 February: in those, 28 February counts.',
    ],
    [
      'points that pay nothing of a bill',
      points({ mostOfBill: 0 }),
      'hint points.mostOfBill: Points are worth something, but may pay 0% of a bill: this has no effect.',
    ],
    [
      'a multiplier of one',
      points({ multipliers: [multiplier('1.00', onBirthdays)] }),
      'hint points.multipliers.0.factor: “Extra” multiplies by one: this has no effect.',
    ],
    [
      'a multiplier of a thousand',
      points({ multipliers: [multiplier('1000', onBirthdays)] }),
      'approval points.multipliers.0.factor: “Extra” gives 1,000 times as many points, more than 10 times.',
    ],
    [
      'multipliers that come to too much together',
      points({ multipliers: [multiplier('5', onBirthdays), multiplier('3', { kind: 'channel', channels: ['天猫'] }, 'more')] }),
      'approval points.combine: All that can apply at once come to 15 times as many points, more than 10 times.',
    ],
    [
      'two multipliers of one key',
      points({ combine: 'highest', multipliers: [multiplier('2', onBirthdays), multiplier('3', onBirthdays)] }),
      'wrong points.multipliers.1.key: Two of these have the key extra. Give one of them another.',
    ],
    [
      'a tier that is not there',
      points({ multipliers: [multiplier('2', { kind: 'tier', tiers: ['gold', 'platinum'] })] }),
      'wrong points.multipliers.0.when.tiers.1: There is no tier with the key platinum. Choose one that is there.',
    ],
    [
      'a product that is not there',
      points({ multipliers: [multiplier('2', { kind: 'product', products: ['P-1', 'P-9'] })] }),
      'wrong points.multipliers.0.when.products.1: There is no product with the number P-9. Check the number.',
    ],
    [
      'a category that is not there',
      points({ multipliers: [multiplier('2', { kind: 'category', categories: ['咖啡'] })] }),
      'hint points.multipliers.0.when.categories.0: No product is of the category “咖啡” so far. Check how it is written.',
    ],
    [
      'days that are over',
      points({ multipliers: [multiplier('2', { kind: 'member_day', days: { by: 'date', dates: ['2026-06-18', '2025-11-11'] } })] }),
      'hint points.multipliers.0.when.days.dates: All these days are over: this has no effect.',
    ],
    [
      'points that give back a quarter',
      points({ rate: { amount: 25, per: '1' } }),
      'approval points.worth: Points give back 25% of what is spent.',
    ],
  ])('with %s is told of, once, at its field', (_what, definition, sentence) => {
    expect(told(definition)).toEqual([sentence]);
  });

  it.each(Object.entries(readyMade))('case 15: what points and gift cards paid earns nothing unless somebody says so: %s', (_name, make) => {
    const { points, growth } = make();
    for (const counts of [points.counts, growth.counts]) {
      expect(counts).toMatchObject({ pointsPaid: false, giftCardPaid: false, couponPaid: false });
    }
  });

  it('may multiply by zero: some things earn nothing', () => {
    expect(told(points({ multipliers: [multiplier('0', { kind: 'category', categories: ['茶叶'] })] }))).toEqual([]);
  });

  it('says everything that is wrong at once, the worst first', () => {
    const found = told(programme({ points: { rate: { amount: 0, per: '1' }, mostOfBill: 0, multipliers: [multiplier('1000', onBirthdays)] }, tierRules: { drop: 'none' } }));
    expect(found.map((each) => each.split(':')[0])).toEqual(['wrong points.rate.amount', 'approval points.multipliers.0.factor', 'hint tierRules.drop', 'hint points.mostOfBill']);
  });
});

describe('a definition that follows another', () => {
  const before = programme();
  const { tiers: [silver, gold, black] } = before;

  it('says where those go whose tier it no longer has, and how many they are', () => {
    const without = (removedTiers: Record<string, string>) => told(programme({ tiers: [silver, black], removedTiers }), { before, held: new Map([['gold', 312]]) });
    expect(without({})).toEqual(['wrong removedTiers.gold: The tier “gold” is gone, and 312 people hold it. Say which tier they go to.']);
    expect(without({ gold: 'platinum' })).toEqual(['wrong removedTiers.gold: Whoever holds gold would go to platinum, which is not there. Choose another tier.']);
    expect(without({ gold: 'silver', black: 'silver' })).toEqual(['wrong removedTiers.black: black is still there: nobody has to go anywhere.']);
    expect(without({ gold: 'silver' })).toEqual([]);
    expect(told(before, { before, held: new Map([['ancient', 1]]) })).toEqual(['wrong removedTiers.ancient: The tier “ancient” is gone, and one person holds it. Say which tier they go to.']);
  });

  it('needs a second person where rates, worth or thresholds jump, and none where they move a little', () => {
    const jumps = (changes: Parameters<typeof programme>[0]) => told(programme(changes), { before, held: new Map([['gold', 1]]) });
    expect(jumps({ points: { rate: { amount: 3, per: '1' } } })).toEqual(['approval points.rate.amount: Spending earns 3 times the points it earns now.']);
    expect(jumps({ points: { rate: { amount: 1, per: '2.5' } } })).toEqual(['approval points.rate.amount: Spending earns 0.4 times the points it earns now.']);
    expect(jumps({ points: { worth: '0.05' } })).toEqual(['approval points.worth: A point pays 5 times what it pays now, also those that people have.']);
    expect(jumps({ growth: { perMoney: { amount: 21, per: '10' } } })).toEqual(['approval growth.perMoney.amount: Spending brings 2.1 times the growth it brings now.']);
    expect(jumps({ tiers: [silver, { ...gold, entry: 2_001 }, black] })).toEqual(['approval tiers.1.entry: The threshold of gold goes from 1,000 to 2,001, by more than half or double; one person holds it.']);
    expect(jumps({ points: { rate: { amount: 2, per: '1' }, worth: '0.02' }, growth: { perMoney: { amount: 1, per: '2' } }, tiers: [silver, { ...gold, entry: 2_000 }, black] })).toEqual([]);
  });

  it('is not asked about again for what the one before it had', () => {
    const large = points({ multipliers: [multiplier('1000', onBirthdays)], rate: { amount: 25, per: '1' } });
    expect(told(large, { before: large })).toEqual([]);
    expect(told(points({ multipliers: [multiplier('1001', onBirthdays)], rate: { amount: 26, per: '1' } }), { before: large }).map((each) => each.split(':')[0])).toEqual(['approval points.worth', 'approval points.multipliers.0.factor']);
  });

  it.each([
    [{ points: 0 }, {}, 'wrong autoRedeem.points: Exchanging from 0 points on does nothing. Set more than 0, or turn it off.'],
    [{ itemNo: 0 }, null, 'wrong autoRedeem.itemNo: Choose what is exchanged for.'],
    [{}, null, 'wrong autoRedeem.itemNo: There is no item 3 in the mall. Choose another.'],
    [{}, { money: '1' }, 'wrong autoRedeem.itemNo: “Tote bag” also costs money, and nobody is there to pay. Choose one that costs points alone.'],
    [{}, { delivery: { kind: 'shipment' } }, 'wrong autoRedeem.itemNo: “Tote bag” is sent by post, and nobody is there to say where to. Choose codes or something of a partner.'],
    [{}, { points: 501 }, 'wrong autoRedeem.points: “Tote bag” costs 501 points, and 500 are not enough. Begin at 501 or more.'],
    [{}, {}, 'hint autoRedeem.itemNo: “Tote bag” is not listed: until it is, nothing is exchanged.'],
  ] as const)('that exchanges points by itself: %j for %j', (changes, item, expected) => {
    const definition = programme({ autoRedeem: { points: 500, itemNo: 3, perMonth: null, ...changes } });
    const redeemed = item && { state: 'draft' as const, definition: { ...plainItem, points: 500, delivery: { kind: 'codes' as const }, ...item } };
    expect(told(definition, { redeemed })[0]).toBe(expected);
  });
});
