import { useTranslation } from 'react-i18next';
import { type Column, Flex, type RowOf, Tag, Tooltip, Typography, useFormat } from '../../../../web/kit.ts';
import { WarningOutlined } from '../../../../web/icons.tsx';
import type { listAudiences } from '../../contract.ts';
import { KindTag } from '../kind-tag.tsx';
import { MovedToday } from '../moved-today.tsx';

type Row = RowOf<typeof listAudiences>;

/** The columns of the list of audiences. */
export function useAudienceColumns(): Column<Row>[] {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const title = (key: string): string => t(`web.list.column.${key}`);
  return [
    {
      key: 'name',
      title: title('name'),
      sortable: true,
      render: (row) => (
        <Flex vertical>
          <span>{row.name}</span>
          {row.trouble !== null && <Typography.Text type="danger"><WarningOutlined /> {row.trouble}</Typography.Text>}
        </Flex>
      ),
    },
    { key: 'kind', title: title('kind'), render: (row) => <Flex gap="small"><KindTag kind={row.kind} />{row.archivedAt !== null && <Tag>{t('web.list.archived')}</Tag>}</Flex> },
    { key: 'size', title: title('size'), numeric: true, sortable: true, render: (row) => format.number(row.size) },
    { key: 'today', title: title('today'), numeric: true, render: (row) => <MovedToday entered={row.enteredToday} left={row.leftToday} /> },
    { key: 'freshAt', title: title('freshAt'), render: (row) => <Fresh row={row} /> },
    { key: 'sentence', title: title('sentence'), optional: true, render: (row) => <Typography.Text type="secondary">{row.sentence}</Typography.Text> },
    { key: 'reason', title: title('reason'), optional: true, render: (row) => row.reason },
    { key: 'owner', title: title('owner'), render: (row) => row.owner },
    { key: 'updatedAt', title: title('updatedAt'), sortable: true, render: (row) => format.date(row.updatedAt) },
  ];
}

function Fresh({ row }: { row: Row }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  if (row.freshAt === null) return <Typography.Text type="warning">{t('web.list.neverFresh')}</Typography.Text>;
  return <Tooltip title={format.dateTime(row.freshAt)}><time dateTime={row.freshAt}>{format.relative(row.freshAt)}</time></Tooltip>;
}
