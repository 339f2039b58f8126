import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Endpoint } from '../../kernel/endpoint.ts';
import { endpointKey } from './use-endpoint.ts';

/** Has everything that was read from these endpoints read again. */
export function useRenew(): (endpoints: readonly Endpoint[]) => void {
  const client = useQueryClient();
  return useCallback((endpoints) => {
    const old = new Set(endpoints.map(endpointKey));
    void client.invalidateQueries({ predicate: (query) => old.has(String(query.queryKey[0])) });
  }, [client]);
}

/** Has everything that was read from addresses below a path (`/api/plans/:planNo/`) read again. */
export function useRenewBelow(): (path: string) => void {
  const client = useQueryClient();
  return useCallback((path) => {
    void client.invalidateQueries({ predicate: (query) => String(query.queryKey[0]).startsWith(`GET ${path}`) });
  }, [client]);
}
