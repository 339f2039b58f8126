import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { addressOf, DataTable, DateRangePicker, EmptyState, type Filter, Link, PageHeader, useEndpoint, useFormat, useMay, useSearchState } from '../../../../web/kit.ts';
import { TeamOutlined } from '../../../../web/icons.tsx';
import { exportMembersList, listMembers, readBenefitMatrix } from '../../contract.ts';
import { useMemberColumns } from './use-member-columns.tsx';

const period = z.object({ joinedFrom: z.iso.date().optional().catch(undefined), joinedTo: z.iso.date().optional().catch(undefined) });
const dueDays = [7, 30, 90];
const pointsSteps = [1, 100, 1_000, 10_000];

/** Everybody who is a member: of which tier, since when, and what is due. */
export default function MembersPage() {
  const { t } = useTranslation('membership');
  const [{ joinedFrom, joinedTo }, change] = useSearchState(period);
  const mayExport = useMay('membership.export');
  const mayOpen = useMay('customers.read');
  const filters = useFilters();
  const columns = useMemberColumns();
  const range = joinedFrom && joinedTo ? { from: joinedFrom, to: joinedTo } : null;
  return (
    <>
      <PageHeader title={t('members.title')} subtitle={t('members.subtitle')} />
      <DataTable
        endpoint={listMembers}
        query={{ joinedFrom, joinedTo }}
        columns={columns}
        rowKey={(row) => row.customerNo}
        rowLink={mayOpen ? (row) => `/users/${row.customerNo}?tab=membership` : undefined}
        filters={filters}
        extra={<DateRangePicker label={t('members.filter.joined')} value={range} clearable onChange={(next) => change({ joinedFrom: next?.from, joinedTo: next?.to })} />}
        narrowed={range !== null}
        exportHref={mayExport ? (query) => addressOf(exportMembersList, { query }) : undefined}
        empty={<EmptyState icon={<TeamOutlined />} title={t('members.empty')} hint={t('members.emptyHint')} action={<Link to="/members/programme">{t('members.toProgramme')}</Link>} />}
      />
    </>
  );
}

function useFilters(): Filter[] {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const { data } = useEndpoint(readBenefitMatrix);
  return [
    { key: 'tier', label: t('members.filter.tier'), options: (data?.tiers ?? []).map(({ key, name }) => ({ value: key, label: name })) },
    { key: 'dueWithin', label: t('members.filter.due'), options: dueDays.map((days) => ({ value: String(days), label: t('members.dueWithin', { count: days }) })) },
    { key: 'pointsFrom', label: t('members.filter.points'), options: pointsSteps.map((points) => ({ value: String(points), label: t('members.pointsFrom', { shown: format.number(points) }) })) },
    { key: 'state', label: t('members.filter.state'), options: (['member', 'left'] as const).map((value) => ({ value, label: t(`members.state.${value}`) })) },
  ];
}
