import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ApiProblem } from '../api/api-problem.ts';
import { ErrorState } from './error-state.tsx';
import { PageSkeleton } from './page-skeleton.tsx';

/** Shows what `useEndpoint` read: its shape while it loads, its problem with a retry, then the content. */
export function Loaded<R>({
  from,
  children,
}: {
  from: UseQueryResult<R, ApiProblem>;
  children: (reply: R) => ReactNode;
}) {
  if (from.data !== undefined) return children(from.data);
  if (from.error) return <ErrorState error={from.error} onRetry={() => void from.refetch()} />;
  return <PageSkeleton />;
}
