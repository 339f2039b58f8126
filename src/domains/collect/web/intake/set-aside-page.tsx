import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { App, Button, type Column, DataTable, EmptyState, PageHeader, type RowOf, useAction, useFormat, useMay, useSearchState } from '../../../../web/kit.ts';
import { z } from 'zod';
import { listSetAside, replayAllSetAside, setAsideReasons } from '../../intake/desk/contract.ts';
import { SetAsideDrawer } from './set-aside-drawer.tsx';

type EventRow = RowOf<typeof listSetAside>;

const address = z.object({ reason: z.enum(setAsideReasons).optional().catch(undefined) });

/** Events that could not become facts, until someone replays or discards them. */
export default function SetAsidePage() {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const { message } = App.useApp();
  const mayRepair = useMay('collect.repair');
  const [{ reason }] = useSearchState(address);
  const [opened, setOpened] = useState<EventRow | null>(null);
  const replayAll = useAction(replayAllSetAside, {
    invalidates: [listSetAside],
    onSuccess: ({ replayed, remaining }) => void message.info(t('setAside.replayedAll', { count: replayed, remaining })),
  });
  const columns: Column<EventRow>[] = [
    { key: 'receivedAt', title: t('setAside.receivedAt'), render: (row) => format.dateTime(row.receivedAt) },
    { key: 'reason', title: t('setAside.reason'), render: (row) => t(`reason.${row.reason}`) },
    { key: 'path', title: t('setAside.path'), render: (row) => row.path ?? '' },
    { key: 'event', title: t('setAside.event'), render: (row) => row.eventName ?? '' },
    { key: 'type', title: t('setAside.type'), optional: true, render: (row) => row.callType ?? '' },
    { key: 'source', title: t('setAside.source'), render: (row) => row.source ?? t('setAside.gone') },
    { key: 'actions', title: '', render: (row) => mayRepair && <Button type="link" onClick={() => setOpened(row)}>{t('setAside.open')}</Button> },
  ];
  return (
    <>
      <PageHeader
        title={t('setAside.title')}
        subtitle={t('setAside.subtitle')}
        actions={mayRepair && reason && (
          <Button loading={replayAll.isPending} onClick={() => replayAll.mutate({ body: { reason } })}>
            {t('setAside.replayAll', { reason: t(`reason.${reason}`) })}
          </Button>
        )}
      />
      <DataTable
        endpoint={listSetAside}
        columns={columns}
        rowKey={(row) => row.eventNo}
        filters={[{ key: 'reason', label: t('setAside.reason'), options: setAsideReasons.map((value) => ({ value, label: t(`reason.${value}`) })) }]}
        empty={<EmptyState title={t('setAside.empty')} hint={t('setAside.emptyHint')} />}
      />
      {opened && <SetAsideDrawer event={opened} onClose={() => setOpened(null)} />}
    </>
  );
}
