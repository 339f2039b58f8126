import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState, Link, Loaded, Modal, Select, Stack, useAction, useEndpoint } from '../../../../web/kit.ts';
import { changeDashboard, listDashboards, readDashboard } from '../../contract.ts';

/** Puts a report on a dashboard. */
export function PinReport({ reportId, onClose }: { reportId: number | null; onClose: () => void }) {
  const { t } = useTranslation('insights');
  const [chosen, setChosen] = useState<number>();
  const dashboards = useEndpoint(listDashboards, { query: { pageSize: 200, sort: 'name' } }, { enabled: reportId !== null });
  const pin = useAction(changeDashboard, { invalidates: [listDashboards, readDashboard], done: t('kept.pinned'), onSuccess: onClose });
  const board = dashboards.data?.rows.find(({ id }) => id === chosen);
  const put = (): void => {
    if (!board || reportId === null) return;
    const { cards } = board.body;
    const isThere = cards.some((card) => card.reportId === reportId);
    pin.mutate({ params: { id: board.id }, body: { version: board.version, body: { cards: isThere ? cards : [...cards, { reportId, size: 'half' }] } } });
  };
  return (
    <Modal open={reportId !== null} title={t('kept.pin')} okText={t('kept.pinHere')} okButtonProps={{ disabled: !board }} confirmLoading={pin.isPending} onOk={put} onCancel={onClose}>
      <Loaded from={dashboards}>
        {({ rows }) => {
          const mine = rows.filter(({ mayChange }) => mayChange);
          if (mine.length === 0) return <EmptyState title={t('dashboards.none')} hint={t('dashboards.noneHint')} action={<Link to="/insights/dashboards">{t('navigation.dashboards')}</Link>} />;
          return (
            <Stack>
              <Select aria-label={t('navigation.dashboards')} style={{ width: '100%' }} placeholder={t('dashboards.choose')} value={chosen} options={mine.map(({ id, name }) => ({ value: id, label: name }))} onChange={setChosen} />
            </Stack>
          );
        }}
      </Loaded>
    </Modal>
  );
}
