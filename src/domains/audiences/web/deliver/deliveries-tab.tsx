import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, DataTable, Drawer, EmptyState, Stack, useMay, useNavigateTo } from '../../../../web/kit.ts';
import { CloudUploadOutlined } from '../../../../web/icons.tsx';
import { listDeliveries, listShipments, type ShownAudience, type ShownDelivery } from '../../contract.ts';
import { DeliveryForm } from './delivery-form.tsx';
import { useDeliveryColumns } from './use-delivery-columns.tsx';
import { useShipmentColumns } from './use-shipment-columns.tsx';

const refreshMs = 5_000;

/** Where this audience is sent and was sent. */
export function DeliveriesTab({ audience }: { audience: ShownAudience }) {
  const { t } = useTranslation('audiences');
  const navigate = useNavigateTo();
  const mayKeep = useMay('audiences.destinations');
  const [isBeginning, setBeginning] = useState(false);
  const [shown, setShown] = useState<ShownDelivery | null>(null);
  const columns = useDeliveryColumns(setShown);
  const { audienceId } = audience;
  const begin = <Button type="primary" icon={<CloudUploadOutlined />} onClick={() => setBeginning(true)}>{t('deliver.begin')}</Button>;
  return (
    <Stack>
      <DataTable
        endpoint={listDeliveries}
        params={{ audienceId }}
        prefix="deliveries-"
        columns={columns}
        rowKey={(row) => row.deliveryId}
        refreshMs={refreshMs}
        extra={<>{begin}{mayKeep && <Button onClick={() => navigate('/users/audiences/destinations')}>{t('deliver.destinations')}</Button>}</>}
        empty={<EmptyState icon={<CloudUploadOutlined />} title={t('deliver.none')} hint={t('deliver.noneHint')} />}
      />
      <DeliveryForm audience={audience} open={isBeginning} onClose={() => setBeginning(false)} />
      <Drawer open={shown !== null} title={t('deliver.historyOf', { name: shown?.destination ?? '' })} size={920} onClose={() => setShown(null)} destroyOnHidden>
        {shown !== null && <Shipments deliveryId={shown.deliveryId} />}
      </Drawer>
    </Stack>
  );
}

function Shipments({ deliveryId }: { deliveryId: number }) {
  const { t } = useTranslation('audiences');
  const columns = useShipmentColumns();
  return (
    <DataTable endpoint={listShipments} params={{ deliveryId }} prefix="shipments-" columns={columns} rowKey={(row) => row.shipmentId} refreshMs={refreshMs}
      empty={<EmptyState title={t('deliver.noShipment')} hint={t('deliver.noShipmentHint')} />} />
  );
}
