import { queryOptions, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Endpoint, EndpointReply, EndpointRequest } from '../../kernel/endpoint.ts';
import type { ApiProblem } from './api-problem.ts';
import { call } from './call.ts';

/** How a page reads an endpoint. */
export interface ReadOptions<R> {
  /** False to wait, for instance until a choice is made. */
  enabled?: boolean;
  /** Reads again after this time, or never for false; a function sees the latest reply. */
  refreshMs?: number | false | ((reply: R | undefined) => number | false);
  /** How long a reply counts as fresh; 15 s unless said. */
  freshForMs?: number;
}

/** The cache key of an endpoint, first part: everything read from it starts with this. */
export const endpointKey = (endpoint: Endpoint): string => `${endpoint.method} ${endpoint.path}`;

/** How an endpoint is read and where its reply is kept. */
export const endpointQuery = <E extends Endpoint>(endpoint: E, request: EndpointRequest<E> = {}) =>
  queryOptions<EndpointReply<E>, ApiProblem>({
    queryKey: [endpointKey(endpoint), request],
    queryFn: ({ signal }) => call(endpoint, request, { signal }),
  });

const sameThing = (key: readonly unknown[] | undefined, params: unknown): boolean => {
  const before = (key?.[1] ?? {}) as { params?: unknown };
  return key !== undefined && JSON.stringify(before.params) === JSON.stringify(params);
};

/**
 * Reads an endpoint and keeps it fresh. While another page or filter of the same thing loads,
 * `data` is the reply before it (`isPlaceholderData` is true then); never another thing's.
 */
export function useEndpoint<E extends Endpoint>(
  endpoint: E,
  request: EndpointRequest<E> = {},
  options: ReadOptions<EndpointReply<E>> = {},
): UseQueryResult<EndpointReply<E>, ApiProblem> {
  const { enabled = true, refreshMs, freshForMs } = options;
  return useQuery<EndpointReply<E>, ApiProblem>({
    ...endpointQuery(endpoint, request),
    enabled,
    placeholderData: (before, query) =>
      sameThing(query?.queryKey, request.params) ? before : undefined,
    ...(freshForMs === undefined ? {} : { staleTime: freshForMs }),
    refetchInterval:
      typeof refreshMs === 'function'
        ? (query) => refreshMs(query.state.data)
        : (refreshMs ?? false),
  });
}
