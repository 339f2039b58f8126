import { z } from 'zod';
import { searchList, useSearchState } from '../../../../web/kit.ts';

/** The fields that a whole report can be narrowed by. */
export const filteredFields = ['channel', 'region', 'category', 'brand'] as const;
export type FilteredField = (typeof filteredFields)[number];
export type FieldFilters = Record<FilteredField, string[]>;

const texts = searchList(z.string().max(200));
const filterState = z.object({ channel: texts, region: texts, category: texts, brand: texts });

/** A report's filters, kept in the address. */
export function useFieldFilters(): [FieldFilters, (field: FilteredField, values: string[]) => void] {
  const [filters, change] = useSearchState(filterState);
  return [filters, (field, values) => change({ [field]: values })];
}
