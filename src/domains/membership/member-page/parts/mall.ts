import { parseDecimal } from '../../../../kernel/decimal.ts';
import { createFormat } from '../../../../kernel/format.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { maskName, maskPhone } from '../../../customers/public.ts';
import type { MallRecipient } from '../../contract/mall.ts';
import { nameIn } from '../../contract/programme.ts';
import type { Mall } from '../../mall/mall.ts';
import type { MembershipDoors } from '../../part.ts';
import type { PageParts } from '../content.ts';

const ordersShown = 10;

/** Enough to know one's own address by. */
const masked = (to: MallRecipient | undefined): string | null => (to ? `${maskName(to.name)} ${maskPhone(to.phone)} ${to.address.slice(0, 6)}…` : null);

/** What points can be exchanged for here. What takes money as well is paid in the shop: the page says so and takes none. */
export const mallPart = ({ platform, say }: Pick<MembershipDoors, 'platform' | 'say'>, mall: Mall): PageParts['mall'] => async ({ customerNo, lineage }, locale) => {
  const [{ items }, orders, brand] = await Promise.all([mall.offersTo(customerNo), mall.ordersOf(lineage, ordersShown), readBrand(platform.pg)]);
  const recipients = await mall.recipientsOf(orders.filter(({ hasRecipient }) => hasRecipient).map(({ orderNo }) => orderNo));
  const format = createFormat({ locale, timeZone: brand.timeZone, currency: brand.currency });
  if (items.length + orders.length === 0) return null;
  return {
    items: items.map(({ itemNo, definition: { names, note, icon, color, points, money }, left, hindrance }) => {
      const reason = hindrance ?? (parseDecimal(money) === 0n ? null : 'in_the_shop');
      return { itemNo, name: nameIn(names, locale), note, icon, color, points, money, left, hindrance: reason && say(locale, 'membership', `page.hindrance.${reason}`, { money: format.money(money) }) };
    }),
    orders: orders.map(({ orderNo, names, points, money, state, openedAt, code, note, delivery }) => ({
      orderNo, name: nameIn(names, locale), points, money, state, at: openedAt, code, note,
      ...(delivery === 'shipment' && state === 'confirmed' ? { recipient: masked(recipients.get(orderNo)) } : {}),
    })),
  };
};
