import type { ReactNode } from 'react';
import { useEndpoint } from '../api/use-endpoint.ts';
import { ErrorState } from '../patterns/error-state.tsx';
import { PageSkeleton } from '../patterns/page-skeleton.tsx';
import { readSession } from '../../domains/access/sessions/session-contract.ts';
import { SessionContext } from './use-session.ts';

/** Reads the session once and gives it to every page; nothing is shown before it is known. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const session = useEndpoint(readSession, {}, { freshForMs: 60_000 });
  if (session.data) return <SessionContext value={session.data}>{children}</SessionContext>;
  if (session.error) return <ErrorState error={session.error} onRetry={() => void session.refetch()} />;
  return <PageSkeleton />;
}
