import { useTranslation } from 'react-i18next';
import { Button, Flex, Popconfirm, useAction } from '../../../../web/kit.ts';
import { endDelivery, listDeliveries, resumeDelivery, type ShownDelivery } from '../../contract.ts';

/** Goes on with a delivery that does not arrive, or ends one. */
export function DeliveryActions({ delivery: { deliveryId, state, last } }: { delivery: ShownDelivery }) {
  const { t } = useTranslation('audiences');
  const resume = useAction(resumeDelivery, { invalidates: [listDeliveries], done: t('deliver.resumed') });
  const end = useAction(endDelivery, { invalidates: [listDeliveries], done: t('deliver.ended') });
  const params = { deliveryId };
  if (state !== 'active' && state !== 'stopped') return null;
  const isFailing = state === 'stopped' || (last?.failures ?? 0) > 0;
  return (
    <Flex>
      {isFailing && <Button type="link" loading={resume.isPending} onClick={() => resume.mutate({ params })}>{t('deliver.resume')}</Button>}
      <Popconfirm title={t('deliver.endTitle')} description={t('deliver.endHint')} okText={t('deliver.end')} okButtonProps={{ danger: true }} onConfirm={() => end.mutate({ params })}>
        <Button type="link" danger loading={end.isPending}>{t('deliver.end')}</Button>
      </Popconfirm>
    </Flex>
  );
}
