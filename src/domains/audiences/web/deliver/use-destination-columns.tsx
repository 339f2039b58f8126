import { useTranslation } from 'react-i18next';
import { type Column, Flex, type RowOf, Tag, Typography, useFormat } from '../../../../web/kit.ts';
import { WarningOutlined } from '../../../../web/icons.tsx';
import type { listDestinations, ShownDestination } from '../../contract.ts';
import { DestinationActions } from './destination-actions.tsx';

type Row = RowOf<typeof listDestinations>;

/** Where an address leads, in one line. */
const placeOf = (address: ShownDestination['address']): string =>
  address.kind === 'webhook' ? address.url : [address.endpoint, address.bucket, address.prefix].filter(Boolean).join(' / ');

export function useDestinationColumns(mayKeep: boolean): Column<Row>[] {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const title = (key: string): string => t(`deliver.column.${key}`);
  return [
    {
      key: 'name',
      title: title('name'),
      render: (row) => (
        <Flex vertical>
          <span>{row.name}</span>
          {row.trouble !== null && row.revokedAt === null && <Typography.Text type="danger"><WarningOutlined /> {row.trouble}</Typography.Text>}
        </Flex>
      ),
    },
    { key: 'kind', title: title('kind'), render: (row) => <Flex gap="small"><Tag>{t(`deliver.kinds.${row.address.kind}`)}</Tag>{row.revokedAt !== null && <Tag color="error">{t('deliver.revoked')}</Tag>}</Flex> },
    { key: 'place', title: title('place'), render: (row) => <Typography.Text ellipsis={{ tooltip: placeOf(row.address) }} style={{ maxWidth: '24em' }}>{placeOf(row.address)}</Typography.Text> },
    { key: 'deliveries', title: title('deliveries'), numeric: true, render: (row) => format.number(row.deliveries) },
    { key: 'triedAt', title: title('triedAt'), render: (row) => (row.triedAt === null ? t('deliver.never') : format.relative(row.triedAt)) },
    { key: 'createdBy', title: title('createdBy'), optional: true, render: (row) => row.createdBy },
    { key: 'createdAt', title: title('createdAt'), optional: true, render: (row) => format.dateTime(row.createdAt) },
    ...(mayKeep ? [{ key: 'actions', title: title('actions'), render: (row: Row) => row.revokedAt === null && <DestinationActions destination={row} /> }] : []),
  ];
}
