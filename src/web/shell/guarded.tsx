import type { FunctionComponent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../patterns/empty-state.tsx';
import { useMay } from '../session/use-session.ts';
import { useDocumentTitle } from './document-title.ts';

function Forbidden() {
  const { t } = useTranslation('web');
  useDocumentTitle(t('forbidden.title'));
  return <EmptyState title={t('forbidden.title')} hint={t('forbidden.hint')} />;
}

/** A page for holders of a permission; others read that they may not, and whom to ask, unless there is something else for them. */
export function guarded(permission: string | undefined, Page: FunctionComponent, Otherwise: FunctionComponent = Forbidden): () => ReactNode {
  return function GuardedPage() {
    return useMay(permission) ? <Page /> : <Otherwise />;
  };
}
