import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Button, ConfirmDanger, DescriptionList, Drawer, Flex, Input, Loaded, Stack, useAction, useEndpoint } from '../../../../web/kit.ts';
import { discardSetAside, listSetAside, readSetAside, replaySetAside, type SetAsideReason } from '../../intake/desk/contract.ts';

/** JSON with a line for each value, as it can be read; what is no JSON stays as it came. */
function laidOut(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

interface Opened {
  eventNo: number;
  reason: SetAsideReason;
  path: string | null;
}

/** One event with its content, to be corrected and replayed, or discarded. */
export function SetAsideDrawer({ event, onClose }: { event: Opened; onClose: () => void }) {
  const { t } = useTranslation('collect');
  const params = { eventNo: event.eventNo };
  const [edited, setEdited] = useState<string | null>(null);
  const [isDiscarding, setDiscarding] = useState(false);
  // Opening is recorded in the audit log: once, not at every glance at another window.
  const found = useEndpoint(readSetAside, { params }, { freshForMs: Number.POSITIVE_INFINITY });
  const after = { invalidates: [listSetAside], onSuccess: onClose };
  const replay = useAction(replaySetAside, { ...after, done: t('setAside.replayed') });
  const discard = useAction(discardSetAside, { ...after, done: t('setAside.discarded') });
  return (
    <Drawer open title={t(`reason.${event.reason}`)} size="large" onClose={onClose}>
      <Loaded from={found}>
        {({ body }) => (
          <Stack>
            <DescriptionList columns={1} items={[{ label: t('setAside.path'), value: event.path }]} />
            <Alert type="info" showIcon title={t('setAside.bodyHint')} />
            <Input.TextArea aria-label={t('setAside.body')} rows={18} value={edited ?? laidOut(body)} onChange={(change) => setEdited(change.target.value)} />
            <Flex gap="small" justify="end">
              <Button danger onClick={() => setDiscarding(true)}>{t('setAside.discard')}</Button>
              <Button type="primary" loading={replay.isPending} onClick={() => replay.mutate({ params, body: edited === null ? {} : { body: edited } })}>
                {t('setAside.replay')}
              </Button>
            </Flex>
          </Stack>
        )}
      </Loaded>
      <ConfirmDanger
        open={isDiscarding}
        title={t('setAside.discardTitle')}
        touches={[t('setAside.discardTouches')]}
        confirmLabel={t('setAside.discard')}
        busy={discard.isPending}
        onConfirm={() => discard.mutate({ params })}
        onCancel={() => setDiscarding(false)}
      />
    </Drawer>
  );
}
