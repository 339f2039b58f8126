import { Problem } from '../../../kernel/problem.ts';

/** 400 for a sort that the list does not have; says which it has. */
export const badSort = (allowed: readonly string[]): Problem =>
  new Problem('commerce.bad_sort', {
    params: { allowed: allowed },
    fields: [{ path: 'query.sort', code: 'bad_sort' }],
  });
