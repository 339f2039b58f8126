import type { ComponentType, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../patterns/empty-state.tsx';
import { useMay } from '../session/use-session.ts';

/** A page for holders of a permission; others read that they may not, and whom to ask. */
export function guarded(permission: string | undefined, Page: ComponentType): () => ReactNode {
  return function GuardedPage() {
    const { t } = useTranslation('web');
    if (useMay(permission)) return <Page />;
    return <EmptyState title={t('forbidden.title')} hint={t('forbidden.hint')} />;
  };
}
