import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Button, ConfirmDanger, Flex, Radio, Section, Stack, Table, type TableProps, useAction, useNavigateTo } from '../../../../web/kit.ts';
import { listCustomers, mergeCustomers, readCustomer, readTimeline, type ShownProfile } from '../../contract.ts';
import { type ComparedRow, useComparedRows } from './use-compared-rows.tsx';

/** Both people side by side; one of them stays. */
export function Compare({ one, other, onBack }: { one: ShownProfile; other: ShownProfile; onBack: () => void }) {
  const { t } = useTranslation('customers');
  const navigate = useNavigateTo();
  const older = one.firstSeenAt <= other.firstSeenAt ? one : other;
  const [survivorNo, setSurvivorNo] = useState(older.customerNo);
  const [isSure, setSure] = useState(false);
  const merge = useAction(mergeCustomers, {
    invalidates: [readCustomer, readTimeline, listCustomers],
    done: t('merge.merged'),
    onSuccess: () => navigate(`/users/${survivorNo}`, { replace: true }),
  });
  const absorbed = survivorNo === one.customerNo ? other : one;
  const absorbedNo = absorbed.customerNo;
  const heading = ({ customerNo }: ShownProfile) => (
    <Radio checked={survivorNo === customerNo} onChange={() => setSurvivorNo(customerNo)}>{t('merge.keep', { no: customerNo })}</Radio>
  );
  const columns: TableProps<ComparedRow>['columns'] = [
    { key: 'label', dataIndex: 'label', rowScope: 'row' },
    { key: 'one', dataIndex: 'one', title: heading(one) },
    { key: 'other', dataIndex: 'other', title: heading(other) },
  ];
  return (
    <Stack>
      <Alert type="info" showIcon title={t('merge.explain')} />
      <Section title={t('merge.survivor')}>
        <Table<ComparedRow> rowKey="label" size="small" columns={columns} dataSource={useComparedRows(one, other)} pagination={false} />
      </Section>
      <Flex gap="small" justify="end">
        <Button onClick={onBack}>{t('merge.back')}</Button>
        <Button type="primary" disabled={one.customerNo === other.customerNo} onClick={() => setSure(true)}>{t('merge.confirm')}</Button>
      </Flex>
      <ConfirmDanger
        open={isSure}
        title={t('merge.confirmTitle', { absorbedNo, survivorNo })}
        touches={[t('merge.touchIdentifiers', { count: absorbed.identifiers.length, survivorNo }), t('merge.touchFacts', { absorbedNo, survivorNo })]}
        confirmLabel={t('merge.confirm')}
        busy={merge.isPending}
        onConfirm={() => merge.mutate({ body: { survivorNo, absorbedNo } })}
        onCancel={() => setSure(false)}
      />
    </Stack>
  );
}
