import type { Person } from './people.ts';
import type { DemoOrder, DemoTag } from './records.ts';
import { exponential } from './samplers.ts';
import type { World } from './world.ts';

const dayMs = 86_400_000;
const taggedShare = 0.06;
const generous = 3_000n * 10_000n;

const noted = ['茶友会', '敏感肌', '宝妈', '送礼客户', '企业采购', '门店熟客', '达人'];

/** The tags staff put on a customer: what they learned in talks, and what orders showed them. */
export function tagsOf(world: World, { customer }: Person, orders: DemoOrder[]): DemoTag[] {
  const random = world.random(customer.index, 'tag');
  const tags: DemoTag[] = [];
  const tag = (name: string, afterMs: number) => {
    const taggedAtMs = afterMs + Math.floor(exponential(random, 1 / 10) * dayMs);
    if (taggedAtMs < world.endMs) tags.push({ customerIndex: customer.index, name, taggedAtMs });
  };
  if (random.chance(taggedShare)) tag(random.pick(noted), customer.registeredAtMs);
  let spent = 0n;
  let refunds = 0;
  for (const order of orders) {
    const before = spent;
    spent += order.total;
    refunds += order.refunds.length;
    if (before < generous && spent >= generous && random.chance(0.5)) {
      tag('高价值客户', order.occurredAtMs);
    }
  }
  const refunded = orders.findLast((order) => order.refunds.length > 0)?.refunds.at(-1);
  if (refunded && refunds >= 3) tag('售后关注', refunded.occurredAtMs);
  return tags.sort((a, b) => a.taggedAtMs - b.taggedAtMs);
}
