import { measuresOf } from '../mining/measures.ts';
import type { Neighbours } from '../model/neighbours.ts';
import type { Recommended } from '../model/recommend.ts';
import type { ServedModel } from './served-model.ts';

/** The figures of the rule that speaks for a recommendation; null where no rule does: it sells, or it is a habit of one person. */
export function becauseOf(model: ServedModel, { item, reason, because }: Recommended): { item: number; withBoth: number; confidence: number; lift: number } | null {
  if (because === undefined || reason === 'popular') return null;
  const isBasket = reason === 'beside';
  const withBoth = countOf(isBasket ? model.recommender.beside : model.recommender.after, because, item);
  if (withBoth === 0) return null;
  const { confidence, lift } = measuresOf({
    antecedent: [because], consequent: item, withBoth,
    base: isBasket ? model.allOrders : model.allOccasions,
    withAntecedent: (isBasket ? model.orders : model.occasions)[because],
    withConsequent: (isBasket ? model.orders : model.followedBy)[item],
  });
  return { item: because, withBoth, confidence, lift };
}

function countOf({ size, filled, items, counts }: Neighbours, item: number, neighbour: number): number {
  for (let at = item * size; at < item * size + (filled[item] ?? 0); at++) if (items[at] === neighbour) return counts[at];
  return 0;
}
