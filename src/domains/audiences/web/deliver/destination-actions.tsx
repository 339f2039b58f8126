import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { App, Button, ConfirmDanger, Flex, useAction, useFormat } from '../../../../web/kit.ts';
import { listDestinations, revokeDestination, type ShownDestination, testDestination } from '../../contract.ts';

/** Tries a destination out, or revokes it. */
export function DestinationActions({ destination: { destinationId, name, deliveries } }: { destination: ShownDestination }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const { notification } = App.useApp();
  const [isRevoking, setRevoking] = useState(false);
  const params = { destinationId };
  const test = useAction(testDestination, {
    invalidates: [listDestinations],
    onSuccess({ arrived, trouble, tookMs }) {
      if (arrived) notification.success({ title: t('deliver.arrived', { name }), description: t('deliver.arrivedIn', { duration: format.duration(tookMs) }) });
      else notification.error({ title: t('deliver.notArrived', { name }), description: trouble });
    },
  });
  const revoke = useAction(revokeDestination, { invalidates: [listDestinations], done: t('deliver.revokeDone'), onSuccess: () => setRevoking(false) });
  return (
    <Flex>
      <Button type="link" loading={test.isPending} onClick={() => test.mutate({ params })}>{t('deliver.test')}</Button>
      <Button type="link" danger onClick={() => setRevoking(true)}>{t('deliver.revoke')}</Button>
      <ConfirmDanger
        open={isRevoking}
        title={t('deliver.revokeTitle', { name })}
        touches={[t('deliver.revokeDeliveries', { count: deliveries, shown: format.number(deliveries) }), t('deliver.revokeFinal')]}
        confirmLabel={t('deliver.revoke')}
        busy={revoke.isPending}
        onConfirm={() => revoke.mutate({ params })}
        onCancel={() => setRevoking(false)}
      />
    </Flex>
  );
}
