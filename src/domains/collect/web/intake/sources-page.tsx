import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, type Column, ConfirmDanger, CopyOnce, DataTable, EmptyState, Form, FormModal, Input, Modal, PageHeader, type RowOf, Stack, Tag, Typography, useAction, useFormat, useMay } from '../../../../web/kit.ts';
import { PlusOutlined } from '../../../../web/icons.tsx';
import { createWriteKey, listWriteKeys, revokeWriteKey } from '../../write-keys/contract.ts';
import { HowToConnect } from './how-to-connect.tsx';

type KeyRow = RowOf<typeof listWriteKeys>;

/** Trackers and the keys they send events with. */
export default function SourcesPage() {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const mayChange = useMay('collect.sources');
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<{ name: string; secret: string } | null>(null);
  const [doomed, setDoomed] = useState<KeyRow | null>(null);
  const revoke = useAction(revokeWriteKey, { invalidates: [listWriteKeys], onSuccess: () => setDoomed(null), done: t('sources.revokedDone') });
  const add = mayChange && <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>{t('sources.add')}</Button>;
  const columns: Column<KeyRow>[] = [
    { key: 'name', title: t('sources.name'), render: (row) => row.name },
    { key: 'prefix', title: t('sources.prefix'), render: (row) => <Typography.Text code>{`${row.prefix}…`}</Typography.Text> },
    { key: 'state', title: t('sources.state'), render: (row) => (row.revokedAt ? <Tag>{t('sources.revoked', { at: format.dateTime(row.revokedAt) })}</Tag> : <Tag color="success">{t('sources.working')}</Tag>) },
    { key: 'lastUsedAt', title: t('sources.lastUsedAt'), render: (row) => (row.lastUsedAt ? format.relative(row.lastUsedAt) : t('sources.never')) },
    { key: 'createdAt', title: t('sources.createdAt'), render: (row) => format.dateTime(row.createdAt) },
    { key: 'createdBy', title: t('sources.createdBy'), optional: true, render: (row) => row.createdBy },
    { key: 'actions', title: '', render: (row) => mayChange && !row.revokedAt && <Button type="link" danger onClick={() => setDoomed(row)}>{t('sources.revoke')}</Button> },
  ];
  return (
    <>
      <PageHeader title={t('sources.title')} subtitle={t('sources.subtitle')} actions={add} />
      <Stack>
        <DataTable
          endpoint={listWriteKeys}
          columns={columns}
          rowKey={(row) => row.writeKeyId}
          refreshMs={15_000}
          empty={<EmptyState title={t('sources.empty')} hint={t('sources.emptyHint')} action={add} />}
        />
        <HowToConnect />
      </Stack>
      <FormModal<typeof createWriteKey, { name: string }>
        open={isMaking}
        title={t('sources.add')}
        submitLabel={t('sources.add')}
        endpoint={createWriteKey}
        request={({ name }) => ({ body: { name } })}
        invalidates={[listWriteKeys]}
        onDone={({ key, secret }) => {
          setMaking(false);
          setMade({ name: key.name, secret });
        }}
        onCancel={() => setMaking(false)}
      >
        <Form.Item name="name" label={t('sources.name')} extra={t('sources.nameHint')} rules={[{ required: true, max: 60 }]}>
          <Input autoFocus />
        </Form.Item>
      </FormModal>
      <Modal open={made !== null} title={t('sources.secretTitle', { name: made?.name ?? '' })} mask={{ closable: false }} onCancel={() => setMade(null)} footer={<Button type="primary" onClick={() => setMade(null)}>{t('sources.close')}</Button>}>
        {made && <CopyOnce secret={made.secret} hint={t('sources.secretHint')} />}
      </Modal>
      <ConfirmDanger
        open={doomed !== null}
        title={t('sources.revokeTitle', { name: doomed?.name ?? '' })}
        touches={[t('sources.revokeTouches')]}
        confirmLabel={t('sources.revoke')}
        busy={revoke.isPending}
        onConfirm={() => doomed && revoke.mutate({ params: { writeKeyId: doomed.writeKeyId } })}
        onCancel={() => setDoomed(null)}
      />
    </>
  );
}
