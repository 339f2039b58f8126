import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ConfirmDanger, Flex, Form, Input, Modal, Select, Stack, Tag, useAction, useNavigateTo } from '../../../../web/kit.ts';
import { changeDashboard, changeReport, deleteDashboard, deleteReport, type KeptHead, listDashboards, listReports, readDashboard, readReport, type Sharing, sharings } from '../../contract.ts';

const endpoints = {
  report: { change: changeReport, remove: deleteReport, list: listReports, read: readReport, home: '/insights/reports' },
  dashboard: { change: changeDashboard, remove: deleteDashboard, list: listDashboards, read: readDashboard, home: '/insights/dashboards' },
} as const;

/** Who sees something that is kept, in a word. */
export function SharedTag({ sharing }: { sharing: Sharing }) {
  const { t } = useTranslation('insights');
  return <Tag color={sharing === 'private' ? 'default' : 'blue'}>{t(`sharing.${sharing}`)}</Tag>;
}

/** Name, sharing and deletion of a report or a dashboard. */
export function KeptSettings({ kind, kept, open, onClose }: { kind: 'report' | 'dashboard'; kept: KeptHead; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('insights');
  const navigate = useNavigateTo();
  const { change, remove, list, read, home } = endpoints[kind];
  const [name, setName] = useState(kept.name);
  const [sharing, setSharing] = useState(kept.sharing);
  const [deleting, setDeleting] = useState(false);
  useEffect(() => {
    setName(kept.name);
    setSharing(kept.sharing);
  }, [open, kept.name, kept.sharing]);
  const save = useAction(change, { invalidates: [list, read], done: t('kept.saved'), onSuccess: onClose });
  const drop = useAction(remove, { invalidates: [list], done: t('kept.deleted'), onSuccess: () => navigate(home) });
  return (
    <>
      <Modal
        open={open && !deleting}
        title={t('kept.settings')}
        onCancel={onClose}
        footer={(
          <Flex justify="space-between" gap="small" wrap>
            {kept.isMine ? <Button danger onClick={() => setDeleting(true)}>{t('kept.delete')}</Button> : <span />}
            <Button type="primary" disabled={name.trim() === ''} loading={save.isPending} onClick={() => save.mutate({ params: { id: kept.id }, body: { version: kept.version, name: name.trim(), ...(kept.isMine ? { sharing } : {}) } })}>
              {t('kept.save')}
            </Button>
          </Flex>
        )}
      >
        <Form layout="vertical" component="div">
          <Stack>
            <Form.Item label={t('kept.name')}><Input maxLength={80} aria-label={t('kept.name')} value={name} onChange={(event) => setName(event.target.value)} /></Form.Item>
            <Form.Item label={t('kept.sharing')} extra={kept.isMine ? undefined : t('kept.ownerShares', { owner: kept.owner })}>
              <Select aria-label={t('kept.sharing')} disabled={!kept.isMine} value={sharing} options={sharings.map((each) => ({ value: each, label: t(`sharing.${each}`) }))} onChange={setSharing} />
            </Form.Item>
          </Stack>
        </Form>
      </Modal>
      <ConfirmDanger
        open={deleting}
        title={t('kept.deleteTitle', { name: kept.name })}
        touches={[t(kind === 'report' ? 'kept.deleteReport' : 'kept.deleteDashboard')]}
        confirmLabel={t('kept.delete')}
        busy={drop.isPending}
        onConfirm={() => drop.mutate({ params: { id: kept.id } })}
        onCancel={() => setDeleting(false)}
      />
    </>
  );
}
