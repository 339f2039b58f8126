import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, EmptyState, Input, Section, Stack, Table, type TableProps, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { type CustomerRow, searchCustomers, type ShownProfile } from '../../contract.ts';
import { Duplicates } from '../user/duplicates.tsx';

/** Finds the other person of a merge, suggested ones first. */
export function ChooseOther({ profile, onChosen }: { profile: ShownProfile; onChosen: (customerNo: number) => void }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const [q, setQ] = useState('');
  const found = useEndpoint(searchCustomers, { query: { q } }, { enabled: q !== '' });
  const rows = (found.data?.rows ?? []).filter((row) => row.customerNo !== profile.customerNo);
  const columns: TableProps<CustomerRow>['columns'] = [
    { key: 'name', title: t('people.column.name'), render: (_, row) => row.name ?? t('people.unnamed', { no: row.customerNo }) },
    { key: 'customerNo', title: t('people.column.customerNo'), render: (_, row) => row.customerNo },
    { key: 'phone', title: t('people.column.phone'), render: (_, row) => row.phone },
    { key: 'memberNo', title: t('people.column.memberNo'), render: (_, row) => row.memberNo },
    { key: 'createdAt', title: t('people.column.createdAt'), render: (_, row) => format.date(row.createdAt) },
    { key: 'spent', title: t('people.column.spent'), render: (_, row) => format.money(row.spent) },
    { key: 'choose', render: (_, row) => <Button onClick={() => onChosen(row.customerNo)}>{t('merge.compare')}</Button> },
  ];
  return (
    <Stack>
      <Duplicates profile={profile} />
      <Section title={t('merge.other')}>
        <Stack>
          <Input.Search autoFocus allowClear enterButton={t('merge.find')} placeholder={t('merge.search')} aria-label={t('merge.other')} loading={found.isFetching} onSearch={(text) => setQ(text.trim())} />
          {rows.length > 0 && <Table<CustomerRow> rowKey="customerNo" size="small" columns={columns} dataSource={rows} pagination={false} scroll={{ x: 'max-content' }} />}
          {found.data && rows.length === 0 && <EmptyState title={t('merge.nobody')} />}
        </Stack>
      </Section>
    </Stack>
  );
}
