import { useParams, useRouter, useRouterState } from '@tanstack/react-router';
import { useCallback } from 'react';

/** Goes to an address of ours; `replace` leaves no step for the back button. */
export type Navigate = (to: string, options?: { replace?: boolean }) => void;

export function useNavigateTo(): Navigate {
  const { history } = useRouter();
  return useCallback(
    (to, options = {}) => (options.replace ? history.replace(to) : history.push(to)),
    [history],
  );
}

/** A part of the page's path: `usePathParam('customerNo')` for `/users/$customerNo`. */
export function usePathParam(name: string): string {
  const params: Record<string, string | undefined> = useParams({ strict: false });
  return params[name] ?? '';
}

/** The path that is open, without its search part. */
export const usePathname = (): string =>
  useRouterState({ select: (state) => state.location.pathname });
