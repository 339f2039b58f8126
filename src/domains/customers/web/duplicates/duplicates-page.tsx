import { useTranslation } from 'react-i18next';
import { Button, type Column, DataTable, EmptyState, Flex, Link, PageHeader, type RowOf, useAction, useFormat } from '../../../../web/kit.ts';
import { dismissDuplicate, listDuplicates, readCustomer } from '../../contract.ts';

type Pair = RowOf<typeof listDuplicates>;

/** Everybody who may be the same as somebody else, for a person to decide. */
export default function DuplicatesPage() {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const dismiss = useAction(dismissDuplicate, { invalidates: [listDuplicates, readCustomer] });
  const who = ({ customerNo, name, phone, memberNo }: Pair['one']): string =>
    [name ?? t('people.unnamed', { no: customerNo }), phone ?? memberNo ?? t('user.no', { no: customerNo })].join(' · ');
  const columns: Column<Pair>[] = [
    { key: 'one', title: t('duplicates.one'), render: ({ one }) => who(one) },
    { key: 'other', title: t('duplicates.other'), render: ({ other }) => <Link to={`/users/${other.customerNo}`}>{who(other)}</Link> },
    { key: 'kind', title: t('duplicates.shared'), render: ({ kind }) => kind && t(`kind.${kind}`) },
    { key: 'orders', title: t('people.column.orders'), numeric: true, render: ({ one, other }) => `${format.number(one.orders)} / ${format.number(other.orders)}` },
    { key: 'foundAt', title: t('duplicates.foundAt'), render: ({ foundAt }) => format.dateTime(foundAt) },
    {
      key: 'decide',
      title: t('duplicates.decide'),
      render: ({ one, other }) => (
        <Flex gap="small" align="center" wrap>
          <Link to={`/users/${one.customerNo}/merge?with=${other.customerNo}`}>{t('duplicates.compare')}</Link>
          <Button size="small" disabled={dismiss.isPending} onClick={() => dismiss.mutate({ params: { customerNo: one.customerNo, otherNo: other.customerNo } })}>{t('duplicates.dismiss')}</Button>
        </Flex>
      ),
    },
  ];
  return (
    <>
      <PageHeader title={t('duplicates.list')} subtitle={t('duplicates.subtitle')} />
      <DataTable
        endpoint={listDuplicates}
        columns={columns}
        rowKey={({ one, other }) => `${one.customerNo} ${other.customerNo}`}
        rowLink={({ one }) => `/users/${one.customerNo}`}
        empty={<EmptyState title={t('duplicates.none')} hint={t('duplicates.noneHint')} />}
      />
    </>
  );
}
