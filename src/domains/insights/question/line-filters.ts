import type { LineFilters } from '../../commerce/contract.ts';
import type { QuestionFilter } from '../contract.ts';

/** The filters of an overview or a breakdown as those of a question. */
export function filtersOf({ channel, region, category, brand, product }: LineFilters): QuestionFilter[] {
  const chosen = { channel, region, category, brand, product: product ? [product] : [] };
  return Object.entries(chosen).flatMap(([dimension, values]) => (values.length > 0 ? [{ dimension, test: 'in' as const, values }] : []));
}
