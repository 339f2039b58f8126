import { describe, expect, it } from 'vitest';
import { type Actor, systemActor } from '../../../kernel/actor.ts';
import { createSay } from '../../../platform/i18n.ts';
import { shownTo, type WaitingThing } from './waiting.ts';

const things: WaitingThing[] = [
  { count: 1_200, permission: 'membership.mall', message: 'membership:waiting.shipments', to: '/members/mall' },
  { count: 0, permission: 'membership.mall', message: 'membership:waiting.grants', to: '/members/tiers' },
  { count: 1, permission: 'messaging.channels', message: 'messaging:waiting.broken', to: '/programs/channels', isProblem: true },
];
const staff = (permissions: Actor['permissions'], locale: Actor['locale']): Actor => ({ kind: 'staff', id: 1, name: 'x', permissions, locale });

describe('what waits', () => {
  it('is told to whoever may settle it, in their language, problems first; what is nothing is not', () => {
    expect(shownTo(staff(new Set(['membership.mall', 'messaging.channels']), 'zh-CN'), things, createSay())).toEqual([
      { sentence: '1 个触达渠道已熔断，消息暂停发送', to: '/programs/channels', isProblem: true }, { sentence: '1,200 个积分兑换待发货', to: '/members/mall', isProblem: false }]);
    expect(shownTo(staff(new Set(['membership.mall']), 'en'), things, createSay())).toEqual([{ sentence: '1,200 exchanges wait to be sent', to: '/members/mall', isProblem: false }]);
    expect(shownTo(staff(new Set(), 'en'), things, createSay())).toEqual([]);
    expect(shownTo(systemActor, things, createSay())).toHaveLength(2);
  });

  it('says why, as the reader reads it', () => {
    const again: WaitingThing = { count: 3, permission: 'planning.edit', message: 'planning:waiting.again.letters', to: '/plan/reports', why: { code: 'platform.outbound_unknown_host', params: { host: 'smtp.shop.test' } } };
    const said = (locale: Actor['locale']) => shownTo(staff(new Set(['planning.edit']), locale), [again], createSay())[0].sentence;
    expect(said('zh-CN')).toBe('3 封规划邮件还没发出，系统会自动再试。找不到服务器 smtp.shop.test。请检查地址是否写对。');
    expect(said('en')).toMatch(/^3 letters of the plan have not left yet and are tried again by themselves\. .*smtp\.shop\.test/);
  });
});
