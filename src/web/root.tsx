import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect } from 'react';
import { queryClient } from './api/query-client.ts';
import { endpointKey } from './api/use-endpoint.ts';
import { onSignedOut } from './api/signed-out.ts';
import { router } from './router/router.tsx';
import { readSession } from '../domains/access/sessions/session-contract.ts';
import { SessionProvider } from './session/session-provider.tsx';
import { ThemeProvider } from './theme/theme-provider.tsx';

/** A session that ended is read again; the shell then leads to the sign-in page. */
const readSessionAgain = (): void =>
  void queryClient.invalidateQueries({ queryKey: [endpointKey(readSession)] });

export function Root() {
  useEffect(() => onSignedOut(readSessionAgain), []);
  return (
    <QueryClientProvider client={queryClient}>
      <ThemeProvider>
        <SessionProvider>
          <RouterProvider router={router} />
        </SessionProvider>
      </ThemeProvider>
    </QueryClientProvider>
  );
}
