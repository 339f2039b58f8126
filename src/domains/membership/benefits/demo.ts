import type pg from 'pg';
import { systemActor } from '../../../kernel/actor.ts';
import type { BenefitDefinition } from '../contract/benefits.ts';
import { insertBenefit } from './store/benefits.ts';

const dayMs = 86_400_000;
/** Benefits of the demonstration brand have been there for a quarter: what happened in it has been given. */
const quarterDays = 90;

type Told = Pick<BenefitDefinition, 'tiers' | 'promise' | 'cost'> & Partial<BenefitDefinition> & { says: [simplified: string, traditional: string, english: string] };

const all = ['sprout', 'leaf', 'blossom', 'evergreen'];
const points = (amount: number) => ({ giver: 'points', of: '', amount });

const told = (couponPool: number): Told[] => [
  { says: ['入会礼包', '入會禮包', 'Welcome pack'], tiers: all, promise: { kind: 'joining', gifts: [points(100), { giver: 'coupon', of: String(couponPool), amount: 1 }] }, cost: '8', validDays: 30, notes: '新会员首月可用' },
  { says: ['升级礼包', '升級禮包', 'Upgrade gift'], tiers: ['leaf', 'blossom'], promise: { kind: 'upgrade', gifts: [{ giver: 'coupon', of: String(couponPool), amount: 2 }] }, cost: '20', validDays: 60 },
  { says: ['长青升级礼', '長青升級禮', 'Evergreen gift'], tiers: ['evergreen'], promise: { kind: 'upgrade', gifts: [points(1_000), { giver: 'coupon', of: String(couponPool), amount: 3 }] }, cost: '60', validDays: 90 },
  { says: ['生日礼', '生日禮', 'Birthday gift'], tiers: ['leaf', 'blossom', 'evergreen'], promise: { kind: 'birthday', gifts: [points(200)], daysBefore: 3 }, cost: '0', validDays: 30, notes: '生日前 3 天送达' },
  { says: ['会员价', '會員價', 'Member price'], tiers: ['blossom', 'evergreen'], promise: { kind: 'member_price', prices: [{ on: { kind: 'everything' }, by: { kind: 'percent', percent: '5' } }] }, cost: '0' },
  { says: ['包邮', '包郵', 'Free shipping'], tiers: ['leaf', 'blossom', 'evergreen'], promise: { kind: 'free_shipping', from: '49' }, cost: '6', limits: { perMember: { times: 4, period: 'month' }, inAll: null } },
  { says: ['专属客服', '專屬客服', 'A line of their own'], tiers: ['evergreen'], promise: { kind: 'service', lane: 'VIP', answerMinutes: 3 }, cost: '0' },
];

/** Gives the demonstration brand benefits for its tiers. */
export async function addDemoBenefits(client: pg.PoolClient, { endMs }: { endMs: number }): Promise<void> {
  const at = new Date(endMs);
  const { rows: [{ poolId }] } = await client.query<{ poolId: number }>(
    `insert into coupon_pool (name, kind, prefix, created_at, created_by) values ('20 元优惠券', 'generated', 'CQ', $1, $2) returning pool_id as "poolId"`, [at, systemActor.name]);
  const startsAt = new Date(endMs - quarterDays * dayMs).toISOString();
  for (const { says: [simplified, traditional, english], ...benefit } of told(poolId)) {
    const names = { 'zh-CN': simplified, 'zh-TW': traditional, en: english };
    await insertBenefit(client, { notes: '', validDays: null, limits: { perMember: null, inAll: null }, startsAt, endsAt: null, ...benefit, names }, systemActor, at);
  }
}
