import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

/** Names the browser's tab and its history entry. */
export function useDocumentTitle(title: string | undefined): void {
  const { t } = useTranslation('web');
  const product = t('shell.product');
  useEffect(() => {
    document.title = title ? `${title} · ${product}` : product;
  }, [title, product]);
}
