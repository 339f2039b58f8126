import { useTranslation } from 'react-i18next';
import { Button, type Column, Flex, type RowOf, Tag, Typography, useFormat } from '../../../../web/kit.ts';
import { WarningOutlined } from '../../../../web/icons.tsx';
import type { listDeliveries, ShownDelivery } from '../../contract.ts';
import { DeliveryActions } from './delivery-actions.tsx';
import { DeliveryState } from './delivery-state.tsx';

type Row = RowOf<typeof listDeliveries>;

export function useDeliveryColumns(onShow: (delivery: ShownDelivery) => void): Column<Row>[] {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const title = (key: string): string => t(`deliver.column.${key}`);
  return [
    {
      key: 'destination',
      title: title('destination'),
      render: (row) => (
        <Flex vertical>
          <span>{row.destination}</span>
          <Trouble row={row} />
        </Flex>
      ),
    },
    { key: 'state', title: title('state'), render: (row) => <DeliveryState state={row.state} /> },
    {
      key: 'mode',
      title: title('mode'),
      render: (row) => (
        <Flex gap="small" wrap>
          <span>{row.mode === 'once' ? t('deliver.modes.once') : t('deliver.everyPause', { duration: format.duration(row.pauseMinutes * 60_000) })}</span>
          <Tag>{t(`deliver.formats.${row.format}`)}</Tag>
          {row.isFull && <Tag color="warning">{t('deliver.full')}</Tag>}
        </Flex>
      ),
    },
    { key: 'last', title: title('last'), render: (row) => <Last row={row} /> },
    { key: 'createdBy', title: title('createdBy'), optional: true, render: (row) => row.createdBy },
    { key: 'createdAt', title: title('createdAt'), optional: true, render: (row) => format.dateTime(row.createdAt) },
    {
      key: 'actions',
      title: title('actions'),
      render: (row) => <Flex><Button type="link" onClick={() => onShow(row)}>{t('deliver.history')}</Button><DeliveryActions delivery={row} /></Flex>,
    },
  ];
}

/** What keeps it from arriving: why it was stopped, or what went wrong last and when it is tried again. */
function Trouble({ row: { state, trouble, last } }: { row: Row }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  if (state === 'stopped') return <Typography.Text type="danger"><WarningOutlined /> {trouble}</Typography.Text>;
  if (state !== 'active' || last === null || last.trouble === null) return null;
  return <Typography.Text type="warning"><WarningOutlined /> {last.trouble} {t('deliver.again', { when: format.relative(last.dueAt) })}</Typography.Text>;
}

function Last({ row: { last } }: { row: Row }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  if (last === null) return <Typography.Text type="secondary">{t('deliver.nothingYet')}</Typography.Text>;
  const total = last.entered + last.left;
  if (last.state === 'running') return <>{t('deliver.underWay', { sent: format.number(last.sent), total: format.number(total) })}</>;
  if (last.state === 'waiting') return <>{t('deliver.waiting', { total: format.number(total), when: format.relative(last.dueAt) })}</>;
  return <>{t(last.isWhole ? 'deliver.sentWhole' : 'deliver.sentChange', { entered: format.number(last.entered), left: format.number(last.left), when: format.relative(last.endedAt) })}</>;
}
