import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, type Column, DataTable, EmptyState, FormModal, Link, PageHeader, type RowOf, Stack, useFormat, useMay, useNavigateTo } from '../../../../web/kit.ts';
import { createDashboard, listDashboards, type Sharing } from '../../contract.ts';
import { SharedTag } from '../reports/kept-settings.tsx';
import { NameAndSharing } from '../reports/save-report.tsx';

/** Every dashboard that a person may see. */
export default function DashboardsPage() {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const navigate = useNavigateTo();
  const mayEdit = useMay('insights.edit');
  const [making, setMaking] = useState(false);
  const make = mayEdit && <Button type="primary" onClick={() => setMaking(true)}>{t('dashboards.make')}</Button>;
  const columns: Column<RowOf<typeof listDashboards>>[] = [
    { key: 'name', title: t('kept.name'), sortable: true, render: ({ id, name }) => <Link to={`/insights/dashboards/${id}`}>{name}</Link> },
    { key: 'cards', title: t('dashboards.cards'), numeric: true, render: ({ body }) => format.number(body.cards.length) },
    { key: 'sharing', title: t('kept.sharing'), render: ({ sharing }) => <SharedTag sharing={sharing} /> },
    { key: 'owner', title: t('kept.owner'), sortable: true, render: ({ owner }) => owner },
    { key: 'updatedAt', title: t('kept.updatedAt'), sortable: true, render: ({ updatedAt }) => format.dateTime(updatedAt) },
  ];
  return (
    <Stack>
      <PageHeader title={t('navigation.dashboards')} actions={make} />
      <DataTable endpoint={listDashboards} columns={columns} rowKey={({ id }) => id} searchPlaceholder={t('kept.search')} empty={<EmptyState title={t('dashboards.none')} hint={t('dashboards.noneHint')} action={make} />} />
      <FormModal<typeof createDashboard, { name: string; sharing: Sharing }>
        open={making}
        endpoint={createDashboard}
        title={t('dashboards.make')}
        submitLabel={t('kept.save')}
        initial={{ sharing: 'private' }}
        request={(values) => ({ body: values })}
        invalidates={[listDashboards]}
        onDone={({ id }) => navigate(`/insights/dashboards/${id}`)}
        onCancel={() => setMaking(false)}
      >
        <NameAndSharing />
      </FormModal>
    </Stack>
  );
}
