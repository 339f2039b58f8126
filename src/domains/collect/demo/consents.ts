import type { Person } from './people.ts';
import type { Random } from './random.ts';
import type { DemoConsent } from './records.ts';
import { exponential } from './samplers.ts';
import type { World } from './world.ts';

const dayMs = 86_400_000;

type Channel = DemoConsent['channel'];
type Purpose = DemoConsent['purpose'];

interface Question {
  channel: Channel;
  purpose: Purpose;
  /** Share of those who can be reached there who say yes at the sign-up. */
  granted: number;
  /** Mean days until a yes is taken back. */
  keptDays: number;
}

/** What is asked at the sign-up. */
export const questions: readonly Question[] = [
  { channel: 'sms', purpose: 'service', granted: 0.97, keptDays: 20_000 },
  { channel: 'sms', purpose: 'marketing', granted: 0.66, keptDays: 2_200 },
  { channel: 'phone', purpose: 'service', granted: 0.3, keptDays: 12_000 },
  { channel: 'phone', purpose: 'marketing', granted: 0.05, keptDays: 1_500 },
  { channel: 'email', purpose: 'marketing', granted: 0.58, keptDays: 1_800 },
  { channel: 'wechat', purpose: 'service', granted: 0.93, keptDays: 15_000 },
  { channel: 'wechat', purpose: 'marketing', granted: 0.71, keptDays: 2_800 },
  { channel: 'wechat', purpose: 'personalisation', granted: 0.52, keptDays: 3_500 },
  { channel: 'push', purpose: 'marketing', granted: 0.41, keptDays: 900 },
];

const askedAt: Record<string, string> = {
  天猫旗舰店: '天猫会员授权页',
  微信小程序: '小程序授权弹窗',
  抖音商城: '抖音会员授权页',
  线下门店: '门店会员登记表',
  官网: '官网注册页勾选',
};

const takenBackAt: Record<Channel, readonly string[]> = {
  sms: ['短信回复 T 退订', '客服来电登记'],
  phone: ['客服来电登记'],
  email: ['邮件退订链接'],
  wechat: ['小程序隐私设置', '在线客服登记'],
  push: ['系统通知设置'],
};

/** A yes that was taken back is given again in one case of ten. */
const regainedShare = 0.1;

/** The consents a customer gave and took back, in time order, each with its evidence. */
export function consentsOf(world: World, { customer, aliases }: Person): DemoConsent[] {
  const random = world.random(customer.index, 'consent');
  const reachable: Record<Channel, boolean> = {
    sms: aliases.phone !== null,
    phone: aliases.phone !== null,
    email: aliases.email !== null,
    wechat: aliases.unionId !== null,
    push: aliases.deviceId !== null,
  };
  const consents: DemoConsent[] = [];
  for (const question of questions) {
    if (!reachable[question.channel] || !random.chance(question.granted)) continue;
    const say = (status: DemoConsent['status'], occurredAtMs: number, source: string) => {
      if (occurredAtMs >= world.endMs) return;
      const evidence = { source, wording: wordingAt(world, occurredAtMs) };
      const { channel, purpose } = question;
      const customerIndex = customer.index;
      consents.push({ customerIndex, channel, purpose, status, occurredAtMs, evidence });
    };
    say('granted', customer.registeredAtMs, askedAt[customer.channel]);
    const withdrawnAtMs = customer.registeredAtMs + daysUntil(random, question.keptDays);
    say('withdrawn', withdrawnAtMs, random.pick(takenBackAt[question.channel]));
    if (random.chance(regainedShare)) {
      say('granted', withdrawnAtMs + daysUntil(random, 60), '会员中心设置');
    }
  }
  return consents.sort((a, b) => a.occurredAtMs - b.occurredAtMs);
}

const daysUntil = (random: Random, meanDays: number) =>
  Math.floor(exponential(random, 1 / meanDays) * dayMs) + 1;

/** The privacy notice is renewed twice in the history. */
const wordingAt = (world: World, momentMs: number) =>
  `隐私政策 v${1 + Math.floor(world.partOf(momentMs) * 3)}.0`;
