import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../patterns/empty-state.tsx';
import { useNavigateTo } from '../router/location.ts';
import { useDocumentTitle } from './document-title.ts';

/** An address that leads nowhere. */
export function NotFound() {
  const { t } = useTranslation('web');
  const navigate = useNavigateTo();
  useDocumentTitle(t('notFound.title'));
  return (
    <EmptyState
      title={t('notFound.title')}
      hint={t('notFound.hint')}
      action={
        <Button type="primary" onClick={() => navigate('/')}>
          {t('notFound.home')}
        </Button>
      }
    />
  );
}
