import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';

/** The shape of a page while it loads. */
export function PageSkeleton() {
  const { t } = useTranslation('web');
  return (
    <div role="status" aria-label={t('state.loading')}>
      <Skeleton active title={{ width: 220 }} paragraph={{ rows: 6 }} />
    </div>
  );
}
