import { useRouter, useRouterState } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { z } from 'zod';
import { changedSearch, parseSearch, readSearch, writeSearch } from './address-search.ts';

/** Changes a part of the state; `push` makes a step that the back button returns from. */
export type ChangeSearch<T> = (change: Partial<T>, options?: { push?: boolean }) => void;

/**
 * State kept in the address, so that it survives a reload and can be sent to a colleague.
 * Give the schema as a constant outside of the component. Values arrive as text: numbers need
 * `z.coerce.number()`, lists a preprocess of one text into a list (`searchList`).
 */
export function useSearchState<S extends z.ZodObject>(
  schema: S,
): [z.output<S>, ChangeSearch<z.output<S>>] {
  const router = useRouter();
  const searchText = useRouterState({ select: (state) => state.location.searchStr });
  const state = useMemo(() => parseSearch(schema, readSearch(searchText)), [schema, searchText]);
  const change = useCallback<ChangeSearch<z.output<S>>>(
    (part, options = {}) => {
      const { pathname, search } = window.location;
      const next = pathname + writeSearch(changedSearch(schema, readSearch(search), part));
      if (options.push) router.history.push(next);
      else router.history.replace(next);
    },
    [router, schema],
  );
  return [state, change];
}
