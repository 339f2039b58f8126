import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf, Button, download, EmptyState, Flex, Link, Loaded, Popconfirm, Section, SegmentedControl, Stack, Table, Tag, Typography, useAction, useEndpoint, useFormat, useMay } from '../../../../web/kit.ts';
import { DownloadOutlined, PlusOutlined, StopOutlined } from '../../../../web/icons.tsx';
import { exportSuppressions, listSuppressions, removeSuppression, type ShownSuppression, type SuppressionReason, suppressionReasons } from '../../contract.ts';
import { AddSuppressions } from './add-suppressions.tsx';

/** Who is never to be reached, and why. */
export function SuppressionsTab() {
  const { t } = useTranslation('messaging');
  const mayChange = useMay('messaging.rules');
  const mayReveal = useMay('customers.reveal');
  const [reason, setReason] = useState<SuppressionReason | 'all'>('all');
  const [before, setBefore] = useState<number | undefined>();
  const [isAdding, setAdding] = useState(false);
  const list = useEndpoint(listSuppressions, { query: { ...(reason === 'all' ? {} : { reason }), ...(before === undefined ? {} : { before }) } });
  const choose = (next: SuppressionReason | 'all'): void => {
    setBefore(undefined);
    setReason(next);
  };
  const add = mayChange && <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t('suppressions.add')}</Button>;
  return (
    <Loaded from={list}>
      {({ rows, next, totals }) => {
        const total = totals.reduce((sum, one) => sum + one.total, 0);
        return (
          <Stack>
            <Typography.Text type="secondary">{t('suppressions.hint')}</Typography.Text>
            <Flex gap="small" wrap justify="space-between">
              <SegmentedControl<SuppressionReason | 'all'> label={t('suppressions.column.reason')} value={reason} onChange={choose} options={(['all', ...suppressionReasons] as const).map((value) => ({ value, label: `${t(`suppressions.reason.${value}`)} ${value === 'all' ? total : totals.find((one) => one.reason === value)?.total ?? 0}` }))} />
              <Flex gap="small">
                {mayReveal && total > 0 && <Button icon={<DownloadOutlined />} onClick={() => void download(addressOf(exportSuppressions))}>{t('suppressions.export')}</Button>}
                {add}
              </Flex>
            </Flex>
            {rows.length === 0 ? <EmptyState icon={<StopOutlined />} title={t('suppressions.empty')} hint={t('suppressions.emptyHint')} action={add} /> : <Rows rows={rows} mayChange={mayChange} />}
            <Flex gap="small" justify="end">
              {before !== undefined && <Button onClick={() => setBefore(undefined)}>{t('suppressions.newest')}</Button>}
              {next !== null && <Button onClick={() => setBefore(next)}>{t('suppressions.older')}</Button>}
            </Flex>
            <AddSuppressions open={isAdding} onClose={() => setAdding(false)} />
          </Stack>
        );
      }}
    </Loaded>
  );
}

/** What somebody whom nobody knows did themselves, by which their address came on the list. */
const ownWord = (addedBy: string): string | null => {
  const how = /^\w+ (reply|complaint)$/.exec(addedBy)?.[1];
  return how === undefined ? null : `suppressions.by.${how}`;
};

function Rows({ rows, mayChange }: { rows: ShownSuppression[]; mayChange: boolean }) {
  const { t } = useTranslation('messaging');
  const format = useFormat();
  const byWhom = ({ addedBy }: ShownSuppression): string => {
    const no = /^channel (\d+)$/.exec(addedBy)?.[1];
    return no !== undefined ? t('suppressions.by.receipt', { no }) : ownWord(addedBy) ? '' : addedBy;
  };
  const lift = useAction(removeSuppression, { invalidates: [listSuppressions], done: t('suppressions.lifted') });
  return (
    <Section>
      <Table<ShownSuppression>
        rowKey="suppressionNo" size="small" pagination={false} dataSource={rows} scroll={{ x: 'max-content' }}
        columns={[
          { key: 'whom', title: t('suppressions.column.whom'), render: (_, { customerNo, address }) => (customerNo === null ? address?.masked ?? t('suppressions.forgotten') : <Link to={`/users/${customerNo}`}>{t('suppressions.customer', { customerNo })}</Link>) },
          { key: 'reason', title: t('suppressions.column.reason'), render: (_, row) => <Tag>{t(ownWord(row.addedBy) ?? `suppressions.reason.${row.reason}`)}</Tag> },
          { key: 'channel', title: t('gate.channel'), render: (_, row) => (row.channel === null ? t('gate.allChannels') : t(`channel.${row.channel}`)) },
          { key: 'stops', title: t('suppressions.column.stops'), render: (_, row) => t(row.stopsService ? 'suppressions.stopsAll' : 'suppressions.stopsMarketing') },
          { key: 'added', title: t('suppressions.column.added'), responsive: ['md'], render: (_, row) => [byWhom(row), format.dateTime(row.addedAt)].filter(Boolean).join(' · ') },
          { key: 'actions', title: '', align: 'right', render: (_, { suppressionNo }) => mayChange && (
            <Popconfirm title={t('suppressions.liftTitle')} description={t('suppressions.liftHint')} okText={t('suppressions.lift')} onConfirm={() => lift.mutate({ params: { suppressionNo } })}>
              <Button type="link" danger>{t('suppressions.lift')}</Button>
            </Popconfirm>
          ) },
        ]}
      />
    </Section>
  );
}
