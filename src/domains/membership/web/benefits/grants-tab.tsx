import { useTranslation } from 'react-i18next';
import { Button, type Column, DataTable, EmptyState, Popconfirm, type RowOf, Typography, useAction, useFormat, useMay } from '../../../../web/kit.ts';
import { listGrants, readBenefit, retryGrant, takeGrantBack } from '../../contract.ts';
import { GrantState } from './grant-state.tsx';

type Row = RowOf<typeof listGrants>;
const states = ['waiting', 'given', 'used', 'expired', 'refused', 'taken_back'] as const;
const invalidates = [listGrants, readBenefit];

/** To whom it was given, what became of it and why; giving again what could not be given, and taking back. */
export function GrantsTab({ benefitId }: { benefitId: number }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const mayOpen = useMay('customers.read');
  const title = (key: string): string => t(`benefits.grant.${key}`);
  const columns: Column<Row>[] = [
    { key: 'customerNo', title: title('customerNo'), render: (row) => t('members.unnamed', { no: row.customerNo }) },
    { key: 'grantedAt', title: title('grantedAt'), render: (row) => format.dateTime(row.grantedAt) },
    { key: 'gifts', title: title('gifts'), render: (row) => row.gifts.map((gift, i) => <div key={i}>{gift.sentence}{gift.refusal !== null && <Typography.Text type="danger"> {gift.refusal}</Typography.Text>}</div>) },
    { key: 'state', title: title('state'), render: (row) => <GrantState state={row.state} /> },
    { key: 'sentence', title: title('sentence'), render: (row) => row.sentence },
    { key: 'expiresAt', title: title('expiresAt'), render: (row) => (row.expiresAt === null ? t('points.lot.never') : format.date(row.expiresAt)) },
    { key: 'usedAt', title: title('usedAt'), optional: true, render: (row) => format.dateTime(row.usedAt) },
    { key: 'cost', title: title('cost'), numeric: true, optional: true, render: (row) => format.money(row.cost) },
    { key: 'actions', title: '', render: (row) => <Actions grant={row} /> },
  ];
  return (
    <DataTable
      endpoint={listGrants}
      params={{ benefitId }}
      columns={columns}
      rowKey={(row) => row.grantNo}
      rowLink={mayOpen ? (row) => `/users/${row.customerNo}?tab=membership` : undefined}
      filters={[{ key: 'state', label: title('state'), options: states.map((value) => ({ value, label: t(`benefits.grantState.${value}`) })) }]}
      empty={<EmptyState title={title('empty')} hint={title('emptyHint')} />}
    />
  );
}

function Actions({ grant: { grantNo, state, gifts } }: { grant: Row }) {
  const { t } = useTranslation('membership');
  const mayGive = useMay('membership.adjust');
  const retry = useAction(retryGrant, { invalidates, done: t('benefits.grant.retried') });
  const back = useAction(takeGrantBack, { invalidates, done: t('benefits.grant.takenBack') });
  if (!mayGive) return null;
  if (gifts.some(({ refusal }) => refusal !== null) && state !== 'taken_back') return <Button size="small" loading={retry.isPending} onClick={() => retry.mutate({ params: { grantNo } })}>{t('benefits.grant.retry')}</Button>;
  if (state !== 'given') return null;
  return (
    <Popconfirm title={t('benefits.grant.takeBackTitle')} onConfirm={() => back.mutate({ params: { grantNo }, body: { reason: t('benefits.grant.mistake') } })}>
      <Button size="small" loading={back.isPending}>{t('benefits.grant.takeBack')}</Button>
    </Popconfirm>
  );
}
