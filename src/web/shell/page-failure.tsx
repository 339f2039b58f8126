import type { ErrorComponentProps } from '@tanstack/react-router';
import { ErrorState } from '../patterns/error-state.tsx';

/**
 * A page that broke. A page whose code cannot be loaded is most often one of a release
 * before: loading the address again brings the new one.
 */
export function PageFailure({ error, reset }: ErrorComponentProps) {
  const sentence = error instanceof Error ? error.message : '';
  const isStalePage = /dynamically imported module|module script/i.test(sentence);
  return <ErrorState error={error} onRetry={isStalePage ? () => window.location.reload() : reset} />;
}
