import { useTranslation } from 'react-i18next';
import { Button, DataTable, EmptyState, type Filter, Flex, PageHeader, useMay, useNavigateTo } from '../../../../web/kit.ts';
import { BranchesOutlined, CloudUploadOutlined, FileTextOutlined, GiftOutlined, PlusOutlined, TeamOutlined } from '../../../../web/icons.tsx';
import { audienceKinds, listAudiences } from '../../contract.ts';
import { useAudienceColumns } from './audience-columns.tsx';

const refreshMs = 15_000;

/** Every audience, how large it is and whether it is up to date. */
export default function AudiencesPage() {
  const { t } = useTranslation('audiences');
  const navigate = useNavigateTo();
  const mayEdit = useMay('audiences.edit');
  const mayExport = useMay('audiences.export');
  const columns = useAudienceColumns();
  const filters: Filter[] = [
    { key: 'kind', label: t('web.list.kind'), options: audienceKinds.map((value) => ({ value, label: t(`web.kind.${value}`) })) },
    { key: 'archived', label: t('web.list.inUse'), options: [{ value: '1', label: t('web.list.archived') }] },
  ];
  const make = mayEdit && <Button type="primary" icon={<PlusOutlined />} onClick={() => navigate('/users/audiences/new')}>{t('web.list.new')}</Button>;
  const ready = <Button icon={<GiftOutlined />} onClick={() => navigate('/users/audiences/ready-made')}>{t('web.ready.title')}</Button>;
  return (
    <>
      <PageHeader
        title={t('web.list.title')}
        subtitle={t('web.list.subtitle')}
        actions={
          <>
            <Button icon={<FileTextOutlined />} onClick={() => navigate('/users/audiences/lists')}>{t('web.lists.title')}</Button>
            <Button icon={<BranchesOutlined />} onClick={() => navigate('/users/audiences/overlap')}>{t('web.overlap.title')}</Button>
            {mayExport && <Button icon={<CloudUploadOutlined />} onClick={() => navigate('/users/audiences/destinations')}>{t('deliver.destinations')}</Button>}
            {mayEdit && ready}
            {make}
          </>
        }
      />
      <DataTable
        endpoint={listAudiences}
        columns={columns}
        rowKey={(row) => row.audienceId}
        rowLink={(row) => `/users/audiences/${row.audienceId}`}
        filters={filters}
        searchPlaceholder={t('web.list.search')}
        refreshMs={refreshMs}
        empty={<EmptyState icon={<TeamOutlined />} title={t('web.list.empty')} hint={t('web.list.emptyHint')} action={mayEdit && <Flex gap="small" justify="center" wrap>{ready}{make}</Flex>} />}
      />
    </>
  );
}
