import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf, Button, download, Dropdown, PageHeader, useMay, useNavigateTo } from '../../../../web/kit.ts';
import { DeleteOutlined, DownloadOutlined, EditOutlined, MergeCellsOutlined, MoreOutlined } from '../../../../web/icons.tsx';
import { exportCustomer, type ShownProfile } from '../../contract.ts';
import { EditForm } from './edit-form.tsx';
import { EraseDialog } from './erase-dialog.tsx';

/** Who it is, and what can be done to them. */
export function UserHeader({ profile }: { profile: ShownProfile }) {
  const { t } = useTranslation('customers');
  const navigate = useNavigateTo();
  const [open, setOpen] = useState<'edit' | 'erase' | null>(null);
  const may = { edit: useMay('customers.edit'), merge: useMay('customers.merge'), export: useMay('customers.export'), reveal: useMay('customers.reveal'), erase: useMay('customers.erase') };
  const { customerNo, name } = profile;
  const more = [
    may.merge && { key: 'merge', icon: <MergeCellsOutlined />, label: t('user.merge'), onClick: () => navigate(`/users/${customerNo}/merge`) },
    may.export && may.reveal && { key: 'export', icon: <DownloadOutlined />, label: t('user.export'), onClick: () => download(addressOf(exportCustomer, { params: { customerNo } })) },
    may.erase && { key: 'erase', icon: <DeleteOutlined />, danger: true, label: t('user.erase'), onClick: () => setOpen('erase') },
  ].filter((item) => item !== false);
  return (
    <>
      <PageHeader
        title={name ?? t('user.title', { no: customerNo })}
        subtitle={t('user.no', { no: customerNo })}
        breadcrumbs={[{ label: t('people.title'), to: '/users' }]}
        actions={
          <>
            {more.length > 0 && <Dropdown menu={{ items: more }} trigger={['click']}><Button icon={<MoreOutlined />}>{t('user.more')}</Button></Dropdown>}
            {may.edit && <Button type="primary" icon={<EditOutlined />} onClick={() => setOpen('edit')}>{t('user.edit')}</Button>}
          </>
        }
      />
      <EditForm profile={profile} open={open === 'edit'} onClose={() => setOpen(null)} />
      {may.erase && <EraseDialog customerNo={customerNo} open={open === 'erase'} onClose={() => setOpen(null)} />}
    </>
  );
}
