import type { Rule } from '../../audiences/contract.ts';
import { type CampaignDefinition, campaignDefinition } from '../contract/plans.ts';

export interface DemoCampaign {
  definition: CampaignDefinition;
  /** So many days before the end of the history it began. */
  daysAgo: number;
}

const boughtWithin = (from: number, to: number): Rule => ({ kind: 'moment', facts: { fact: 'order', of: 'sale', where: [] }, which: 'last', period: {}, when: { from: { ago: from, unit: 'day' }, to: { ago: to, unit: 'day' } } });
const arm = (key: string, name: string) => ({ key, name, weight: 1, templateNo: 7, templateVersion: 1 });
/** What a reader must know before the figures: nothing was sent, so that any effect would be a fault of the statistics. */
const note = '演示用：在订单历史上随机分组，触达记录和回执是模拟的，没有真的发送，所以结果应当看不出差别；可以用来核对分组、拦截和统计。';

const campaign = (daysAgo: number, given: object): DemoCampaign => ({
  daysAgo, definition: campaignDefinition.parse({ note, channel: 'sms', category: '演示', holdout: { share: 1_000 }, schedule: { when: 'once', at: null }, expectedValue: '1', costPerMessage: '0.05', measureDays: 28, marginPercent: 45, ...given }),
});

/** Campaigns as a brand of tea plans them: those who are drifting away, two wordings for all buyers, and two of one day whose time is not over: nobody gets both. */
export const demoCampaigns: readonly DemoCampaign[] = [
  campaign(95, { name: '沉睡客户召回', audience: boughtWithin(270, 90), arms: [arm('a', '')], holdout: { share: 2_000 } }),
  campaign(55, { name: '当季新茶上新', audience: boughtWithin(90, 0), arms: [arm('a', '讲故事'), arm('b', '讲优惠')], stopRule: { by: 'buyers', leastPeople: 500, level: 0.95 } }),
  campaign(3, { name: '会员日提醒', audience: boughtWithin(60, 0), arms: [arm('a', '')], expectedValue: '3', usefulHours: 12 }),
  campaign(3, { name: '清仓通知', audience: boughtWithin(45, 0), arms: [arm('a', '')], usefulHours: 6 }),
];
