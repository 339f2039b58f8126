import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, DataTable, EmptyState, type Filter, PageHeader, useMay } from '../../../../web/kit.ts';
import { CloudUploadOutlined, PlusOutlined } from '../../../../web/icons.tsx';
import { listDestinations } from '../../contract.ts';
import { DestinationForm } from './destination-form.tsx';
import { ShownSecret } from './shown-secret.tsx';
import { useDestinationColumns } from './use-destination-columns.tsx';

/** Where members of audiences can be sent, and whether what was sent arrives. */
export default function DestinationsPage() {
  const { t } = useTranslation('audiences');
  const mayKeep = useMay('audiences.destinations');
  const [isMaking, setMaking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const columns = useDestinationColumns(mayKeep);
  const add = mayKeep && <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>{t('deliver.add')}</Button>;
  const filters: Filter[] = [{ key: 'revoked', label: t('deliver.inUse'), options: [{ value: '1', label: t('deliver.revoked') }] }];
  return (
    <>
      <PageHeader title={t('deliver.destinations')} subtitle={t('deliver.subtitle')} breadcrumbs={[{ label: t('web.list.title'), to: '/users/audiences' }]} actions={add} />
      <DataTable
        endpoint={listDestinations}
        columns={columns}
        rowKey={(row) => row.destinationId}
        filters={filters}
        searchPlaceholder={t('deliver.search')}
        empty={<EmptyState icon={<CloudUploadOutlined />} title={t('deliver.empty')} hint={t(mayKeep ? 'deliver.emptyHint' : 'deliver.askForOne')} action={add} />}
      />
      {mayKeep && <DestinationForm open={isMaking} onClose={() => setMaking(false)} onMade={setSecret} />}
      <ShownSecret secret={secret} onClose={() => setSecret(null)} />
    </>
  );
}
