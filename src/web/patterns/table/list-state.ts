import { useMemo } from 'react';
import { z } from 'zod';
import { maxPageSize } from '../../../kernel/page.ts';
import { searchList } from '../../router/search-list.ts';
import { type ChangeSearch, useSearchState } from '../../router/use-search-state.ts';
import type { Filter } from './columns.ts';

const page = z.coerce.number().int().min(1).default(1);
const pageSize = z.coerce.number().int().min(1).max(maxPageSize).default(20);

/** The part of the address that a list keeps. */
export interface ListState {
  page: number;
  pageSize: number;
  sort: string | undefined;
  q: string | undefined;
  /** Chosen values by the filter's key; none is an empty list. */
  filters: Record<string, string[]>;
}

/** A change of a list's state; everything but a page change returns to the first page. */
export type ChangeList = (change: Partial<ListState>) => void;

/** The schema of a list's part of the address; `prefix` keeps two lists of one page apart. */
export const listSchema = (prefix: string, filterKeys: readonly string[]) =>
  z.object({
    [`${prefix}page`]: page,
    [`${prefix}pageSize`]: pageSize,
    [`${prefix}sort`]: z.string().max(64).optional(),
    [`${prefix}q`]: z.string().max(200).optional(),
    ...Object.fromEntries(filterKeys.map((key) => [prefix + key, searchList(z.string())])),
  });

/** The query that a list's state asks of its endpoint. */
export function listQuery(state: ListState, filters: readonly Filter[]): Record<string, unknown> {
  const chosen = filters.map(({ key, multiple }) => {
    const values = state.filters[key] ?? [];
    return [key, multiple ? values : values[0]] as const;
  });
  const { page: number, pageSize: size, sort, q } = state;
  return { page: number, pageSize: size, sort, q, ...Object.fromEntries(chosen) };
}

/** A list's state, kept in the address. */
export function useListState(prefix: string, filters: readonly Filter[]): [ListState, ChangeList] {
  const keys = filters.map(({ key }) => key).join(' ');
  const schema = useMemo(() => listSchema(prefix, keys ? keys.split(' ') : []), [prefix, keys]);
  const [found, changeSearch] = useSearchState(schema);
  const values = found as Record<string, unknown>;
  const state: ListState = {
    page: Number(values[`${prefix}page`]),
    pageSize: Number(values[`${prefix}pageSize`]),
    sort: values[`${prefix}sort`] as string | undefined,
    q: values[`${prefix}q`] as string | undefined,
    filters: Object.fromEntries(filters.map(({ key }) => [key, values[prefix + key] as string[]])),
  };
  const change: ChangeList = ({ filters: changed, ...rest }) => {
    const flat = { ...('page' in rest ? {} : { page: 1 }), ...rest, ...changed };
    const named = Object.entries(flat).map(([key, value]) => [prefix + key, value]);
    (changeSearch as ChangeSearch<Record<string, unknown>>)(Object.fromEntries(named));
  };
  return [state, change];
}
