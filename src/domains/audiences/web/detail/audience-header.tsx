import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf, Button, ConfirmDanger, download, Dropdown, type MenuProps, PageHeader, useAction, useFormat, useMay, useNavigateTo } from '../../../../web/kit.ts';
import { BranchesOutlined, CopyOutlined, DatabaseOutlined, DeleteOutlined, DownloadOutlined, EditOutlined, IdcardOutlined, MoreOutlined, PauseCircleOutlined, PlayCircleOutlined } from '../../../../web/icons.tsx';
import { deleteAudience, exportBitmap, exportMembers, listAudiences, readAudience, type ShownAudience, updateAudience } from '../../contract.ts';
import { KindTag } from '../kind-tag.tsx';
import { RenameForm } from './rename-form.tsx';

/** What it is called, and what can be done with it. */
export function AudienceHeader({ audience }: { audience: ShownAudience }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const navigate = useNavigateTo();
  const mayEdit = useMay('audiences.edit');
  const mayExport = useMay('audiences.export');
  const mayReveal = useMay('customers.reveal');
  const [open, setOpen] = useState<'rename' | 'delete' | null>(null);
  const { audienceId, name, version, archivedAt, usedBy } = audience;
  const params = { audienceId };
  const archive = useAction(updateAudience, { invalidates: [readAudience, listAudiences], done: t(archivedAt === null ? 'web.detail.archiveDone' : 'web.detail.restoreDone') });
  const remove = useAction(deleteAudience, { invalidates: [listAudiences], onSuccess: () => navigate('/users/audiences', { replace: true }) });
  const label = (key: string): string => t(`web.detail.${key}`);
  const items: MenuProps['items'] = [
    { key: 'overlap', icon: <BranchesOutlined />, label: label('compare'), onClick: () => navigate(`/users/audiences/overlap?ids=${audienceId}`) },
    ...(mayExport
      ? [
          { key: 'export', icon: <DownloadOutlined />, label: label('export'), onClick: () => download(addressOf(exportMembers, { params })) },
          ...(mayReveal ? [{ key: 'exportFull', icon: <DownloadOutlined />, label: label('exportFull'), onClick: () => download(addressOf(exportMembers, { params, query: { reveal: '1' } })) }] : []),
          { key: 'bitmap', icon: <DatabaseOutlined />, label: label('bitmap'), onClick: () => download(addressOf(exportBitmap, { params })) },
        ]
      : []),
    ...(mayEdit
      ? [
          { key: 'copy', icon: <CopyOutlined />, label: label('copy'), onClick: () => navigate(`/users/audiences/new?from=${audienceId}`) },
          { key: 'rename', icon: <IdcardOutlined />, label: label('rename'), onClick: () => setOpen('rename') },
          {
            key: 'archive',
            icon: archivedAt === null ? <PauseCircleOutlined /> : <PlayCircleOutlined />,
            label: label(archivedAt === null ? 'archive' : 'restore'),
            onClick: () => archive.mutate({ params, body: { version, archived: archivedAt === null } }),
          },
          { key: 'delete', icon: <DeleteOutlined />, danger: true, label: label('delete'), onClick: () => setOpen('delete') },
        ]
      : []),
  ];
  return (
    <>
      <PageHeader
        title={name}
        subtitle={<KindTag kind={audience.kind} />}
        breadcrumbs={[{ label: t('web.list.title'), to: '/users/audiences' }]}
        actions={
          <>
            <Dropdown menu={{ items }} trigger={['click']}><Button icon={<MoreOutlined />}>{label('more')}</Button></Dropdown>
            {mayEdit && audience.kind === 'live' && <Button type="primary" icon={<EditOutlined />} onClick={() => navigate(`/users/audiences/${audienceId}/edit`)}>{label('edit')}</Button>}
          </>
        }
      />
      {mayEdit && <RenameForm audience={audience} open={open === 'rename'} onClose={() => setOpen(null)} />}
      <ConfirmDanger
        open={open === 'delete'}
        title={t('web.detail.deleteTitle', { name })}
        touches={[
          t('web.detail.deletePeople', { shown: format.number(audience.size) }),
          t('web.detail.deletePast'),
          ...usedBy.map((user) => t('web.detail.deleteUsed', { name: user.name })),
        ]}
        name={name}
        isRefused={usedBy.length > 0}
        confirmLabel={label('delete')}
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ params })}
        onCancel={() => setOpen(null)}
      />
    </>
  );
}
