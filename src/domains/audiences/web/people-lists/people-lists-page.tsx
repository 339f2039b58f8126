import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, DataTable, EmptyState, PageHeader, useMay } from '../../../../web/kit.ts';
import { FileTextOutlined, UploadOutlined } from '../../../../web/icons.tsx';
import { listPeopleLists } from '../../contract.ts';
import { ListUpload } from './list-upload.tsx';
import { useListColumns } from './use-list-columns.tsx';

/** Uploaded lists of people: how many each holds, how its file was read, and which rules ask for it. */
export default function PeopleListsPage() {
  const { t } = useTranslation('audiences');
  const mayEdit = useMay('audiences.edit');
  const [isUploading, setUploading] = useState(false);
  const columns = useListColumns();
  const upload = mayEdit && <Button type="primary" icon={<UploadOutlined />} onClick={() => setUploading(true)}>{t('web.upload.new')}</Button>;
  return (
    <>
      <PageHeader title={t('web.lists.title')} subtitle={t('web.lists.subtitle')} breadcrumbs={[{ label: t('web.list.title'), to: '/users/audiences' }]} actions={upload} />
      <DataTable
        endpoint={listPeopleLists}
        columns={columns}
        rowKey={(row) => row.listId}
        searchPlaceholder={t('web.lists.search')}
        empty={<EmptyState icon={<FileTextOutlined />} title={t('web.lists.empty')} hint={t('web.lists.emptyHint')} action={upload} />}
      />
      <ListUpload open={isUploading} onClose={() => setUploading(false)} onUploaded={() => undefined} />
    </>
  );
}
