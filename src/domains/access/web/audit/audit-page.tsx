import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { addressOf, type Column, DataTable, DateRangePicker, EmptyState, PageHeader, type RowOf, Stack, Tag, useEndpoint, useFormat, useSearchState, useSession } from '../../../../web/kit.ts';
import { exportAudit, listAudit, listAuditActions } from '../../audit/contract.ts';
import { actionLabel, subjectLabel } from './action-label.ts';
import { AuditDetails } from './audit-details.tsx';
import { ChainState } from './chain-state.tsx';
import { instantsOf } from './instants.ts';

type AuditRow = RowOf<typeof listAudit>;
const search = z.object({ from: z.iso.date().optional().catch(undefined), to: z.iso.date().optional().catch(undefined) });

export default function AuditPage() {
  const { t } = useTranslation('access');
  const { t: tAll } = useTranslation();
  const format = useFormat();
  const { brand } = useSession();
  const [{ from, to }, change] = useSearchState(search);
  const actions = useEndpoint(listAuditActions).data?.actions ?? [];
  const range = from && to ? { from, to } : null;
  const columns: Column<AuditRow>[] = [
    { key: 'at', title: t('auditPage.at'), render: (row) => format.dateTime(row.at) },
    { key: 'actor', title: t('auditPage.actor'), render: (row) => (row.actorKind === 'system' ? t('auditPage.system') : row.actorName) },
    { key: 'kind', title: t('auditPage.kind'), optional: true, render: (row) => <Tag>{t(`actorKind.${row.actorKind}`)}</Tag> },
    { key: 'action', title: t('auditPage.action'), render: (row) => actionLabel(row.action, tAll) },
    { key: 'subject', title: t('auditPage.subject'), render: (row) => subjectLabel(row.action, row.subject, tAll) },
    { key: 'details', title: t('auditPage.details'), render: (row) => <AuditDetails details={row.details} /> },
    { key: 'seq', title: t('auditPage.seq'), numeric: true, sortable: true, render: (row) => format.number(row.seq) },
  ];
  return (
    <>
      <PageHeader title={t('auditPage.title')} subtitle={t('auditPage.subtitle')} />
      <Stack>
        <ChainState />
        <DataTable
          endpoint={listAudit}
          query={instantsOf(range, brand.timeZone)}
          columns={columns}
          rowKey={(row) => row.seq}
          searchPlaceholder={t('auditPage.search')}
          filters={[{ key: 'action', label: t('auditPage.action'), multiple: true, options: actions.map((value) => ({ value, label: actionLabel(value, tAll) })) }]}
          extra={<DateRangePicker clearable value={range} onChange={(next) => change({ from: next?.from, to: next?.to })} />}
          narrowed={range !== null}
          exportHref={({ sort: _sort, ...query }) => addressOf(exportAudit, { query })}
          empty={<EmptyState title={t('auditPage.empty')} />}
        />
      </Stack>
    </>
  );
}
