import { useTranslation } from 'react-i18next';
import { Button, type Column, DataTable, EmptyState, PageHeader, type RowOf, Tag, useFormat, useNavigateTo } from '../../../../web/kit.ts';
import { listImports } from '../../imports/contract.ts';
import { importKinds } from '../../mapping/fields.ts';
import { StateTag } from './state-tag.tsx';

/** Files that were brought in, newest first. */
export default function ImportsPage() {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const navigate = useNavigateTo();
  const columns: Column<RowOf<typeof listImports>>[] = [
    { key: 'fileName', title: t('imports.column.file'), render: (row) => <>#{row.importId} {row.fileName}</> },
    { key: 'kind', title: t('imports.column.kind'), render: (row) => <Tag>{t(`imports.kind.${row.kind}`)}</Tag> },
    { key: 'state', title: t('imports.column.state'), render: (row) => <StateTag state={row.state} /> },
    { key: 'rows', title: t('imports.column.rows'), numeric: true, render: (row) => format.number(row.rows) },
    { key: 'rejected', title: t('imports.column.rejected'), numeric: true, render: (row) => format.number(row.rejected) },
    { key: 'createdAt', title: t('imports.column.created'), render: (row) => format.dateTime(row.createdAt) },
    { key: 'createdBy', title: t('imports.column.by'), render: (row) => row.createdBy },
  ];
  return (
    <>
      <PageHeader
        title={t('imports.title')}
        subtitle={t('imports.subtitle')}
        actions={<Button type="primary" onClick={() => navigate('/data/imports/new')}>{t('imports.new')}</Button>}
      />
      <DataTable
        endpoint={listImports}
        columns={columns}
        rowKey={(row) => row.importId}
        rowLink={(row) => `/data/imports/${row.importId}`}
        searchPlaceholder={t('imports.search')}
        refreshMs={5_000}
        filters={[{ key: 'kind', label: t('imports.column.kind'), options: importKinds.map((value) => ({ value, label: t(`imports.kind.${value}`) })) }]}
        empty={<EmptyState title={t('imports.empty')} hint={t('imports.emptyHint')} action={<Button type="primary" onClick={() => navigate('/data/imports/new')}>{t('imports.new')}</Button>} />}
      />
    </>
  );
}
