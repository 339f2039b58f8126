import { expect, it } from 'vitest';
import { createSay } from '../../../platform/i18n.ts';
import { campaignDefinition, type CampaignResult } from '../contract.ts';
import { writeReport } from './write-report.ts';

it('does not call a campaign dear that nobody has bought after yet, and does where it is known to bring less than it costs', () => {
  const definition = campaignDefinition.parse({
    name: '端午', audience: { kind: 'group', match: 'all', parts: [] }, channel: 'email', arms: [{ key: 'a', weight: 1, templateNo: 1, templateVersion: 1 }], holdout: { share: 1_000 }, schedule: { when: 'once', at: null },
  });
  const sections = (difference: number, reach: number, p: number | null, untold: CampaignResult['delivery']['untold'] = []) => {
    const interval = { difference, low: difference - reach, high: difference + reach, p };
    const result: CampaignResult = {
      campaignNo: 1, beganAt: '2026-06-01T00:00:00.000Z', endsAt: '2026-06-29T00:00:00.000Z', countedUntil: '2026-06-02T00:00:00.000Z', isOver: false, currency: 'CNY', marginPercent: 40, arms: [], sampleRatio: null, lifts: [],
      earned: { revenue: interval, margin: interval, buyers: interval, orders: interval }, versusControl: [], versusEachOther: [], winner: null, segments: [],
      delivery: { handed: 900, delivered: 900, opened: 0, clicked: 0, unsubscribed: 0, bounced: 0, complained: 0, openedByMachine: 0, untold, cost: '90', planned: '90', messages: 900, priced: 0 },
      back: { of: 'margin', times: difference / 90, low: interval.low / 90, high: interval.high / 90 }, computedAt: '2026-06-02T00:00:00.000Z',
    };
    return writeReport({ say: createSay(), locale: 'en', timeZone: 'Asia/Shanghai' }, { definition, plan: '', result });
  };
  const next = (difference: number, reach: number, p: number | null): string => sections(difference, reach, p).find(({ key }) => key === 'next')?.text ?? '';
  const dear = createSay()('en', 'campaigns', 'report.next.dear');
  expect(next(0, 0, null)).not.toContain(dear);
  expect(next(20, 5, 0.001)).toContain(dear);
  const messages = (untold: CampaignResult['delivery']['untold']) => sections(20, 5, null, untold).find(({ key }) => key === 'messages')?.text;
  expect(messages([])).toBe('Handed over to 900 people, delivered to 900, opened by 0, clicked by 0, unsubscribed by 0.');
  expect(messages(['delivered', 'opened'])).toBe('Handed over to 900 people, clicked by 0, unsubscribed by 0.\nThis channel does not tell what was delivered or opened.');
  // A loss is no return of so many times less than nothing.
  const none = createSay()('en', 'campaigns', 'report.back.none');
  const said = (difference: number): string => sections(difference, 5, 0.001).map(({ text }) => text).join('\n');
  expect([said(-2_000).includes(none), said(2_000).includes(none)]).toEqual([true, false]);
});
