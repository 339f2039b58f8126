import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Button, type Column, DataTable, EmptyState, Loaded, Modal, type RowOf, Section, Stack, StatGrid, StatTile, Table, Tag, Typography, useAction, useEndpoint, useFormat } from '../../../../../web/kit.ts';
import { entryKinds, listPartnerEntries, listPartnerHistory, type PartnerLedger, readPartnerLedger, settlePartnerMonth } from '../../../contract.ts';

type Month = PartnerLedger['months'][number];
const colors = { bought: 'blue', granted: 'default', used: 'success', reversed: 'warning', adjusted: 'purple', settled: 'cyan' } as const;

/** What is owed, month by month, every line of it, and the proof that it adds up. */
export function LedgerTab({ partnerId }: { partnerId: number }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const ledger = useEndpoint(readPartnerLedger, { params: { partnerId } });
  const columns = useEntryColumns();
  return (
    <Stack>
      <Loaded from={ledger}>
        {({ balances, months, faults, computedAt }) => (
          <Stack>
            {faults.length === 0
              ? <Alert type="success" showIcon title={t('partners.ledger.proved')} />
              : <Alert type="error" showIcon title={t('partners.ledger.faulty', { count: faults.length })} description={faults.map((fault) => <div key={fault}>{fault}</div>)} />}
            {balances.length > 0 && (
              <StatGrid computedAt={computedAt}>
                {balances.map(({ currency, owed }) => <StatTile key={currency} label={t('partners.ledger.owed', { currency })} value={format.money(owed, currency)} definition={t('partners.ledger.owedHint')} />)}
              </StatGrid>
            )}
            {months.length > 0 && <Months partnerId={partnerId} months={months} />}
          </Stack>
        )}
      </Loaded>
      <DataTable
        endpoint={listPartnerEntries}
        params={{ partnerId }}
        columns={columns}
        rowKey={({ entryNo }) => entryNo}
        prefix="entry"
        filters={[{ key: 'kind', label: t('partners.ledger.kind'), options: entryKinds.map((value) => ({ value, label: t(`partners.ledger.kinds.${value}`) })) }]}
        empty={<EmptyState title={t('partners.ledger.none')} hint={t('partners.ledger.noneHint')} />}
      />
    </Stack>
  );
}

function useEntryColumns(): Column<RowOf<typeof listPartnerEntries>>[] {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const word = (key: string): string => t(`partners.ledger.${key}`);
  const signed = (text: string, value: number): string => (value > 0 ? `+${text}` : text);
  return [
    { key: 'occurredAt', title: word('occurredAt'), render: ({ occurredAt }) => format.dateTime(occurredAt) },
    { key: 'kind', title: word('kind'), render: ({ kind, month }) => <Tag color={colors[kind]}>{month ? t('partners.ledger.settledFor', { month }) : t(`partners.ledger.kinds.${kind}`)}</Tag> },
    { key: 'grantNo', title: word('reference'), render: ({ grantNo }) => (grantNo === null ? null : `G${grantNo}`) },
    { key: 'units', title: word('units'), numeric: true, render: ({ units }) => (units === 0 ? null : signed(format.number(units), units)) },
    { key: 'amount', title: word('amount'), numeric: true, render: ({ amount, currency }) => (amount === '0' ? null : signed(format.money(amount, currency), Number(amount))) },
    { key: 'reason', title: word('reason'), render: ({ reason }) => reason },
    { key: 'by', title: word('by'), render: ({ by }) => (by === 'system' ? t('partners.bySystem') : by) },
    { key: 'recordedAt', title: word('recordedAt'), optional: true, render: ({ recordedAt }) => format.dateTime(recordedAt) },
    { key: 'packNo', title: word('pack'), optional: true, render: ({ packNo }) => packNo },
  ];
}

function Months({ partnerId, months }: { partnerId: number; months: Month[] }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const [settled, setSettled] = useState<{ month: Month; key: string } | null>(null);
  const settle = useAction(settlePartnerMonth, { invalidates: [readPartnerLedger, listPartnerEntries, listPartnerHistory], done: t('partners.ledger.settledDone'), onSuccess: () => setSettled(null) });
  const money = (key: 'due' | 'settled' | 'open') => ({ key, title: t(`partners.ledger.${key}`), align: 'end' as const, render: (_: unknown, row: Month) => format.money(row[key], row.currency) });
  return (
    <Section title={t('partners.ledger.months')}>
      <Table<Month>
        rowKey={({ month, currency }) => `${month} ${currency}`}
        size="small"
        dataSource={months}
        pagination={months.length > 6 ? { pageSize: 6 } : false}
        scroll={{ x: 'max-content' }}
        columns={[
          { key: 'month', title: t('partners.ledger.month'), dataIndex: 'month' },
          money('due'), money('settled'), money('open'),
          {
            key: 'settle', title: '', align: 'end',
            render: (_, month) => (month.open === '0' ? <Tag color="success">{t('partners.ledger.done')}</Tag> : month.isOver
              ? <Button size="small" onClick={() => setSettled({ month, key: crypto.randomUUID() })}>{t('partners.ledger.settle')}</Button>
              : <Typography.Text type="secondary">{t('partners.ledger.running')}</Typography.Text>),
          },
        ]}
      />
      <Modal
        open={settled !== null}
        title={settled && t('partners.ledger.settleOf', { month: settled.month.month })}
        okText={t('partners.ledger.settle')}
        confirmLoading={settle.isPending}
        onOk={() => settled && settle.mutate({ params: { partnerId }, body: { key: settled.key, month: settled.month.month, currency: settled.month.currency, amount: settled.month.open } })}
        onCancel={() => setSettled(null)}
      >
        {settled && t('partners.ledger.settleSure', { amount: format.money(settled.month.open, settled.month.currency) })}
      </Modal>
    </Section>
  );
}
