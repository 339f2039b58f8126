import { Problem } from '../../../../kernel/problem.ts';
import { lineagesOf } from '../../../customers/public.ts';
import type { MessagingDoors, TemplateField } from '../../part.ts';

/** How many products are recommended to somebody; a block shows six at most, and may leave some out. */
const mostProducts = 12;

/** What somebody bought last, and what they may like. */
export function productFields({ commerce, insights, platform }: MessagingDoors): TemplateField[] {
  return [
    {
      name: 'last_order', label: 'messaging:field.last_order', kind: 'values', isPersonal: false,
      async read(connection, customerNos) {
        const lineages = await lineagesOf(connection, customerNos);
        const orders = await commerce.lastOrdersOf([...new Set([...lineages.values()].flat())]);
        return new Map(customerNos.map((customerNo) => {
          const own = (lineages.get(customerNo) ?? []).flatMap((no) => orders.get(no) ?? []);
          return [customerNo, own.reduce<(typeof own)[number] | null>((newest, order) => (newest && newest.at >= order.at ? newest : order), null)];
        }));
      },
    },
    {
      name: 'recommendations', label: 'messaging:field.recommendations', kind: 'products', isPersonal: false,
      async read(_connection, customerNos) {
        const found = new Map<number, { id: string; name: string; category: string | null }[]>();
        try {
          for (const [customerNo, items] of await insights.recommendMany(customerNos, mostProducts)) {
            found.set(customerNo, items.flatMap(({ productId, name, category }) => (name === null ? [] : [{ id: productId, name, category }])));
          }
        } catch (error) {
          // Without a model nothing is recommended yet: a template shows what stands in its place.
          if (!(error instanceof Problem) || error.status !== 409) throw error;
          platform.log.debug('no recommendations yet; templates go without');
        }
        const prices = await commerce.products.pricesOf([...new Set([...found.values()].flat().map(({ id }) => id))]);
        return new Map([...found].map(([customerNo, items]) => [customerNo, items.map((item) => ({ ...item, price: prices.get(item.id) ?? null }))]));
      },
    },
  ];
}
