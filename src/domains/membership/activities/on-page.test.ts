import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ActivityClub, createActivityClub } from '../../../../test/activity-club.ts';
import { prize, sampleLottery, signIn } from '../../../../test/sample-activity.ts';
import { locales } from '../../../kernel/locale.ts';
import { createSay } from '../../../platform/i18n.ts';
import { hindrances } from '../contract/activities.ts';
import { mallHindrances } from '../contract/mall.ts';
import { activitiesOnPage } from './on-page.ts';

describe('a member’s page', () => {
  let club: ActivityClub;
  let page: ReturnType<typeof activitiesOnPage>;
  const say = createSay();
  const anna = { customerNo: 1 };
  beforeAll(async () => {
    club = await createActivityClub({ people: 3, points: 130 });
    page = activitiesOnPage(say, club.activities);
  });
  afterAll(() => club.test.close());

  it('shows what runs, what it costs, how far they are and why they cannot', async () => {
    await club.run(signIn(), { names: { 'zh-CN': '每日签到', en: 'Daily sign-in' } });
    await club.run(sampleLottery({ cost: 500, prizes: [prize('a', 1, { kind: 'points', points: 3 }), prize('thanks', 1, { kind: 'nothing' })] }), { note: '双旦抽奖' });
    const itemNo = await club.addItem();
    const quota = await club.run({ kind: 'exchange', itemNo, points: 50, stock: 4 });
    await club.activities.takePart({ activityNo: 1, customerNo: 1, key: 'x' });
    const shown = await page(anna, 'zh-CN');
    expect(shown.map(({ kind, cost, left, standing, hindrance }) => ({ kind, cost, left, standing, hindrance }))).toEqual([
      { kind: 'exchange', cost: 50, left: 4, standing: '', hindrance: null },
      { kind: 'lottery', cost: 500, left: null, standing: '', hindrance: '积分不够' },
      { kind: 'sign_in', cost: 0, left: null, standing: '已连签 1 天', hindrance: '今天已参加' },
    ]);
    expect(shown[2]).toMatchObject({ name: '每日签到', endsAt: null });
    // The chances are told to everybody who may draw.
    expect(shown[1].note).toMatch(/^双旦抽奖\n.*a 50%、thanks 50%/);
    expect(quota).toBe(3);
  });

  it('has a sentence for everything that can be in the way, in every language', () => {
    for (const locale of locales) {
      for (const hindrance of hindrances) {
        expect(say(locale, 'membership', `activities.hindrance.${hindrance}`)).not.toContain('activities.');
      }
      for (const hindrance of mallHindrances) {
        expect(say(locale, 'membership', `mall.hindrance.${hindrance}`)).not.toContain('mall.');
      }
    }
  });
});
