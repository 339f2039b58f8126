import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { addressOf, Checkbox, DataTable, DateRangePicker, EmptyState, type Filter, Link, PageHeader, useEndpoint, useMay, useSearchState } from '../../../../web/kit.ts';
import { exportCustomers, genders, listCustomers, readCustomerFacets } from '../../contract.ts';
import { usePeopleColumns } from './people-columns.tsx';

const period = z.object({ createdFrom: z.iso.date().optional().catch(undefined), createdTo: z.iso.date().optional().catch(undefined) });

/** Everybody there is: searched by what identifies them, filtered by what is not personal. */
export default function PeoplePage() {
  const { t } = useTranslation('customers');
  const [{ createdFrom, createdTo }, change] = useSearchState(period);
  const [isFull, setFull] = useState(false);
  const mayExport = useMay('customers.export');
  const mayReveal = useMay('customers.reveal');
  const columns = usePeopleColumns();
  const filters = useFilters();
  const range = createdFrom && createdTo ? { from: createdFrom, to: createdTo } : null;
  return (
    <>
      <PageHeader title={t('people.title')} />
      <DataTable
        endpoint={listCustomers}
        query={{ createdFrom, createdTo }}
        columns={columns}
        rowKey={(row) => row.customerNo}
        rowLink={(row) => `/users/${row.customerNo}`}
        searchPlaceholder={t('people.search')}
        filters={filters}
        extra={<DateRangePicker label={t('people.anyTime')} value={range} clearable onChange={(next) => change({ createdFrom: next?.from, createdTo: next?.to })} />}
        narrowed={range !== null}
        exportChoice={mayExport && mayReveal && <Checkbox checked={isFull} onChange={(event) => setFull(event.target.checked)}>{t('people.inFull')}</Checkbox>}
        exportHref={mayExport ? (query) => addressOf(exportCustomers, { query: { ...query, reveal: isFull ? '1' : '0' } }) : undefined}
        empty={<EmptyState title={t('people.empty')} hint={t('people.emptyHint')} action={<Link to="/data/imports">{t('people.import')}</Link>} />}
      />
    </>
  );
}

function useFilters(): Filter[] {
  const { t } = useTranslation('customers');
  const { data } = useEndpoint(readCustomerFacets);
  const options = (values: readonly string[]) => values.map((value) => ({ value, label: value }));
  return [
    { key: 'channel', label: t('people.filter.channel'), options: options(data?.channels ?? []), multiple: true },
    { key: 'province', label: t('people.filter.province'), options: options(data?.provinces ?? []), multiple: true },
    { key: 'gender', label: t('people.filter.gender'), options: genders.map((value) => ({ value, label: t(`gender.${value}`) })) },
    { key: 'identified', label: t('people.filter.identified'), options: [{ value: '1', label: t('people.identified') }, { value: '0', label: t('people.anonymous') }] },
    { key: 'tag', label: t('people.filter.tag'), options: (data?.tags ?? []).map(({ tagId, name }) => ({ value: String(tagId), label: name })) },
  ];
}
