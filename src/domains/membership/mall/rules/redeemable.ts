import { parseDecimal } from '../../../../kernel/decimal.ts';
import type { MallItem } from '../../contract/mall.ts';

/** Why an item cannot be exchanged for by itself once somebody has so many points: nobody is there who would pay, or say where to send it. */
export type Unredeemable = 'money' | 'address' | 'dearer';

/** Null where it can be, as long as it is listed and there is one. */
export function whyUnredeemable({ definition: { points, money, delivery } }: Pick<MallItem, 'definition'>, from: number): Unredeemable | null {
  if (parseDecimal(money) !== 0n) return 'money';
  if (delivery.kind === 'shipment') return 'address';
  return points > from ? 'dearer' : null;
}
