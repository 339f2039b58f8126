import { useTranslation } from 'react-i18next';
import { type Column, Flex, Remark, type RowOf, Tag, Tooltip, Typography, useFormat } from '../../../../../web/kit.ts';
import { WarningOutlined } from '../../../../../web/icons.tsx';
import type { listLibraryTags } from '../../../contract.ts';
import { Coverage } from './coverage.tsx';
import { TagKindTag } from './tag-kind.tsx';
import { useValidity } from './use-validity.ts';

type Row = RowOf<typeof listLibraryTags>;

/** The columns of the library. */
export function useTagColumns(categoryName: (categoryId: number) => string): Column<Row>[] {
  const { t } = useTranslation('audiences');
  const { t: tAll } = useTranslation();
  const format = useFormat();
  const validity = useValidity();
  const title = (key: string): string => t(`tags.column.${key}`);
  return [
    {
      key: 'name',
      title: title('name'),
      sortable: true,
      render: (row) => (
        <Flex vertical>
          <span>{row.name}</span>
          {row.meaning !== '' && <Remark>{row.meaning}</Remark>}
          {row.trouble !== null && <Typography.Text type="danger"><WarningOutlined /> {row.trouble}</Typography.Text>}
        </Flex>
      ),
    },
    { key: 'kind', title: title('kind'), render: (row) => <TagKindTag kind={row.kind} /> },
    { key: 'category', title: title('category'), render: (row) => (row.categoryId === null ? null : categoryName(row.categoryId)) },
    { key: 'size', title: title('size'), sortable: true, widthPx: 190, render: (row) => <Coverage tag={row} /> },
    { key: 'freshAt', title: title('freshAt'), sortable: true, render: (row) => (row.freshAt === null ? t('tags.never') : <Tooltip title={format.dateTime(row.freshAt)}>{format.relative(row.freshAt)}</Tooltip>) },
    {
      key: 'uses',
      title: title('uses'),
      sortable: true,
      render: (row) => (row.uses.length === 0
        ? <Tag color="warning">{t('tags.unused')}</Tag>
        : <Tooltip title={row.uses.map((use) => `${tAll(use.label)} ${use.name}`).join(t('tags.comma'))}>{t('tags.useCount', { count: row.uses.length })}</Tooltip>),
    },
    { key: 'valid', title: title('valid'), optional: true, render: validity },
    { key: 'owner', title: title('owner'), render: (row) => row.owner },
  ];
}
