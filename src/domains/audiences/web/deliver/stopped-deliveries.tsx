import { useTranslation } from 'react-i18next';
import { Alert, Button, useEndpoint, useMay, useNavigateTo } from '../../../../web/kit.ts';
import { listDeliveries } from '../../contract.ts';

const refreshMs = 15_000;

/** Says loudly that an audience does not arrive any more where it should. */
export function StoppedDeliveries({ audienceId }: { audienceId: number }) {
  const { t } = useTranslation('audiences');
  const navigate = useNavigateTo();
  const deliveries = useEndpoint(listDeliveries, { params: { audienceId } }, { enabled: useMay('audiences.export'), refreshMs });
  const stopped = deliveries.data?.rows.filter((row) => row.state === 'stopped') ?? [];
  return stopped.map(({ deliveryId, destination, trouble }) => (
    <Alert
      key={deliveryId}
      type="error"
      showIcon
      title={t('deliver.stopped', { name: destination })}
      description={trouble}
      action={<Button onClick={() => navigate(`/users/audiences/${audienceId}?tab=deliveries`)}>{t('deliver.look')}</Button>}
    />
  ));
}
