import { useTranslation } from 'react-i18next';
import { type Column, type RowOf, Tag, Typography, useFormat } from '../../../../web/kit.ts';
import type { listShipments } from '../../contract.ts';

type Row = RowOf<typeof listShipments>;

const colours = { waiting: 'default', running: 'processing', done: 'success', dropped: 'default' } as const;

/** What was sent, when, how many, and what was answered. */
export function useShipmentColumns(): Column<Row>[] {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const title = (key: string): string => t(`deliver.column.${key}`);
  return [
    { key: 'startedAt', title: title('startedAt'), render: (row) => format.dateTime(row.startedAt ?? row.createdAt) },
    { key: 'state', title: title('state'), render: (row) => <Tag color={colours[row.state]}>{t(`deliver.shipmentStates.${row.state}`)}</Tag> },
    { key: 'what', title: title('what'), render: (row) => t(row.isWhole ? 'deliver.whole' : 'deliver.change', { entered: format.number(row.entered), left: format.number(row.left) }) },
    { key: 'sent', title: title('sent'), numeric: true, render: (row) => format.number(row.sent) },
    { key: 'status', title: title('status'), numeric: true, render: (row) => row.status ?? '–' },
    { key: 'endedAt', title: title('took'), render: (row) => (row.startedAt === null || row.endedAt === null ? '–' : format.duration(Date.parse(row.endedAt) - Date.parse(row.startedAt))) },
    { key: 'trouble', title: title('trouble'), render: (row) => row.trouble !== null && <Typography.Text type="danger">{t('deliver.failures', { count: row.failures })} {row.trouble}</Typography.Text> },
  ];
}
